// What came of a search, in the words of its publisher, as one of a few disposals.
//
// data.police.uk writes the same outcome in different words from one year to the next; each of them is known here, and
// a word that is not known is shown as such and put into no disposal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::evidence {

enum class Disposal {
  arrest,
  summons,
  caution,
  penalty_notice,
  community_resolution,
  cannabis_warning,
  found_without_detail,
  nothing_found,
};

[[nodiscard]] const std::vector<Disposal>& all_disposals();

// "community resolution".
[[nodiscard]] std::string_view name_of(Disposal disposal);

// In any case of letters; the name of a disposal is known too. Nothing for other words.
[[nodiscard]] std::optional<Disposal> disposal_of(std::string_view words);

// Whether the search found something that something was done about: all but nothing_found.
[[nodiscard]] bool is_hit(Disposal disposal);

// An outcome in the publisher's words, and how often; the empty word where none was recorded.
struct OutcomeTally {
  std::string words;
  std::int64_t count = 0;
};

}  // namespace throughline::evidence
