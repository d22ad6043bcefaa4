// The cards of a catalogue, from their TOML.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/sha256.h"
#include "evidence/claims/plain_words.h"
#include "evidence/series/catalogue.h"
#include "evidence/series/read_lines.h"

namespace throughline::evidence {

namespace {

std::string text_at(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

std::vector<std::string> texts_at(const toml::table& table, std::string_view key) {
  std::vector<std::string> texts;
  if (const toml::array* array = table[key].as_array()) {
    for (const toml::node& element : *array) texts.push_back(element.value_or(std::string()));
  }
  return texts;
}

const SeriesText* text_named(const std::vector<SeriesText>& texts, std::string_view file) {
  const auto found = std::ranges::find(texts, file, &SeriesText::file);
  return found == texts.end() ? nullptr : &*found;
}

class CatalogueReader {
 public:
  explicit CatalogueReader(const std::vector<SeriesText>& texts) : texts_(texts) {}

  CheckedCatalogue finish() {
    if (const auto root = parsed("catalogue.toml")) read_cards(*root);
    if (const auto root = parsed("vocabulary.toml")) read_vocabulary(*root);
    read_ended_areas();
    return std::move(checked_);
  }

 private:
  void fault(std::string where, std::string what) { checked_.faults.push_back({std::move(where), std::move(what)}); }

  std::optional<toml::table> parsed(std::string_view file) {
    const SeriesText* text = text_named(texts_, file);
    if (text == nullptr) {
      fault(std::string(file), "the file is missing");
      return std::nullopt;
    }
    try {
      return toml::parse(text->text);
    } catch (const toml::parse_error& error) {
      fault(fmt::format("{}:{}", file, error.source().begin.line), std::string(error.description()));
      return std::nullopt;
    }
  }

  std::optional<TextTable> table_of(const std::string& file) {
    const SeriesText* text = text_named(texts_, file);
    if (text == nullptr) {
      fault(file, "the file is missing");
      return std::nullopt;
    }
    auto table = read_text_table(text->text, file);
    if (table.ok()) return std::move(table).value();
    fault(table.error().where, table.error().what);
    return std::nullopt;
  }

  void read_cards(const toml::table& root) {
    const toml::array* cards = root["series"].as_array();
    if (cards == nullptr) return fault("catalogue.toml", "it has no [[series]]");
    for (const toml::node& node : *cards) {
      if (const toml::table* table = node.as_table()) read_card(*table);
    }
  }

  void read_card(const toml::table& table) {
    SeriesCard card{.name = text_at(table, "name"),
                    .title = text_at(table, "title"),
                    .publisher = text_at(table, "publisher"),
                    .universe = text_at(table, "universe"),
                    .unit = text_at(table, "unit"),
                    .date_basis = text_at(table, "date_basis"),
                    .geography = text_at(table, "geography"),
                    .release = text_at(table, "release"),
                    .revision = text_at(table, "revision"),
                    .costs = text_at(table, "costs"),
                    .file = {},
                    .file_hash = {},
                    .caveats = {},
                    .is_percentage = table["is_percentage"].value_or(false),
                    .per = table["per"].value_or(0.0),
                    .pooled_years = table["pooled_years"].value_or(1),
                    .lines = {}};
    check_words(card);
    for (const std::string& code : texts_at(table, "caveats")) {
      const auto caveat = caveat_named(code);
      if (!caveat) {
        fault("catalogue.toml", fmt::format("series {}: “{}” is no caveat", card.name, code));
        continue;
      }
      card.caveats.add(*caveat);
    }
    std::vector<TextTable> tables = tables_of(table, card);
    if (const toml::array* lines = table["lines"].as_array()) {
      for (const toml::node& node : *lines) {
        if (const toml::table* line = node.as_table()) add_line(table, *line, tables, card);
      }
    }
    checked_.catalogue.cards.push_back(std::move(card));
  }

  // Every word of a card is shown; none may be left out.
  void check_words(const SeriesCard& card) {
    const std::array<std::pair<std::string_view, const std::string*>, 10> words{{{"name", &card.name},
                                                                                 {"title", &card.title},
                                                                                 {"publisher", &card.publisher},
                                                                                 {"universe", &card.universe},
                                                                                 {"unit", &card.unit},
                                                                                 {"date_basis", &card.date_basis},
                                                                                 {"geography", &card.geography},
                                                                                 {"release", &card.release},
                                                                                 {"revision", &card.revision},
                                                                                 {"costs", &card.costs}}};
    for (const auto& [key, text] : words) {
      if (text->empty()) fault("catalogue.toml", fmt::format("series {}: {} is missing", card.name, key));
    }
    if (checked_.catalogue.find(card.name) != nullptr) {
      fault("catalogue.toml", fmt::format("two series are called {}", card.name));
    }
  }

  std::vector<TextTable> tables_of(const toml::table& table, SeriesCard& card) {
    std::vector<std::string> files = texts_at(table, "files");
    if (files.empty()) files.push_back(text_at(table, "file"));
    std::vector<TextTable> tables;
    base::Sha256 hash;
    for (const std::string& file : files) {
      if (auto read = table_of(file)) {
        hash.update(text_named(texts_, file)->text);
        tables.push_back(std::move(*read));
      }
      card.file += (card.file.empty() ? "" : ", ") + file;
    }
    card.file_hash = hash.finish().hex();
    return tables;
  }

  void add_line(const toml::table& of_card, const toml::table& of_line, const std::vector<TextTable>& tables,
                SeriesCard& card) {
    SeriesColumns columns{.area = text_at(of_card, "area"),
                          .area_column = text_at(of_card, "area_column"),
                          .area_skip = texts_at(of_card, "area_skip"),
                          .period = text_at(of_card, "period"),
                          .is_march_year = of_card.contains("year_ending_march"),
                          .value = text_at(of_line, "value"),
                          .scale = of_card["scale"].value_or(1.0),
                          .is_positive = of_card["is_positive"].value_or(false),
                          .where = {}};
    if (columns.is_march_year) columns.period = text_at(of_card, "year_ending_march");
    if (columns.value.empty()) columns.value = text_at(of_card, "value");
    if (const toml::table* where = of_line["where"].as_table()) {
      for (const auto& [column, words] : *where) {
        columns.where.emplace_back(std::string(column.str()), texts_at(*where, column.str()));
      }
    }
    ReadLine read = read_line(tables, columns);
    SeriesLine line{.name = text_at(of_line, "name"),
                    .title = text_at(of_line, "title"),
                    .is = texts_at(of_line, "is"),
                    .one_of = texts_at(of_line, "one_of"),
                    .may = texts_at(of_line, "may"),
                    .is_default = of_line["is_default"].value_or(false),
                    .points = std::move(read.points)};
    for (CatalogueFault& found : read.faults) {
      const std::string where = found.where.empty() ? card.file : found.where;
      fault(where, fmt::format("series {}.{}: {}", card.name, line.name, found.what));
    }
    for (const std::string& note : read.notes) card.caveats.add(Caveat::category_renamed, note);
    card.lines.push_back(std::move(line));
  }

  void read_vocabulary(const toml::table& root) {
    Vocabulary& vocabulary = checked_.catalogue.vocabulary;
    vocabulary.neutral = plain_words(text_at(root, "neutral"));
    std::ranges::sort(vocabulary.neutral);
    for (const auto& [section, phrases] :
         {std::pair{"concepts", &vocabulary.concepts}, std::pair{"areas", &vocabulary.areas},
          std::pair{"same", &vocabulary.same}, std::pair{"uses", &vocabulary.uses}}) {
      const toml::table* table = root[section].as_table();
      if (table == nullptr) {
        fault("vocabulary.toml", fmt::format("[{}] is missing", section));
        continue;
      }
      for (const auto& [name, words] : *table) {
        for (const std::string& phrase : texts_at(*table, name.str())) {
          (*phrases)[joined(plain_words(phrase))] = std::string(name.str());
        }
      }
    }
  }

  void read_ended_areas() {
    if (text_named(texts_, "ended_area_codes.csv") == nullptr) return;
    const auto table = table_of("ended_area_codes.csv");
    if (!table || table->columns.size() != 3) return;
    for (const TextRow& row : table->rows) {
      checked_.catalogue.ended_areas.push_back({row.cells[0], row.cells[1], row.cells[2]});
    }
  }

  const std::vector<SeriesText>& texts_;
  CheckedCatalogue checked_;
};

}  // namespace

const SeriesCard* Catalogue::find(std::string_view name) const {
  const auto found = std::ranges::find(cards, name, &SeriesCard::name);
  return found == cards.end() ? nullptr : &*found;
}

CheckedCatalogue read_catalogue(const std::vector<SeriesText>& texts) {
  return CatalogueReader(texts).finish();
}

const Catalogue& built_in_catalogue() {
  static const Catalogue catalogue = [] {
    CheckedCatalogue checked = read_catalogue(series_texts());
    CHECK(checked.faults.empty());
    return std::move(checked.catalogue);
  }();
  return catalogue;
}

}  // namespace throughline::evidence
