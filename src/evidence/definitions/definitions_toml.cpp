#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/check.h"
#include "evidence/definitions/definition.h"
#include "evidence/model.h"

namespace throughline::evidence {

namespace {

constexpr std::array<std::string_view, 12> k_keys{"id",   "version", "status",  "valid_from", "valid_until", "words",
                                                  "page", "source",  "caveats", "counts",     "needs",       "cited"};
constexpr std::array<std::string_view, 4> k_count_keys{"series", "lines", "measure", "categories"};
constexpr std::array<std::string_view, 6> k_cited_keys{"value", "unit", "area", "period", "source", "place"};

std::string text_in(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

std::vector<std::string> texts_in(const toml::table& table, std::string_view key) {
  std::vector<std::string> texts;
  if (const toml::array* values = table[key].as_array()) {
    for (const auto& value : *values) texts.push_back(value.value_or(std::string()));
  }
  return texts;
}

class DefinitionReader {
 public:
  explicit DefinitionReader(const Catalogue& catalogue) : catalogue_(catalogue) {}

  void read(const SeriesText& text) {
    file_ = text.file;
    std::istringstream stream{std::string(text.text)};
    toml::table root;
    try {
      root = toml::parse(stream, text.file);
    } catch (const toml::parse_error& error) {
      return fault(fmt::format("is no TOML: {}", error.description()));
    }
    term_ = text_in(root, "term");
    if (term_.empty()) fault("the term is missing");
    const toml::array* definitions = root["definition"].as_array();
    if (definitions == nullptr) return fault("there is no [[definition]]");
    for (const auto& each : *definitions) {
      if (const toml::table* table = each.as_table()) add(*table);
    }
  }

  CheckedDefinitions finish() {
    check_together();
    return std::move(checked_);
  }

 private:
  void fault(std::string what) { checked_.faults.push_back({std::string(file_), std::move(what)}); }

  template <std::size_t N>
  void check_keys(const toml::table& table, const std::array<std::string_view, N>& known, const std::string& where) {
    for (const auto& [key, value] : table) {
      if (std::ranges::find(known, key.str()) == known.end()) {
        fault(fmt::format("{}: the key {} is unknown", where, key.str()));
      }
    }
  }

  std::optional<base::Month> month_in(const toml::table& table, std::string_view key, const std::string& where) {
    const std::string text = text_in(table, key);
    if (text.empty()) return std::nullopt;
    const auto month = base::parse_month(text);
    if (!month.has_value()) fault(fmt::format("{}: {} is no month", where, key));
    return month;
  }

  void add(const toml::table& table) {
    Definition made;
    made.term = term_;
    made.id = text_in(table, "id");
    made.version = table["version"].value_or(std::int64_t{0});
    const std::string where = made.name();
    check_keys(table, k_keys, where);
    made.is_proposal = text_in(table, "status") == "proposal";
    made.valid_from = month_in(table, "valid_from", where);
    made.valid_until = month_in(table, "valid_until", where);
    made.words = text_in(table, "words");
    made.source = text_in(table, "source");
    made.page = text_in(table, "page");
    made.needs = texts_in(table, "needs");
    if (made.is_proposal) made.caveats.add(Caveat::undefined_term);
    add_caveats(table, made);
    add_counts(table, made);
    add_cited(table, made);
    check(table, made);
    checked_.definitions.push_back(std::move(made));
  }

  void check(const toml::table& table, const Definition& made) {
    const std::string where = made.name();
    if (made.id.empty() || made.version < 1) fault(where + ": an id and a version from 1 are needed");
    if (made.words.empty() || made.source.empty() || made.page.empty()) {
      fault(where + ": words, source and page are needed");
    }
    const std::string status = text_in(table, "status");
    if (status != "published" && status != "proposal") fault(where + ": status is published or proposal");
    if (made.valid_from && made.valid_until && *made.valid_until < *made.valid_from) {
      fault(where + ": it ends before it begins");
    }
    if (made.series.empty() && made.measures.empty() && made.needs.empty() && made.cited.empty()) {
      fault(where + ": it counts nothing, needs nothing and cites nothing");
    }
  }

  void add_caveats(const toml::table& table, Definition& made) {
    for (const std::string& code : texts_in(table, "caveats")) {
      const auto caveat = caveat_named(code);
      if (caveat) {
        made.caveats.add(*caveat);
      } else {
        fault(fmt::format("{}: there is no caveat {}", made.name(), code));
      }
    }
  }

  void add_counts(const toml::table& table, Definition& made) {
    const toml::array* counts = table["counts"].as_array();
    if (counts == nullptr) return;
    for (const auto& each : *counts) {
      const toml::table* rule = each.as_table();
      if (rule == nullptr) continue;
      check_keys(*rule, k_count_keys, made.name());
      const std::string series = text_in(*rule, "series");
      if (!series.empty()) {
        made.series.push_back({.series = series, .lines = texts_in(*rule, "lines")});
        check_series(made.series.back(), made.name());
      } else {
        made.measures.push_back({.measure = text_in(*rule, "measure"), .categories = texts_in(*rule, "categories")});
        const MeasureRule& of = made.measures.back();
        if (find_measure(of.measure) == nullptr) fault(fmt::format("{}: no measure {}", made.name(), of.measure));
        if (of.categories.empty()) fault(made.name() + ": a measure's categories are needed");
      }
    }
  }

  void check_series(const SeriesRule& rule, const std::string& where) {
    const SeriesCard* card = catalogue_.find(rule.series);
    if (card == nullptr) return fault(fmt::format("{}: there is no series {}", where, rule.series));
    if (rule.lines.empty()) fault(where + ": a series' lines are needed");
    for (const std::string& name : rule.lines) {
      if (std::ranges::find(card->lines, name, &SeriesLine::name) == card->lines.end()) {
        fault(fmt::format("{}: the series {} has no line {}", where, rule.series, name));
      }
    }
  }

  void add_cited(const toml::table& table, Definition& made) {
    const toml::array* cited = table["cited"].as_array();
    if (cited == nullptr) return;
    for (const auto& each : *cited) {
      const toml::table* figure = each.as_table();
      if (figure == nullptr) continue;
      check_keys(*figure, k_cited_keys, made.name());
      made.cited.push_back({.value = text_in(*figure, "value"),
                            .unit = text_in(*figure, "unit"),
                            .area = text_in(*figure, "area"),
                            .period = text_in(*figure, "period"),
                            .source = text_in(*figure, "source"),
                            .place = text_in(*figure, "place")});
      if (made.cited.back().value.empty() || made.cited.back().source.empty()) {
        fault(made.name() + ": a cited figure needs its value and its source");
      }
    }
  }

  static bool overlap(const Definition& one, const Definition& other) {
    const bool is_after = one.valid_from && other.valid_until && *other.valid_until < *one.valid_from;
    const bool is_before = other.valid_from && one.valid_until && *one.valid_until < *other.valid_from;
    return !is_after && !is_before;
  }

  void check_together() {
    const std::vector<Definition>& all = checked_.definitions;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        if (all[i].id != all[j].id) continue;
        if (all[i].version == all[j].version) fault(all[i].name() + " is there twice");
        if (overlap(all[i], all[j])) {
          fault(fmt::format("{} and {} hold at one time", all[i].name(), all[j].name()));
        }
      }
    }
    std::ranges::stable_sort(checked_.definitions, {}, &Definition::term);
  }

  const Catalogue& catalogue_;
  std::string_view file_;
  std::string term_;
  CheckedDefinitions checked_;
};

}  // namespace

CheckedDefinitions read_definitions(const std::vector<SeriesText>& texts, const Catalogue& catalogue) {
  DefinitionReader reader(catalogue);
  for (const SeriesText& text : texts) reader.read(text);
  return reader.finish();
}

const std::vector<Definition>& built_in_definitions() {
  static const std::vector<Definition> definitions = [] {
    CheckedDefinitions checked = read_definitions(definition_texts(), built_in_catalogue());
    CHECK(checked.faults.empty());
    return std::move(checked.definitions);
  }();
  return definitions;
}

}  // namespace throughline::evidence
