// How the parts of a mapping fit one another.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/sha256.h"
#include "base/text.h"
#include "records/fields.h"
#include "records/mapping_draft.h"

namespace throughline::records {

namespace {

bool is_date(FieldKind kind) {
  return kind == FieldKind::instant || kind == FieldKind::when || kind == FieldKind::birth;
}
bool is_wordy(FieldKind kind) {
  return kind == FieldKind::text || kind == FieldKind::word || kind == FieldKind::reference;
}

const FieldSpec& field_of(const MappingDraft& draft, const Aim& aim) {
  return spec_of(draft.items[aim.item].rule.table).fields[aim.field];
}

// The rule that a replacement breaks as a value of that field, if any.
template <class T>
std::optional<RejectionRule> broken(const Typed<T>& typed) {
  const RejectionRule* rule = std::get_if<RejectionRule>(&typed);
  return rule == nullptr ? std::nullopt : std::optional(*rule);
}

std::optional<RejectionRule> broken_rule(FieldKind kind, std::string_view text, DateOrder order) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::word:
    case FieldKind::reference:
    case FieldKind::grade_source:
    case FieldKind::grade_assessment:
    case FieldKind::handling:
    case FieldKind::conditions: return std::nullopt;
    case FieldKind::instant:
    case FieldKind::when:
    case FieldKind::birth: return broken(type_instant(text, order));
    case FieldKind::month: return broken(type_month(text));
    case FieldKind::year: return broken(type_year(text));
    case FieldKind::whole: return broken(type_whole(text));
    case FieldKind::metres: return broken(type_metres(text));
    case FieldKind::grams: return broken(type_grams(text));
    case FieldKind::percent: return broken(type_percent(text));
    case FieldKind::pounds: return broken(type_pounds(text));
    case FieldKind::longitude: return broken(type_longitude(text));
    case FieldKind::latitude: return broken(type_latitude(text));
    case FieldKind::gss: return broken(type_gss(text));
    case FieldKind::truth: return broken(type_truth(text));
  }
  return std::nullopt;
}

class Assembly {
 public:
  Assembly(const MappingDraft& draft, Faults& faults) : draft_(draft), faults_(faults), mapping_(draft.mapping) {}

  Mapping take() {
    put_items();
    for (const DraftColumn& column : draft_.columns) put_column(column);
    for (std::size_t item = 0; item < draft_.items.size(); ++item) judge_item(item);
    judge_untyped();
    judge_coverage();
    judge_file_name();
    return std::move(mapping_);
  }

 private:
  void put_items() {
    std::map<std::string, std::int64_t> lines;
    std::int64_t event_line = 0;
    for (const DraftItem& item : draft_.items) {
      const auto [before, is_new] = lines.emplace(item.rule.name, item.line);
      if (!is_new) {
        faults_.add(item.line, fmt::format("two items are called \"{}\", here and on line {}; give each a \"name\"",
                                           item.rule.name, before->second));
      }
      if (item.is_of_known_table && item.rule.table == Table::event) {
        if (event_line != 0) {
          faults_.add(item.line, fmt::format("a row is one event at most; the first is on line {}", event_line));
        }
        event_line = item.line;
      }
      mapping_.items.push_back(item.rule);
    }
  }

  void put_column(const DraftColumn& column) {
    ColumnRule rule = column.rule;
    for (const Worded& to : column.to) {
      if (const auto aim = aim_of(to)) {
        rule.aims.push_back(*aim);
        judge_aim(*aim, to);
      }
    }
    const bool is_used = is_coverage(rule) || is_retention(rule);
    if (column.to.empty() && !is_used) {
      faults_.add(column.line, "this column goes nowhere: give it a \"to\", or name it under \"untyped\"");
    }
    if (rule.aims.size() == column.to.size() && !rule.aims.empty()) judge_column(column, rule);
    judge_vocabulary(column);
    if (is_coverage(rule) && !rule.is_required) {
      faults_.add(column.line, "a column of the coverage must be required");
    }
    mapping_.columns.push_back(std::move(rule));
  }

  [[nodiscard]] bool is_coverage(const ColumnRule& rule) const {
    return std::ranges::any_of(draft_.coverage, [&](const Worded& word) { return is_called(rule, word.text); });
  }
  [[nodiscard]] bool is_retention(const ColumnRule& rule) const {
    return draft_.retention_column && is_called(rule, draft_.retention_column->text);
  }
  static bool is_called(const ColumnRule& rule, const std::string& name) {
    return rule.names.empty() ? rule.file_name_part == name : rule.names.front() == name;
  }

  // What "victim.surname" means.
  std::optional<Aim> aim_of(const Worded& to) {
    const std::size_t dot = to.text.find('.');
    const std::string item_name = to.text.substr(0, dot);
    const auto item = std::ranges::find(draft_.items, item_name, [](const DraftItem& each) { return each.rule.name; });
    if (item == draft_.items.end()) {
      std::vector<std::string> names;
      for (const DraftItem& each : draft_.items) names.push_back(each.rule.name);
      faults_.add(to.line,
                  fmt::format("\"{}\": there is no item \"{}\"{}", to.text, item_name, nearest_text(item_name, names)));
      return std::nullopt;
    }
    if (!item->is_of_known_table) return std::nullopt;
    const std::string field_name = dot == std::string::npos ? "" : to.text.substr(dot + 1);
    const auto field = field_named(item->rule.table, field_name);
    if (!field) {
      std::vector<std::string> names;
      for (const FieldSpec& each : spec_of(item->rule.table).fields) names.emplace_back(each.name);
      faults_.add(to.line, fmt::format("\"{}\": table {} has no field \"{}\"{}", to.text,
                                       spec_of(item->rule.table).name, field_name, nearest_text(field_name, names)));
      return std::nullopt;
    }
    return Aim{.item = static_cast<std::size_t>(item - draft_.items.begin()), .field = *field};
  }

  void judge_aim(const Aim& aim, const Worded& to) {
    const auto [before, is_new] = filled_.emplace(std::pair(aim.item, aim.field), to.line);
    if (is_new) return;
    faults_.add(to.line, fmt::format("\"{}\" is filled twice, here and on line {}", to.text, before->second));
  }

  // Settings that say nothing to the fields that the column fills.
  void judge_column(const DraftColumn& column, const ColumnRule& rule) {
    const auto has = [&](auto is_kind) {
      return std::ranges::any_of(rule.aims, [&](const Aim& aim) { return is_kind(field_of(draft_, aim).kind); });
    };
    if (column.dates_line != 0 && !has(is_date)) faults_.add(column.dates_line, "\"dates\" is for dates only");
    if (column.list_line != 0 && !has(is_wordy)) faults_.add(column.list_line, "\"list\" is for words only");
    if (column.max_bytes_line != 0 && !has(is_wordy))
      faults_.add(column.max_bytes_line, "\"max_bytes\" is for words only");
    if (column.digits_line != 0 && !has(is_wordy)) faults_.add(column.digits_line, "\"digits_min\" is for words only");
    if (!column.vocabulary.empty() && !has(is_wordy)) {
      faults_.add(column.vocabulary.front().line, "a vocabulary is for words only");
    }
    for (const Aim& aim : rule.aims) judge_replacements(column, field_of(draft_, aim).kind);
  }

  // What replaces a word must be a value of the field.
  void judge_replacements(const DraftColumn& column, FieldKind kind) {
    for (const auto& [from, to] : column.replace) {
      if (to.empty()) continue;
      const auto broken = broken_rule(kind, to, column.rule.date_order);
      if (!broken) continue;
      faults_.add(from.line, fmt::format("\"{}\", what replaces \"{}\", {}", to, from.text, sentence_of(*broken)));
    }
  }

  void judge_vocabulary(const DraftColumn& column) {
    if (column.closed_line != 0 && column.vocabulary.empty()) {
      faults_.add(column.closed_line, "\"closed\" needs a vocabulary");
    }
    if (column.vocabulary.empty()) return;
    const auto is_word = [&](const std::string& text) {
      return std::ranges::find(column.vocabulary, text, &Worded::text) != column.vocabulary.end();
    };
    for (const auto& [from, to] : column.replace) {
      if (to.empty() || is_word(to)) continue;
      faults_.add(from.line, fmt::format("\"{}\" is replaced by \"{}\", which is not in the column's vocabulary{}",
                                         from.text, to, nearest_text(to, column.rule.vocabulary)));
    }
    for (const Worded& word : column.vocabulary) {
      if (static_cast<std::int64_t>(word.text.size()) <= column.rule.text_bytes_max) continue;
      faults_.add(word.line,
                  fmt::format("\"{}\" is longer than the column's {} bytes", word.text, column.rule.text_bytes_max));
    }
  }

  [[nodiscard]] bool is_filled(std::size_t item, std::string_view field) const {
    const auto at = field_named(draft_.items[item].rule.table, field);
    return at && filled_.contains(std::pair(item, *at));
  }

  void judge_item(std::size_t at) {
    const DraftItem& item = draft_.items[at];
    if (!item.is_of_known_table) return;
    const auto first = filled_.lower_bound(std::pair(at, std::size_t{0}));
    if (first == filled_.end() || first->first.first != at) {
      faults_.add(item.line, fmt::format("no column fills the item \"{}\"", item.rule.name));
      return;
    }
    const Table table = item.rule.table;
    if (table == Table::event || table == Table::location) judge_whole(at, {"longitude", "latitude"}, "a point");
    if (table <= Table::location) {
      judge_whole(at, {"grade_source", "grade_assessment", "handling", "conditions"}, "a grade");
      return;
    }
    for (const FieldSpec& field : spec_of(table).fields) {
      const bool is_optional = table == Table::observation && field.name == "subcategory";
      if (is_optional || is_filled(at, field.name)) continue;
      faults_.add(item.line, fmt::format("\"{}\" has no column for {}, without which a row of table {} means nothing",
                                         item.rule.name, field.name, spec_of(table).name));
    }
  }

  // Of these fields either all are filled or none.
  void judge_whole(std::size_t at, const std::vector<std::string_view>& fields, std::string_view noun) {
    const auto filled = std::ranges::count_if(fields, [&](std::string_view field) { return is_filled(at, field); });
    if (filled == 0) return;
    const DraftItem& item = draft_.items[at];
    for (const std::string_view field : fields) {
      if (is_filled(at, field)) continue;
      faults_.add(item.line, fmt::format("\"{}\" has a part of {} but no column for {}", item.rule.name, noun, field));
    }
  }

  [[nodiscard]] std::vector<std::string> column_names() const {
    std::vector<std::string> names;
    for (const DraftColumn& column : draft_.columns) {
      if (!column.rule.names.empty()) names.push_back(column.rule.names.front());
      if (!column.rule.file_name_part.empty()) names.push_back(column.rule.file_name_part);
    }
    return names;
  }

  void judge_untyped() {
    for (const std::string& name : draft_.mapping.untyped) {
      for (const DraftColumn& column : draft_.columns) {
        if (std::ranges::find(column.rule.names, name) == column.rule.names.end()) continue;
        faults_.add(column.line, fmt::format("\"{}\" stands under \"untyped\" as well", name));
      }
    }
  }

  void judge_coverage() {
    const std::vector<std::string> names = column_names();
    const auto judge = [&](const Worded& word, std::string_view key) {
      if (std::ranges::find(names, word.text) != names.end()) return;
      faults_.add(word.line, fmt::format("\"{}\" names \"{}\", which is no column of the mapping{}", key, word.text,
                                         nearest_text(word.text, names)));
    };
    for (const Worded& word : draft_.coverage) judge(word, "coverage");
    if (!draft_.retention_column) return;
    judge(*draft_.retention_column, "retention_column");
    const auto at = std::ranges::find_if(mapping_.columns, [&](const ColumnRule& rule) { return is_retention(rule); });
    if (at != mapping_.columns.end()) {
      mapping_.retention_column = static_cast<std::size_t>(at - mapping_.columns.begin());
    }
  }

  void judge_file_name() {
    std::vector<std::string> parts;
    if (!draft_.mapping.file_name_pattern.empty()) {
      const auto parsed = parse_file_name_pattern(draft_.mapping.file_name_pattern);
      if (const auto* fault = std::get_if<std::string>(&parsed)) {
        faults_.add(draft_.file_name_line, *fault);
        return;
      }
      for (const auto& piece : std::get<FileNamePattern>(parsed).pieces) {
        if (piece.is_part) parts.push_back(piece.text);
      }
    }
    for (const DraftColumn& column : draft_.columns) {
      const std::string& part = column.rule.file_name_part;
      if (part.empty() || std::ranges::find(parts, part) != parts.end()) continue;
      faults_.add(column.line,
                  fmt::format("the pattern of the file's name has no {{{}}}{}", part, nearest_text(part, parts)));
    }
  }

  const MappingDraft& draft_;
  Faults& faults_;
  Mapping mapping_;
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> filled_;  // Item and field → the line that fills it.
};

}  // namespace

std::vector<MappingFault> Faults::sorted() const {
  std::vector<MappingFault> faults = all_;
  const auto key = [](const MappingFault& fault) { return std::tie(fault.line, fault.what); };
  std::ranges::stable_sort(faults, {}, key);
  const auto repeated = std::ranges::unique(faults, {}, key);
  faults.erase(repeated.begin(), repeated.end());
  return faults;
}

std::string nearest_text(std::string_view name, const std::vector<std::string>& candidates) {
  const auto nearest = base::nearest_name(name, candidates);
  return nearest ? fmt::format(" (nearest: \"{}\")", *nearest) : "";
}

CheckedMapping check_mapping(const std::string& toml, const std::string& file) {
  Faults faults(file);
  const std::optional<MappingDraft> draft = read_draft(toml, faults);
  CheckedMapping checked;
  if (draft) {
    Mapping mapping = assemble(*draft, faults);
    mapping.hash = base::hash_text(toml);
    mapping.toml = toml;
    checked.mapping = std::move(mapping);
  }
  checked.faults = faults.sorted();
  if (!checked.faults.empty()) checked.mapping.reset();
  return checked;
}

Mapping assemble(const MappingDraft& draft, Faults& faults) {
  return Assembly(draft, faults).take();
}

}  // namespace throughline::records
