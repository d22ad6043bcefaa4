// The catalogue of published series: cards, their values, and the words that statements use for them.
//
// It is data (data/series): a card says how the columns of its file become periods, areas and values. Reading it judges
// it: what is wrong with a file or a card is a fault with its place, and a catalogue with faults is not used.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/series/series_card.h"

namespace throughline::evidence {

struct SeriesText {
  std::string_view file;  // "catalogue.toml".
  std::string_view text;
};

// data/series as it is carried in the program.
[[nodiscard]] std::vector<SeriesText> series_texts();

// An area code that is no longer in use.
struct EndedArea {
  std::string code;
  std::string name;
  std::string now;  // The code that bears the name today. May be empty.
};

// Phrases of statements, and the concept each stands for.
struct Vocabulary {
  std::map<std::string, std::string> concepts;  // "stop and search" → "search". Words without plural endings.
  std::map<std::string, std::string> areas;     // "e&w" → "England and Wales".
  std::map<std::string, std::string> same;      // Phrases of report tables, for finding rival figures.
  std::map<std::string, std::string> uses;      // Words that do something with a series: "worst" → "rank_areas".
  std::vector<std::string> neutral;             // Words that choose nothing. Sorted.
};

struct Catalogue {
  std::vector<SeriesCard> cards;
  Vocabulary vocabulary;
  std::vector<EndedArea> ended_areas;

  [[nodiscard]] const SeriesCard* find(std::string_view name) const;
};

// What is wrong, where ("deaths.csv:12"), and what to do.
struct CatalogueFault {
  std::string where;
  std::string what;
};

struct CheckedCatalogue {
  Catalogue catalogue;  // Only to be used when there are no faults.
  std::vector<CatalogueFault> faults;
};

// Needs the texts "catalogue.toml" and "vocabulary.toml", and each file that a card names. Faults: a value twice for
// one area and period, unless it is the same in two files; a count below nought; nobody where residents are counted; a
// category that ends while its file goes on; columns, caveats and periods that are not what they should be.
[[nodiscard]] CheckedCatalogue read_catalogue(const std::vector<SeriesText>& texts);

// The bundled one. Read once.
[[nodiscard]] const Catalogue& built_in_catalogue();

}  // namespace throughline::evidence
