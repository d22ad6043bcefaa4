// A link certificate: all that is needed to show why two records were, or were not, taken to be of one person, and to
// reckon it again later.
//
// It names its inputs by the hash of the extract and the place in it, never by a value; but a reason that somebody
// wrote stands as it was written. It carries the whole model. A hash over everything shows that it is as it was issued;
// that it was issued by whom it says, only an entry of the log can show. Format: docs/formats/linkage.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "linkage/explain.h"
#include "linkage/model.h"
#include "linkage/recalibration.h"

namespace throughline::linkage {

inline constexpr int k_certificate_version = 2;

// A record: the content it came in, and where in it.
struct CertificateInput {
  base::Hash extract{};
  std::string row{};  // "10482", or "10482#1" for the second item of the row.

  friend bool operator==(const CertificateInput&, const CertificateInput&) = default;
};

// What a person decided about the pair. A later one takes the place of an earlier one.
struct CertifiedJudgement {
  Verdict verdict = Verdict::cannot_tell;
  std::string reason{};
  std::string by{};  // The account.
  std::string on{};  // "2026-11-28".

  friend bool operator==(const CertifiedJudgement&, const CertifiedJudgement&) = default;
};

// How the run left the pair: taken from it, for it cannot be reckoned from two records.
struct CertifiedStanding {
  double third_record_bits = 0;  // What third records that they are together with add; 0 of a pair that was not kept.
  bool is_together = false;

  friend bool operator==(const CertifiedStanding&, const CertifiedStanding&) = default;
};

// What the decision was made by: the model's weight with relatives weighed in (relatives.h), and the probability that
// follows from it and from the pair's standing, by the run's labels where it had enough of them.
struct CertifiedWeight {
  double weight_bits = 0;
  double probability = 0;

  friend bool operator==(const CertifiedWeight&, const CertifiedWeight&) = default;
};

struct Certificate {
  std::string program{};  // The version that issued it.
  std::string issued{};   // "2026-11-28".
  CertificateInput one{};
  CertificateInput other{};
  Mixture model{};
  PairFacts facts{};
  Explanation explanation{};                     // By the model alone.
  std::optional<Recalibration> recalibration{};  // By the labels of the run, where it had enough.
  CertifiedStanding standing{};
  CertifiedWeight decided{};
  double threshold_probability = 0.5;
  std::map<std::string, std::string> settings{};  // Whatever else was set: the purpose, the hash of the run's settings.
  std::vector<CertifiedJudgement> judgements{};   // Earliest first.
  bool is_linked = false;
};

// What follows from the certificate's facts, explanation, standing and recalibration.
[[nodiscard]] CertifiedWeight decided_weight(const Certificate& certificate);

// Whether the pair counts as linked: as the last judgement that could tell says, else by the threshold.
[[nodiscard]] bool decision(const Certificate& certificate);

// JSON for people and programs, with its hash.
[[nodiscard]] std::string certificate_text(const Certificate& certificate);

// Errors: "certificate_changed" where it is not as it was issued; those of read_model; "json_unreadable",
// "format_unknown", "version_unknown", "json_field".
[[nodiscard]] base::Result<Certificate> read_certificate(std::string_view text);

// The records as they are found today at the places that the certificate names, and who reckons again.
struct ReplayInputs {
  ComparedPair pair;
  CertificateInput one;
  CertificateInput other;
  std::string program;
};

struct Replay {
  bool stands = false;                     // Everything reckoned again is equal, to the last bit.
  std::vector<std::string> differences{};  // Else: which part, what the certificate says and what comes out now.
  std::vector<std::string> notes{};        // What differs without changing the answer: the version of the program.
};

// Compares the records again, weighs them by the certificate's model and decides. How rare the values were is taken
// from the certificate: it cannot be reckoned from two records.
[[nodiscard]] Replay replay(const Certificate& certificate, const ReplayInputs& inputs);

}  // namespace throughline::linkage
