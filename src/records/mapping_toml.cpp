// The TOML text of a mapping → a draft. Each key is judged alone here.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "base/toml_tree.h"
#include "records/fields.h"
#include "records/mapping_draft.h"

namespace throughline::records {

namespace {

using base::TomlEntry;
using base::TomlKind;
using base::TomlNode;
using base::TomlParsed;

constexpr std::int64_t k_text_bytes_most = 16'777'216;

bool is_slug(std::string_view text) {
  return !text.empty() && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// One table of the file. Every key that is asked for is known; finish() names the others.
class Section {
 public:
  Section(const TomlNode& table, std::string noun, Faults& faults)
      : table_(table), noun_(std::move(noun)), faults_(faults) {}

  [[nodiscard]] std::int64_t line() const { return table_.line; }
  // Nothing when it is absent or, with a fault, of another kind.
  const TomlNode* find(std::string_view key, TomlKind kind) {
    const TomlEntry* entry = entry_of(key);
    if (entry == nullptr) return nullptr;
    if (entry->value.kind != kind) {
      wrong_kind(*entry, name_of(kind));
      return nullptr;
    }
    return &entry->value;
  }
  Worded text(std::string_view key) {
    const TomlNode* node = find(key, TomlKind::text);
    if (node == nullptr) return {};
    const std::string_view text = trimmed(node->text);
    if (text.empty())
      faults_.add(node->line, fmt::format("\"{}\" of {} is empty; leave the key out instead", key, noun_));
    return {std::string(text), node->line};
  }
  Worded needed_text(std::string_view key) {
    const bool is_there = std::ranges::find(table_.entries, key, &TomlEntry::key) != table_.entries.end();
    if (!is_there) faults_.add(table_.line, fmt::format("{} has no \"{}\"", noun_, key));
    return text(key);
  }
  bool truth(std::string_view key) {
    const TomlNode* node = find(key, TomlKind::truth);
    return node != nullptr && node->is_true;
  }
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t low, std::int64_t high) {
    const TomlNode* node = find(key, TomlKind::whole);
    if (node == nullptr) return std::nullopt;
    if (node->whole < low || node->whole > high) {
      faults_.add(node->line, fmt::format("\"{}\" is {}; it must be {} to {}", key, node->whole, low, high));
      return std::nullopt;
    }
    return node->whole;
  }
  // A list of texts; one text stands for a list of one.
  std::vector<Worded> texts(std::string_view key) {
    const TomlEntry* entry = entry_of(key);
    if (entry == nullptr) return {};
    if (entry->value.kind == TomlKind::text) return texts_of(*entry, {entry->value});
    if (entry->value.kind == TomlKind::array) return texts_of(*entry, entry->value.elements);
    wrong_kind(*entry, "a text or a list of texts");
    return {};
  }
  std::int64_t line_of(std::string_view key) const {
    const auto at = std::ranges::find(table_.entries, key, &TomlEntry::key);
    return at == table_.entries.end() ? 0 : at->line;
  }
  void finish() {
    for (const TomlEntry& entry : table_.entries) {
      if (std::ranges::find(known_, entry.key) != known_.end()) continue;
      faults_.add(entry.line,
                  fmt::format("\"{}\" is no key of {}{}", entry.key, noun_, nearest_text(entry.key, known_)));
    }
  }

 private:
  const TomlEntry* entry_of(std::string_view key) {
    known_.emplace_back(key);
    const auto at = std::ranges::find(table_.entries, key, &TomlEntry::key);
    return at == table_.entries.end() ? nullptr : &*at;
  }
  void wrong_kind(const TomlEntry& entry, std::string_view wanted) {
    faults_.add(entry.value.line,
                fmt::format("\"{}\" of {} is {}; it must be {}", entry.key, noun_, name_of(entry.value.kind), wanted));
  }
  std::vector<Worded> texts_of(const TomlEntry& entry, const std::vector<TomlNode>& nodes) {
    std::vector<Worded> texts;
    for (const TomlNode& node : nodes) {
      const std::string text(trimmed(node.text));
      if (node.kind != TomlKind::text || text.empty()) {
        faults_.add(node.line, fmt::format("\"{}\" of {} holds {}; each must be a text that is not empty", entry.key,
                                           noun_, node.kind == TomlKind::text ? "an empty text" : name_of(node.kind)));
      } else if (std::ranges::find(texts, text, &Worded::text) != texts.end()) {
        faults_.add(node.line, fmt::format("\"{}\" of {} holds \"{}\" twice", entry.key, noun_, text));
      } else {
        texts.push_back({text, node.line});
      }
    }
    return texts;
  }

  const TomlNode& table_;
  std::string noun_;
  Faults& faults_;
  std::vector<std::string> known_;
};

std::vector<std::string> plain(const std::vector<Worded>& words) {
  std::vector<std::string> texts;
  for (const Worded& word : words) texts.push_back(word.text);
  return texts;
}

// The place of a word in a fixed list; nothing, with a fault, when it is not there or was not given.
std::optional<std::size_t> one_of(const Worded& word, const std::vector<std::string>& names, std::string_view noun,
                                  Faults& faults) {
  if (word.text.empty()) return std::nullopt;
  const auto at = std::ranges::find(names, word.text);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  faults.add(word.line, fmt::format("\"{}\" is no {}{}; there are {}", word.text, noun, nearest_text(word.text, names),
                                    fmt::join(names, ", ")));
  return std::nullopt;
}

void must_be_slug(const Worded& word, std::string_view noun, Faults& faults) {
  if (word.text.empty() || is_slug(word.text)) return;
  faults.add(word.line, fmt::format("{} \"{}\" must be small letters, digits and hyphens", noun, word.text));
}

// What only some tables take.
void judge_item(const DraftItem& item, Section& section, Faults& faults) {
  const Table table = item.rule.table;
  const bool is_pole = table <= Table::location;
  const auto judge = [&](std::string_view key, bool is_taken, bool is_needed) {
    const std::int64_t line = section.line_of(key);
    if (line != 0 && !is_taken) {
      faults.add(line, fmt::format("an item of table {} takes no \"{}\"", spec_of(table).name, key));
    } else if (line == 0 && is_needed) {
      faults.add(item.line, fmt::format("an item of table {} needs a \"{}\"", spec_of(table).name, key));
    }
  };
  const bool has_kind = (is_pole && table != Table::person) || table == Table::area;
  judge("kind", has_kind, has_kind);
  judge("roles", is_pole && table != Table::event, table == Table::person);
  judge("place", table == Table::event || table == Table::location, false);
  const bool has_vintage = table == Table::area || table == Table::area_part;
  judge("vintage", has_vintage, has_vintage);
  judge("series", table == Table::observation, table == Table::observation);
}

DraftItem read_item(const TomlNode& node, Faults& faults) {
  Section section(node, "an item", faults);
  DraftItem item{.rule = {}, .line = node.line};
  std::vector<std::string> names;
  for (const TableSpec& spec : tables()) names.emplace_back(spec.name);
  if (const auto table = one_of(section.needed_text("table"), names, "table", faults)) {
    item.rule.table = tables()[*table].table;
    item.is_of_known_table = true;
  }
  const Worded name = section.text("name");
  must_be_slug(name, "the name of an item,", faults);
  item.rule.name = name.text.empty() ? std::string(spec_of(item.rule.table).name) : name.text;
  if (item.is_of_known_table && item.rule.table == Table::event && item.rule.name != "event") {
    faults.add(name.line, "the item of table event is always called \"event\"");
    item.rule.name = "event";
  }
  const Worded kind = section.text("kind");
  must_be_slug(kind, "a kind,", faults);
  item.rule.kind = kind.text;
  for (const Worded& word : section.texts("roles")) {
    static_cast<void>(one_of(word, role_names(), "role", faults));
    if (const auto role = role_named(word.text)) item.rule.roles |= static_cast<std::uint32_t>(*role);
  }
  std::vector<std::string> precisions;
  for (int i = 0; i <= static_cast<int>(PlacePrecision::exact); ++i) {
    precisions.emplace_back(name_of(static_cast<PlacePrecision>(i)));
  }
  if (const auto place = one_of(section.text("place"), precisions, "precision of a place", faults)) {
    item.rule.place_precision = static_cast<PlacePrecision>(*place);
  }
  item.rule.vintage = static_cast<std::int32_t>(section.whole("vintage", 1800, 9999).value_or(0));
  item.rule.series = section.text("series").text;
  section.finish();
  if (item.is_of_known_table) judge_item(item, section, faults);
  return item;
}

using Vocabularies = std::map<std::string, std::vector<Worded>>;

Vocabularies read_vocabularies(const TomlNode* node, Faults& faults) {
  Vocabularies vocabularies;
  if (node == nullptr) return vocabularies;
  Section section(*node, "the vocabularies", faults);
  for (const TomlEntry& entry : node->entries) vocabularies[entry.key] = section.texts(entry.key);
  return vocabularies;
}

// A list of words, or the name of a list under [vocabulary].
std::vector<Worded> read_vocabulary(Section& section, const TomlNode& node, const Vocabularies& shared,
                                    Faults& faults) {
  const auto at = std::ranges::find(node.entries, "vocabulary", &TomlEntry::key);
  if (at == node.entries.end() || at->value.kind != TomlKind::text) return section.texts("vocabulary");
  std::vector<std::string> names;
  for (const auto& [name, words] : shared) names.push_back(name);
  const Worded name = section.text("vocabulary");
  const auto found = one_of(name, names, "vocabulary of this mapping", faults);
  return found ? shared.at(name.text) : std::vector<Worded>{};
}

void read_replacements(const TomlNode* node, DraftColumn& column, Faults& faults) {
  if (node == nullptr) return;
  for (const TomlEntry& entry : node->entries) {
    const std::string from(trimmed(entry.key));
    if (entry.value.kind != TomlKind::text) {
      faults.add(entry.value.line,
                 fmt::format("\"{}\" is replaced by {}; it must be a text", from, name_of(entry.value.kind)));
    } else if (from.empty()) {
      faults.add(entry.line, "a blank value is never replaced");
    } else if (!column.rule.replace.emplace(from, trimmed(entry.value.text)).second) {
      faults.add(entry.line, fmt::format("\"{}\" is replaced twice", from));
    } else {
      column.replace.push_back({{from, entry.line}, std::string(trimmed(entry.value.text))});
    }
  }
}

void read_names(Section& section, DraftColumn& column, Faults& faults) {
  const Worded name = section.text("name");
  const std::vector<Worded> also = section.texts("also");
  const Worded part = section.text("file_name");
  column.rule.file_name_part = part.text;
  if (!name.text.empty()) column.rule.names.push_back(name.text);
  for (const Worded& other : also) {
    if (other.text == name.text) faults.add(other.line, fmt::format("\"{}\" is the column's name already", other.text));
    column.rule.names.push_back(other.text);
  }
  const bool has_name = section.line_of("name") != 0;
  const bool has_part = section.line_of("file_name") != 0;
  if (has_name == has_part) {
    faults.add(column.line, has_name ? "a column has either a \"name\" or a \"file_name\", not both"
                                     : "a column needs a \"name\", or a \"file_name\" for a part of the file's name");
  }
  if (!has_name && !also.empty()) faults.add(section.line_of("also"), "\"also\" stands beside a \"name\"");
}

// Both ends of the range, or neither.
void read_digits(Section& section, DraftColumn& column, Faults& faults) {
  constexpr std::int64_t k_digits_most = 40;
  const auto least = section.whole("digits_min", 1, k_digits_most);
  const auto most = section.whole("digits_max", 1, k_digits_most);
  column.digits_line = std::max(section.line_of("digits_min"), section.line_of("digits_max"));
  if ((section.line_of("digits_min") == 0) != (section.line_of("digits_max") == 0)) {
    faults.add(column.digits_line, "\"digits_min\" and \"digits_max\" stand together");
  } else if (least && most && *least > *most) {
    faults.add(column.digits_line, fmt::format("\"digits_min\" is {}, more than \"digits_max\", {}", *least, *most));
  } else if (least && most) {
    column.rule.digits = DigitRange{.least = *least, .most = *most};
  }
}

DraftColumn read_column(const TomlNode& node, const Vocabularies& shared, Faults& faults) {
  Section section(node, "a column", faults);
  DraftColumn column;
  column.line = node.line;
  read_names(section, column, faults);
  column.to = section.texts("to");
  column.rule.is_required = section.truth("required");
  column.rule.is_closed = section.truth("closed");
  column.vocabulary = read_vocabulary(section, node, shared, faults);
  column.rule.vocabulary = plain(column.vocabulary);
  read_replacements(section.find("replace", TomlKind::table), column, faults);
  if (const auto order = one_of(section.text("dates"), {"iso", "british"}, "order of dates", faults)) {
    column.rule.date_order = *order == 0 ? DateOrder::iso : DateOrder::british;
  }
  column.rule.text_bytes_max = section.whole("max_bytes", 1, k_text_bytes_most).value_or(column.rule.text_bytes_max);
  column.rule.is_list = section.truth("list");
  read_digits(section, column, faults);
  column.dates_line = section.line_of("dates");
  column.list_line = section.line_of("list");
  column.closed_line = column.rule.is_closed ? section.line_of("closed") : 0;
  column.max_bytes_line = section.line_of("max_bytes");
  section.finish();
  return column;
}

void read_governance(Section& section, Mapping& mapping, Faults& faults) {
  using ledger::DataClass;
  constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive};
  std::vector<std::string> names;
  for (const DataClass each : k_classes) names.emplace_back(ledger::code_of(each));
  if (const auto found = one_of(section.needed_text("data_class"), names, "data class", faults)) {
    mapping.data_class = k_classes.at(*found);
  }
  const Worded gateway = section.text("gateway");
  static_cast<void>(one_of(gateway, ledger::gateway_codes(), "gateway", faults));
  mapping.gateway = ledger::gateway_named(gateway.text).value_or(ledger::Gateway::none);
  const Worded retention = section.needed_text("retention");
  must_be_slug(retention, "a retention class,", faults);
  mapping.retention = retention.text;
}

void read_form(Section& section, MappingDraft& draft, Faults& faults) {
  Mapping& mapping = draft.mapping;
  const Worded format = section.text("format");
  if (one_of(format, {"csv", "ndjson", "xlsx", "parquet"}, "format", faults)) mapping.format = format.text;
  if (const TomlNode* delimiter = section.find("delimiter", TomlKind::text)) {
    if (delimiter->text.size() == 1 && delimiter->text.find_first_of("\"\r\n") == std::string::npos) {
      mapping.delimiter = delimiter->text.front();
    } else {
      faults.add(delimiter->line, "\"delimiter\" must be one ASCII character, and neither a quote nor a line break");
    }
  }
  const Worded pattern = section.text("file_name");
  mapping.file_name_pattern = pattern.text;
  draft.file_name_line = pattern.line;
  draft.coverage = section.texts("coverage");
  mapping.coverage = plain(draft.coverage);
  mapping.is_whole = section.truth("whole");
  mapping.untyped = plain(section.texts("untyped"));
  const Worded retention_column = section.text("retention_column");
  if (!retention_column.text.empty()) draft.retention_column = retention_column;
}

// The tables under [[key]].
std::vector<const TomlNode*> tables_of(Section& section, std::string_view key, Faults& faults) {
  std::vector<const TomlNode*> found;
  const TomlNode* array = section.find(key, TomlKind::array);
  if (array == nullptr) {
    if (section.line_of(key) == 0) faults.add(section.line(), fmt::format("the mapping has no [[{}]]", key));
    return found;
  }
  for (const TomlNode& node : array->elements) {
    if (node.kind == TomlKind::table) {
      found.push_back(&node);
    } else {
      faults.add(node.line,
                 fmt::format("\"{}\" holds {}; each must be a table, begun by [[{}]]", key, name_of(node.kind), key));
    }
  }
  return found;
}

}  // namespace

std::optional<MappingDraft> read_draft(std::string_view toml, Faults& faults) {
  MappingDraft draft;
  const TomlParsed parsed = base::parse_toml(toml);
  if (!parsed.fault.empty()) {
    faults.add(parsed.fault_line, "this is not TOML: " + parsed.fault);
    return std::nullopt;
  }
  Section section(parsed.root, "a mapping", faults);
  const Worded name = section.needed_text("name");
  must_be_slug(name, "the name of a mapping,", faults);
  draft.mapping.name = name.text;
  draft.mapping.version = static_cast<std::int32_t>(section.whole("version", 1, 1'000'000).value_or(1));
  draft.mapping.title = section.needed_text("title").text;
  draft.mapping.publisher = section.text("publisher").text;
  draft.mapping.agency = section.text("agency").text;
  draft.mapping.licence = section.text("licence").text;
  read_governance(section, draft.mapping, faults);
  read_form(section, draft, faults);
  const Vocabularies shared = read_vocabularies(section.find("vocabulary", TomlKind::table), faults);
  for (const TomlNode* node : tables_of(section, "item", faults)) draft.items.push_back(read_item(*node, faults));
  for (const TomlNode* node : tables_of(section, "column", faults)) {
    draft.columns.push_back(read_column(*node, shared, faults));
  }
  section.finish();
  return draft;
}

}  // namespace throughline::records
