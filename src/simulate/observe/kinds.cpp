#include "simulate/observe/kinds.h"

namespace throughline::simulate {

const std::array<KindWords, k_kinds>& kind_words() {
  static constexpr std::array<KindWords, k_kinds> k_words{{
      {"crime-reports", Holder::force, true},
      {"custody-records", Holder::force, true},
      {"missing-episodes", Holder::force, false},
      {"intelligence-3x5x2", Holder::force, true},
      {"nrm-referrals", Holder::competent_authority, false},
      {"support-referrals", Holder::council, false},
      {"police-uk-stop-and-search", Holder::force, true},
      {"school-attendance", Holder::council, false},
      {"school-exclusions", Holder::council, false},
      {"emergency-attendances", Holder::hospital, false},
      {"hospital-admissions", Holder::hospital, false},
      {"drug-treatment", Holder::provider, false},
      {"drug-seizures", Holder::force, true},
      {"cash-seizures", Holder::force, true},
      {"premises-closures", Holder::council, false},
      {"antisocial-behaviour", Holder::council, false},
      {"prison-releases", Holder::prison_service, false},
      {"call-records", Holder::force, true},
      {"anpr-reads", Holder::force, true},
  }};
  return k_words;
}

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < k_kinds; ++i) {
    if (kind_words()[i].name == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

}  // namespace throughline::simulate
