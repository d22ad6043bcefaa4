#include "linkage/normal/address_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

struct Spelling {
  std::string_view written;
  std::string_view meant;
};

struct Known {
  std::string_view word;
  AddressRole role;
};

// In the order of the words, for the search.
// clang-format off
constexpr std::array k_abbreviations = {
    Spelling{"1ST", "FIRST"}, Spelling{"2ND", "SECOND"}, Spelling{"3RD", "THIRD"}, Spelling{"4TH", "FOURTH"},
    Spelling{"5TH", "FIFTH"}, Spelling{"6TH", "SIXTH"}, Spelling{"ALLAY", "ALLEY"}, Spelling{"ANNEX", "ANNEXE"},
    Spelling{"APARTMENT", "FLAT"}, Spelling{"APPT", "FLAT"}, Spelling{"APT", "FLAT"}, Spelling{"AV", "AVENUE"},
    Spelling{"AVE", "AVENUE"}, Spelling{"AVN", "AVENUE"}, Spelling{"BAS", "BASEMENT"}, Spelling{"BLDG", "BUILDING"},
    Spelling{"BLDGS", "BUILDINGS"}, Spelling{"BLK", "BLOCK"}, Spelling{"BLVD", "BOULEVARD"},
    Spelling{"BSMT", "BASEMENT"}, Spelling{"BUNG", "BUNGALOW"}, Spelling{"BVD", "BOULEVARD"},
    Spelling{"CENTER", "CENTRE"}, Spelling{"CL", "CLOSE"}, Spelling{"CLS", "CLOSE"}, Spelling{"COTT", "COTTAGE"},
    Spelling{"COTTS", "COTTAGES"}, Spelling{"CRES", "CRESCENT"}, Spelling{"CRESENT", "CRESCENT"},
    Spelling{"CRT", "COURT"}, Spelling{"CT", "COURT"}, Spelling{"CTR", "CENTRE"}, Spelling{"DR", "DRIVE"},
    Spelling{"DRV", "DRIVE"}, Spelling{"ESPL", "ESPLANADE"}, Spelling{"FL", "FLOOR"}, Spelling{"FLATS", "FLAT"},
    Spelling{"FLOORS", "FLOOR"}, Spelling{"FLR", "FLOOR"}, Spelling{"FLT", "FLAT"}, Spelling{"FRST", "FIRST"},
    Spelling{"GDN", "GARDEN"}, Spelling{"GDNS", "GARDENS"}, Spelling{"GF", "GROUND"}, Spelling{"GND", "GROUND"},
    Spelling{"GR", "GROVE"}, Spelling{"GRD", "GROUND"}, Spelling{"GRDNS", "GARDENS"}, Spelling{"GRN", "GREEN"},
    Spelling{"GRV", "GROVE"}, Spelling{"HSE", "HOUSE"}, Spelling{"HTS", "HEIGHTS"}, Spelling{"LA", "LANE"},
    Spelling{"LN", "LANE"}, Spelling{"LTD", "LIMITED"}, Spelling{"MAIS", "MAISONETTE"}, Spelling{"MDW", "MEADOW"},
    Spelling{"MDWS", "MEADOWS"}, Spelling{"MNR", "MANOR"}, Spelling{"MWS", "MEWS"}, Spelling{"NTH", "NORTH"},
    Spelling{"ORCH", "ORCHARD"}, Spelling{"PDE", "PARADE"}, Spelling{"PK", "PARK"}, Spelling{"PL", "PLACE"},
    Spelling{"PLC", "PLACE"}, Spelling{"PROM", "PROMENADE"}, Spelling{"RD", "ROAD"}, Spelling{"RDG", "RIDGE"},
    Spelling{"RM", "ROOM"}, Spelling{"RW", "ROW"}, Spelling{"SCD", "SECOND"}, Spelling{"SCH", "SCHOOL"},
    Spelling{"SQ", "SQUARE"}, Spelling{"SQR", "SQUARE"}, Spelling{"SQRE", "SQUARE"}, Spelling{"STE", "SUITE"},
    Spelling{"STH", "SOUTH"}, Spelling{"STR", "STREET"}, Spelling{"STREEET", "STREET"}, Spelling{"TCE", "TERRACE"},
    Spelling{"TER", "TERRACE"}, Spelling{"TERR", "TERRACE"}, Spelling{"UNITS", "UNIT"},
    Spelling{"UNIV", "UNIVERSITY"}, Spelling{"WK", "WALK"}, Spelling{"WKS", "WORKS"}, Spelling{"WLK", "WALK"},
    Spelling{"WY", "WAY"}, Spelling{"YD", "YARD"},
};
constexpr std::array k_known = {
    Known{"ACADEMY", AddressRole::building}, Known{"ALLEY", AddressRole::street_type},
    Known{"ANNEXE", AddressRole::inside}, Known{"APARTMENTS", AddressRole::building},
    Known{"APPROACH", AddressRole::street_type}, Known{"ARCADE", AddressRole::street_type},
    Known{"AVENUE", AddressRole::street_type}, Known{"BANK", AddressRole::street_type},
    Known{"BARN", AddressRole::building}, Known{"BASEMENT", AddressRole::inside}, Known{"BEDSIT", AddressRole::flat},
    Known{"BLOCK", AddressRole::building}, Known{"BOULEVARD", AddressRole::street_type},
    Known{"BRAE", AddressRole::street_type}, Known{"BROADWAY", AddressRole::street_type},
    Known{"BROW", AddressRole::street_type}, Known{"BUILDING", AddressRole::building},
    Known{"BUILDINGS", AddressRole::building}, Known{"BUNGALOW", AddressRole::building},
    Known{"CARAVAN", AddressRole::building}, Known{"CAUSEWAY", AddressRole::street_type},
    Known{"CENTRE", AddressRole::building}, Known{"CHAMBERS", AddressRole::building},
    Known{"CHASE", AddressRole::street_type}, Known{"CIRCUS", AddressRole::street_type},
    Known{"CLOSE", AddressRole::street_type}, Known{"COLLEGE", AddressRole::building},
    Known{"COMMON", AddressRole::street_type}, Known{"COPSE", AddressRole::street_type},
    Known{"CORNER", AddressRole::street_type}, Known{"COTTAGE", AddressRole::building},
    Known{"COTTAGES", AddressRole::building}, Known{"COURT", AddressRole::court},
    Known{"CRESCENT", AddressRole::street_type}, Known{"CROFT", AddressRole::street_type},
    Known{"DALE", AddressRole::street_type}, Known{"DENE", AddressRole::street_type},
    Known{"DRIVE", AddressRole::street_type}, Known{"DRIVEWAY", AddressRole::street_type},
    Known{"EAST", AddressRole::compass}, Known{"END", AddressRole::street_type},
    Known{"ESPLANADE", AddressRole::street_type}, Known{"FARM", AddressRole::building},
    Known{"FARMHOUSE", AddressRole::building}, Known{"FIELD", AddressRole::street_type},
    Known{"FIELDS", AddressRole::street_type}, Known{"FIFTH", AddressRole::storey},
    Known{"FIRST", AddressRole::storey}, Known{"FLAT", AddressRole::flat}, Known{"FLOOR", AddressRole::storey},
    Known{"FOLD", AddressRole::street_type}, Known{"FOURTH", AddressRole::storey},
    Known{"FRONT", AddressRole::storey}, Known{"GARDEN", AddressRole::street_type},
    Known{"GARDENS", AddressRole::street_type}, Known{"GATE", AddressRole::street_type},
    Known{"GLEN", AddressRole::street_type}, Known{"GREEN", AddressRole::street_type},
    Known{"GROUND", AddressRole::storey}, Known{"GROVE", AddressRole::street_type},
    Known{"HALL", AddressRole::building}, Known{"HEIGHTS", AddressRole::street_type},
    Known{"HIGHWAY", AddressRole::street_type}, Known{"HILL", AddressRole::street_type},
    Known{"HOSPITAL", AddressRole::building}, Known{"HOSTEL", AddressRole::building},
    Known{"HOTEL", AddressRole::building}, Known{"HOUSE", AddressRole::building}, Known{"INN", AddressRole::building},
    Known{"LANE", AddressRole::street_type}, Known{"LEA", AddressRole::street_type},
    Known{"LINK", AddressRole::street_type}, Known{"LOAN", AddressRole::street_type},
    Known{"LODGE", AddressRole::building}, Known{"LOOP", AddressRole::street_type},
    Known{"LOWER", AddressRole::compass}, Known{"MAISONETTE", AddressRole::flat},
    Known{"MANOR", AddressRole::building}, Known{"MANSION", AddressRole::building},
    Known{"MANSIONS", AddressRole::building}, Known{"MEADOW", AddressRole::street_type},
    Known{"MEADOWS", AddressRole::street_type}, Known{"MEWS", AddressRole::street_type},
    Known{"MEZZANINE", AddressRole::storey}, Known{"MILL", AddressRole::building},
    Known{"MOUNT", AddressRole::street_type}, Known{"NORTH", AddressRole::compass},
    Known{"ORCHARD", AddressRole::street_type}, Known{"OVAL", AddressRole::street_type},
    Known{"PARADE", AddressRole::street_type}, Known{"PARK", AddressRole::court},
    Known{"PASSAGE", AddressRole::street_type}, Known{"PATH", AddressRole::street_type},
    Known{"PENTHOUSE", AddressRole::inside}, Known{"PLACE", AddressRole::street_type},
    Known{"POINT", AddressRole::court}, Known{"PRISON", AddressRole::building},
    Known{"PROMENADE", AddressRole::street_type}, Known{"QUAY", AddressRole::street_type},
    Known{"REAR", AddressRole::storey}, Known{"RECTORY", AddressRole::building},
    Known{"REFUGE", AddressRole::building}, Known{"RIDGE", AddressRole::street_type},
    Known{"RISE", AddressRole::street_type}, Known{"ROAD", AddressRole::street_type},
    Known{"ROOM", AddressRole::flat}, Known{"ROW", AddressRole::street_type}, Known{"SCHOOL", AddressRole::building},
    Known{"SECOND", AddressRole::storey}, Known{"SHELTER", AddressRole::building},
    Known{"SIXTH", AddressRole::storey}, Known{"SOUTH", AddressRole::compass},
    Known{"SQUARE", AddressRole::street_type}, Known{"STABLES", AddressRole::building},
    Known{"STRAND", AddressRole::street_type}, Known{"STREET", AddressRole::street_type},
    Known{"STUDIO", AddressRole::flat}, Known{"SUITE", AddressRole::flat}, Known{"TERRACE", AddressRole::street_type},
    Known{"THIRD", AddressRole::storey}, Known{"TOP", AddressRole::storey}, Known{"TOWER", AddressRole::court},
    Known{"TOWERS", AddressRole::court}, Known{"UNIT", AddressRole::flat}, Known{"UNIVERSITY", AddressRole::building},
    Known{"UPPER", AddressRole::compass}, Known{"VALE", AddressRole::street_type},
    Known{"VENNEL", AddressRole::street_type}, Known{"VICARAGE", AddressRole::building},
    Known{"VIEW", AddressRole::street_type}, Known{"VILLA", AddressRole::court}, Known{"VILLAS", AddressRole::court},
    Known{"WALK", AddressRole::street_type}, Known{"WAREHOUSE", AddressRole::building},
    Known{"WAY", AddressRole::street_type}, Known{"WEST", AddressRole::compass},
    Known{"WHARF", AddressRole::street_type}, Known{"WHARFE", AddressRole::street_type},
    Known{"WORKS", AddressRole::building}, Known{"WYND", AddressRole::street_type},
    Known{"YARD", AddressRole::street_type},
};
// Names that follow ST in the names of towns: BURY ST EDMUNDS.
constexpr std::array<std::string_view, 36> k_saints = {
    "AGNES", "ALBANS", "ANDREWS", "ANNES", "ANNS", "ASAPH", "AUSTELL", "BEES", "CATHERINES", "CLEMENTS", "COLUMB",
    "DAVIDS", "EDMUNDS", "GEORGES", "GILES", "HELENS", "IVES", "JAMES", "JOHN", "JOHNS", "KEVERNE", "LEONARDS",
    "MARGARETS", "MARKS", "MARTINS", "MARY", "MARYS", "MAWES", "MICHAELS", "NEOTS", "NICHOLAS", "PAULS", "PETER",
    "PETERS", "STEPHENS", "THOMAS",
};
// clang-format on
static_assert(std::ranges::is_sorted(k_abbreviations, {}, &Spelling::written));
static_assert(std::ranges::is_sorted(k_known, {}, &Known::word));
static_assert(std::ranges::is_sorted(k_saints));

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z');
}

std::string_view spelt_out(std::string_view word) {
  const auto* found = std::ranges::lower_bound(k_abbreviations, word, {}, &Spelling::written);
  return found != k_abbreviations.end() && found->written == word ? found->meant : word;
}

std::size_t after_number(std::string_view word, std::size_t at) {
  constexpr std::size_t k_digits_max = 5;
  const std::size_t begin = at;
  while (at < word.size() && is_digit(word[at]) && at - begin < k_digits_max) ++at;
  if (at == begin) return begin;
  return at < word.size() && word[at] >= 'A' && word[at] <= 'Z' ? at + 1 : at;
}

// 12, 12A, 12-14, 12A-12C, 2/1.
bool is_house_number(std::string_view word) {
  const std::size_t first = after_number(word, 0);
  if (first == 0 || first == word.size()) return first != 0;
  const bool is_joined = word[first] == '-' || word[first] == '/';
  const std::size_t second = is_joined ? after_number(word, first + 1) : 0;
  return is_joined && second > first + 1 && second == word.size();
}

AddressRole role_of(std::string_view word) {
  if (is_house_number(word)) return AddressRole::number;
  if (word.size() == 1) return AddressRole::letter;
  const auto* found = std::ranges::lower_bound(k_known, word, {}, &Known::word);
  return found != k_known.end() && found->word == word ? found->role : AddressRole::plain;
}

// A hyphen or slash between two digits belongs to the number: 12-14, 2/1; blanks around the hyphen too: 12 - 14.
bool joins_numbers(std::string_view text, std::size_t at) {
  if (text[at] != '-' && text[at] != '/') return false;
  std::size_t before = at;
  while (before > 0 && text[before - 1] == ' ') --before;
  std::size_t after = at + 1;
  while (after < text.size() && text[after] == ' ') ++after;
  return before > 0 && after < text.size() && is_digit(text[before - 1]) && is_digit(text[after]);
}

// The text with its apostrophes gone and & as a word.
std::string respelt(std::string_view plain) {
  std::string text;
  for (const char c : plain) {
    if (c == '&') {
      text += " AND ";
    } else if (c != '\'' && c != '`') {
      text += c;
    }
  }
  return text;
}

// Cuts the text into words as they stand.
std::vector<AddressToken> words_of(std::string_view text) {
  std::vector<AddressToken> words;
  bool begins_segment = true;
  bool is_in_word = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_joint = joins_numbers(text, at);
    if (!is_letter_or_digit(c) && !is_joint) {
      begins_segment = begins_segment || c == ',';
      is_in_word = false;
      continue;
    }
    if (!is_in_word && !is_joint) {
      words.push_back({.text = {}, .begins_segment = std::exchange(begins_segment, false)});
    }
    is_in_word = true;
    words.back().text += c;
    while (is_joint && text[at + 1] == ' ') ++at;
  }
  return words;
}

bool ends_segment(const std::vector<AddressToken>& tokens, std::size_t at) {
  return at + 1 == tokens.size() || tokens[at + 1].begins_segment;
}

// STREET or SAINT.
std::string_view meaning_of_st(const std::vector<AddressToken>& tokens, std::size_t at) {
  if (ends_segment(tokens, at)) return tokens[at].begins_segment ? "SAINT" : "STREET";
  if (tokens[at].begins_segment) return "SAINT";
  const AddressRole before = tokens[at - 1].role;
  const bool follows_a_name = before == AddressRole::plain || before == AddressRole::court ||
                              before == AddressRole::building || before == AddressRole::compass ||
                              before == AddressRole::street_type;
  const bool is_before_a_saint = std::ranges::binary_search(k_saints, std::string_view(tokens[at + 1].text));
  return follows_a_name && !is_before_a_saint ? "STREET" : "SAINT";
}

}  // namespace

std::vector<AddressToken> address_tokens_of(std::string_view plain) {
  std::vector<AddressToken> tokens = words_of(respelt(plain));
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    AddressToken& token = tokens[at];
    if (token.text == "ST") {
      token.text = meaning_of_st(tokens, at);
    } else if (!token.begins_segment || ends_segment(tokens, at) ||
               role_of(spelt_out(token.text)) != AddressRole::street_type) {
      // A word that begins a line is no street's type: LA RUE, DR MARTENS.
      token.text = spelt_out(token.text);
    }
    token.role = role_of(token.text);
  }
  return tokens;
}

}  // namespace throughline::linkage
