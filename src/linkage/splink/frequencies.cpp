#include "linkage/splink/frequencies.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "linkage/splink/binder.h"

namespace throughline::linkage::splink {

namespace {

constexpr double k_none = std::numeric_limits<double>::quiet_NaN();
using ByText = std::unordered_map<std::string, double>;

base::Error table_fault(const std::string& what, const std::string& column, const std::string& remedy) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "splink_frequencies",
          .what = what,
          .where = "the table of frequencies for '" + column + "'",
          .remedy = remedy};
}

std::set<std::int32_t> asked_slots(const Plan& plan) {
  std::set<std::int32_t> slots;
  for (const auto& levels : plan.comparisons) {
    for (const PlannedLevel& level : levels) {
      if (level.tf.slot >= 0) slots.insert(level.tf.slot);
    }
  }
  return slots;
}

const Value& value_of(const Records& records, std::int64_t record, std::int32_t slot) {
  return records.values(record)[static_cast<std::size_t>(slot)];
}

ByText counted(const Records& records, std::int32_t slot) {
  ByText counts;
  std::int64_t present = 0;
  for (std::int64_t record = 0; record < records.count(); ++record) {
    const Value& value = value_of(records, record, slot);
    if (value.is_missing()) continue;
    ++counts[text_of(value)];
    ++present;
  }
  for (auto& [text, count] : counts) count /= static_cast<double>(present);
  return counts;
}

base::Result<ByText> given(const FrequencyTable& table) {
  ByText frequencies;
  std::int64_t row = 0;
  for (const auto& [text, frequency] : table.frequencies) {
    ++row;
    const std::string place = "row " + std::to_string(row) + " ";
    if (!(frequency > 0 && frequency <= 1)) {
      return table_fault(place + "has a frequency that is not above 0 and at most 1", table.column,
                         "Divide each value's count by the count of all values.");
    }
    if (!frequencies.emplace(text, frequency).second) {
      return table_fault(place + "has a value that was there before", table.column, "Keep one row a value.");
    }
  }
  return frequencies;
}

base::Result<void> check_tables(const Plan& plan, const std::set<std::int32_t>& slots,
                                std::span<const FrequencyTable> tables) {
  std::vector<std::string> names;
  for (const std::int32_t slot : slots) names.push_back(plan.columns[static_cast<std::size_t>(slot)].name);
  for (const FrequencyTable& table : tables) {
    const bool is_asked =
        std::ranges::any_of(names, [&table](const auto& name) { return is_same_name(name, table.column); });
    if (is_asked) continue;
    const auto nearest = base::nearest_name(table.column, names);
    return table_fault("no level of the model is adjusted by this column", table.column,
                       nearest.has_value() ? "Did you mean '" + *nearest + "'?" : "Leave the table out.");
  }
  return {};
}

}  // namespace

base::Result<Frequencies> Frequencies::of(const Plan& plan, const Records& records,
                                          std::span<const FrequencyTable> tables) {
  const std::set<std::int32_t> slots = asked_slots(plan);
  TRY(check_tables(plan, slots, tables));
  Frequencies made;
  made.by_slot_.resize(plan.columns.size());
  for (const std::int32_t slot : slots) {
    const auto at = static_cast<std::size_t>(slot);
    const auto table = std::ranges::find_if(
        tables, [&](const FrequencyTable& other) { return is_same_name(other.column, plan.columns[at].name); });
    ByText by_text;
    if (table == tables.end()) {
      by_text = counted(records, slot);
    } else {
      by_text = TRY(given(*table));
    }
    std::vector<double>& column = made.by_slot_[at];
    column.assign(static_cast<std::size_t>(records.count()), k_none);
    for (std::int64_t record = 0; record < records.count(); ++record) {
      const Value& value = value_of(records, record, slot);
      const auto found = value.is_missing() ? by_text.end() : by_text.find(text_of(value));
      if (found != by_text.end()) column[static_cast<std::size_t>(record)] = found->second;
    }
  }
  return made;
}

}  // namespace throughline::linkage::splink
