// Codes that come, go and change places: how the mix of outcomes or classes moved between two windows, and which code
// may be another one under a new name.
//
// - Source: total variation distance between two mixes, half the sum of the absolute differences of shares. What chance
//   makes of it is drawn: both windows out of their joint mix, as often as their sizes (a parametric bootstrap, Efron
//   and Tibshirani 1993).
// - Assumptions: events are independent of one another; where they come in operations the test is too ready. A renamed
//   code ends where its successor begins, and goes on at about the same height.
// - Bias: the distance is never below nought, and chance alone gives small windows a large one: read it beside
//   `expected`. Two unlike codes that end and begin together by chance look like one that was renamed.
// - Undecidable: whether one was renamed, which the publisher alone can say; the share of a code that has no value in a
//   period of a window, since absent is not nought.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/sentinel/mix_distance.h"
#include "evidence/sentinel/recorded.h"

namespace throughline::evidence {

struct CodeShare {
  std::string code;
  std::optional<std::size_t> first;  // The places of the periods in which it is first and last seen.
  std::optional<std::size_t> last;
  std::optional<std::int64_t> before;  // Nothing where a period of the window has no value.
  std::optional<std::int64_t> after;
  std::optional<double> share_before;  // Among the codes with a value in every period of both windows.
  std::optional<double> share_after;
};

struct RenamedCode {
  std::string from;
  std::string to;
  std::size_t at = 0;        // The place of the period in which the new one is first seen.
  double height_before = 0;  // Mean count of a period with a value, up to six of them, on either side.
  double height_after = 0;
};

struct CodeDrift {
  std::vector<CodeShare> codes;  // By how far their share moved, the furthest first; those without a share last.
  std::vector<RenamedCode> renamed;
  MixDistance plain;
  MixDistance joined;    // With each renamed code taken for the last of its successors.
  bool is_told = false;  // `joined` by chance at most once in a hundred, and a twentieth above what chance makes of it.
  Caveats caveats;       // absent_not_zero names the codes that are in no share.
};

// A code without a value in a period of a window has no share. Refused where no code has one, and where a window has no
// event. Cost: draws times codes.
[[nodiscard]] OrRefusal<CodeDrift> code_drift(const RecordedTable& table, const TwoWindows& windows,
                                              const MixOptions& options = {});

}  // namespace throughline::evidence
