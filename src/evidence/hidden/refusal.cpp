#include "evidence/hidden/refusal.h"

#include <fmt/format.h>

#include "evidence/hidden/existence.h"

namespace throughline::evidence {

std::optional<NoEstimate> refuse_estimate(const ListTable& table) {
  const std::int64_t shared = cases_on_several(table);
  if (shared < k_shared_cases_min) {
    return NoEstimate{.code = "overlap_too_small",
                      .reason = fmt::format("Only {} of {} cases are on two lists or more; under {} the lists say too "
                                            "little about whom they miss.",
                                            shared, cases_seen(table), k_shared_cases_min),
                      .remedy = "Take a longer period or a wider area, or lists that can meet the same people."};
  }
  if (existing_fit(table, {}).has_value()) return std::nullopt;
  const Existence existence = existence_of(table, {});
  const std::string_view why = existence == Existence::exists ? "the fit does not settle" : words_of(existence);
  return NoEstimate{.code = "no_estimate_exists",
                    .reason = fmt::format("Even without dependence between lists {}.", why),
                    .remedy = "Leave out a list that shares no case with the others, or join it with one like it."};
}

std::vector<std::string> overlap_warnings(const ListTable& table) {
  std::vector<std::string> warnings;
  std::string empty;
  for (const ListPair pair : all_pairs(list_count(table))) {
    if (cases_on(table, history_of(pair)) > 0) continue;
    empty += (empty.empty() ? "" : ", ") + name_of(table, pair);
  }
  for (int list = 0; list < list_count(table); ++list) {
    const History alone = History{1} << static_cast<unsigned>(list);
    if (cases_on(table, alone) > table.counts[alone]) continue;
    warnings.push_back(fmt::format("{} shares no case with any other list: it says nothing of whom they miss.",
                                   table.lists[static_cast<std::size_t>(list)]));
  }
  if (!empty.empty()) warnings.push_back(fmt::format("Pairs of lists that share no case: {}.", empty));
  return warnings;
}

}  // namespace throughline::evidence
