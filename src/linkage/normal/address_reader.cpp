#include "linkage/normal/address_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace throughline::linkage {

namespace {

using Role = AddressRole;
using Tokens = std::vector<AddressToken>;

constexpr std::size_t k_none = static_cast<std::size_t>(-1);

std::string text_of(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t at = begin; at < end; ++at) {
    if (!text.empty()) text += ' ';
    text += tokens[at].text;
  }
  return text;
}

std::size_t segment_end(const Tokens& tokens, std::size_t at) {
  do {
    ++at;
  } while (at < tokens.size() && !tokens[at].begins_segment);
  return at;
}

std::size_t segment_begin(const Tokens& tokens, std::size_t at) {
  while (at > 0 && !tokens[at].begins_segment) --at;
  return at;
}

bool ends_segment(const Tokens& tokens, std::size_t at) {
  return at + 1 == tokens.size() || tokens[at + 1].begins_segment;
}

bool has_role(const Tokens& tokens, std::size_t begin, std::size_t end, Role role) {
  for (std::size_t at = begin; at < end; ++at) {
    if (tokens[at].role == role) return true;
  }
  return false;
}

// Whether the word ends a street's name: not where it is the first word of one (14 GREEN LANE, PARK ROAD).
bool may_end_street(const Tokens& tokens, std::size_t at) {
  if (tokens[at].begins_segment) return false;
  return tokens[at - 1].role != Role::number || ends_segment(tokens, at);
}

// One past the last word of the first street at or after `from`, or k_none. HILL VIEW ROAD ends with its last type,
// HIGH STREET NORTH with its line.
std::size_t street_end(const Tokens& tokens, Role type, std::size_t from = 0) {
  for (std::size_t at = from; at < tokens.size(); ++at) {
    if (tokens[at].role != type || !may_end_street(tokens, at)) continue;
    std::size_t end = at + 1;
    while (end < tokens.size() && !tokens[end].begins_segment && tokens[end].role == Role::street_type) ++end;
    const bool has_side = end < tokens.size() && !tokens[end].begins_segment && tokens[end].role == Role::compass;
    return has_side && ends_segment(tokens, end) ? end + 1 : end;
  }
  return k_none;
}

// "12A-12C" in its parts.
HouseNumber number_of(std::string_view text) {
  HouseNumber number;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
    } else if (c == '-' || c == '/') {
      number.from = value;
      value = 0;
    } else if (number.suffix.empty()) {
      number.suffix = std::string(1, c);
    }
  }
  number.to = value;
  if (number.from == 0) number.from = value;
  return number;
}

// Takes the parts out of the words one after another; what is left over is the places.
class Reader {
 public:
  explicit Reader(Tokens tokens) : tokens_(std::move(tokens)) {}

  Address read() {
    take_homelessness();
    take_care_of();
    take_box();
    take_flat();
    if (!take_numbered_street() && !take_street()) take_building();
    take_places(0);
    judge();
    return std::move(address_);
  }

 private:
  void erase(std::size_t begin, std::size_t end) {
    const bool began_segment = begin < tokens_.size() && tokens_[begin].begins_segment;
    const auto first = tokens_.begin() + static_cast<std::ptrdiff_t>(begin);
    tokens_.erase(first, first + static_cast<std::ptrdiff_t>(end - begin));
    if (began_segment && begin < tokens_.size()) tokens_[begin].begins_segment = true;
  }

  // How many of the words at `at` spell the letters, or nought.
  std::size_t spells(std::size_t at, std::string_view letters) const {
    std::size_t count = 0;
    while (!letters.empty() && at + count < tokens_.size() && letters.starts_with(tokens_[at + count].text)) {
      letters.remove_prefix(tokens_[at + count].text.size());
      ++count;
    }
    return letters.empty() ? count : 0;
  }

  void take_homelessness() {
    static constexpr std::array<std::string_view, 8> k_phrases = {
        "OFNOFIXEDABODE", "NOFIXEDABODE", "NOFIXEDADDRESS", "SOFASURFING",
        "ROUGHSLEEPING",  "ROUGHSLEEPER", "HOMELESS",       "NFA"};
    for (std::size_t at = 0; at < tokens_.size(); at = segment_end(tokens_, at)) {
      for (const std::string_view phrase : k_phrases) {
        const std::size_t count = spells(at, phrase);
        // A HOMELESS SHELTER is a place.
        const bool is_all = count > 0 && (at + count == tokens_.size() || tokens_[at + count].role == Role::plain);
        if (!is_all) continue;
        erase(at, at + count);
        address_.kind = AddressKind::no_fixed_abode;
        return;
      }
    }
  }

  void take_care_of() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const bool is_c_o = at + 1 < tokens_.size() && tokens_[at].text == "C" && tokens_[at + 1].text == "O";
      const std::size_t words = is_c_o ? 2 : spells(at, "CAREOF");
      if (words == 0) continue;
      std::size_t end = at + words;
      while (end < tokens_.size() && !tokens_[end].begins_segment && tokens_[end].role != Role::number) ++end;
      address_.care_of = text_of(tokens_, at + words, end);
      address_.kind = AddressKind::care_of;
      erase(at, end);
      return;
    }
  }

  void take_box() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const std::size_t words = spells(at, "POBOX");
      if (words == 0) continue;
      const bool has_number = at + words < tokens_.size() && tokens_[at + words].role == Role::number;
      if (has_number) address_.po_box = tokens_[at + words].text;
      address_.kind = AddressKind::po_box;
      erase(at, at + words + (has_number ? 1 : 0));
      return;
    }
  }

  bool is_and_before_storey(std::size_t at) const {
    return tokens_[at].text == "AND" && at + 1 < tokens_.size() && tokens_[at + 1].role == Role::storey;
  }

  // FIRST AND SECOND FLOOR: storeys count only where FLOOR or FLAT ends them, for there is a FIRST AVENUE.
  bool begins_storey(std::size_t at) const {
    if (tokens_[at].role != Role::storey) return false;
    while (at < tokens_.size() && (tokens_[at].role == Role::storey || is_and_before_storey(at))) {
      if (tokens_[at].text == "FLOOR") return true;
      ++at;
    }
    return at < tokens_.size() && tokens_[at].role == Role::flat;
  }

  bool begins_flat(std::size_t at) const {
    return tokens_[at].role == Role::flat || tokens_[at].role == Role::inside || begins_storey(at);
  }

  // In FLAT 74 HIGH STREET the number is the house's.
  bool is_house_number_after_flat(std::size_t at) const {
    const std::size_t end = segment_end(tokens_, at);
    if (tokens_[at].role != Role::number || at + 1 == end) return false;
    const bool has_another =
        has_role(tokens_, 0, at, Role::number) || has_role(tokens_, at + 1, tokens_.size(), Role::number);
    const bool has_building =
        has_role(tokens_, at + 1, end, Role::building) || has_role(tokens_, at + 1, end, Role::court);
    return !has_another && !has_building && has_role(tokens_, at + 1, end, Role::street_type);
  }

  bool is_designator(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].begins_segment) return false;
    const AddressToken& token = tokens_[at];
    if (token.role == Role::number) return !is_house_number_after_flat(at);
    const bool has_digit = token.text.find_first_of("0123456789") != std::string::npos;
    return token.role == Role::letter || (token.role == Role::plain && has_digit);
  }

  void add_flat(std::string_view text) {
    if (!address_.flat.empty()) address_.flat += ' ';
    address_.flat += text;
  }

  void take_flat() {
    std::size_t begin = 0;
    while (begin < tokens_.size() && !begins_flat(begin)) ++begin;
    if (begin == tokens_.size()) return;
    std::size_t at = begin;
    bool has_designator = false;
    while (at < tokens_.size() && (begins_flat(at) || tokens_[at].role == Role::storey || is_and_before_storey(at))) {
      const bool is_flat_word = tokens_[at].role == Role::flat;
      if (!is_flat_word) add_flat(tokens_[at].text);
      ++at;
      if (!is_flat_word || has_designator || !is_designator(at)) continue;
      add_flat(tokens_[at++].text);
      has_designator = true;
    }
    if (address_.flat.empty()) address_.flat = "FLAT";
    erase(begin, at);
  }

  // The house's number: the last before the street's type, else the first of all.
  std::size_t find_number(std::size_t end) const {
    if (end == k_none) {
      for (std::size_t at = 0; at < tokens_.size(); ++at) {
        if (tokens_[at].role == Role::number) return at;
      }
      return k_none;
    }
    for (std::size_t at = end; at > 0; --at) {
      if (tokens_[at - 1].role == Role::number) return at - 1;
    }
    return k_none;
  }

  // One past the number and what belongs to it: 12 A, 144 AND A HALF.
  std::size_t read_number(std::size_t at) {
    const std::string& text = tokens_[at].text;
    const std::size_t slash = text.find('/');
    address_.number = number_of(text.substr(0, slash));
    if (slash != std::string::npos && address_.flat.empty()) address_.flat = text.substr(slash + 1);
    ++at;
    if (spells(at, "ANDAHALF") > 0) {
      address_.number.suffix = "HALF";
      return at + spells(at, "ANDAHALF");
    }
    const bool has_letter = at + 1 < tokens_.size() && tokens_[at].role == Role::letter &&
                            !tokens_[at].begins_segment && !tokens_[at + 1].begins_segment && tokens_[at].text <= "H";
    if (has_letter && address_.number.suffix.empty()) address_.number.suffix = tokens_[at++].text;
    return at;
  }

  bool take_numbered_street() {
    take_number_inside();
    std::size_t end = street_end(tokens_, Role::street_type);
    if (end == k_none) end = street_end(tokens_, Role::court);
    // BURGER PLACE, 9 RAINBOW LANE: the street is the one with a number.
    while (end != k_none && find_number(end) == k_none) {
      end = street_end(tokens_, Role::street_type, end);
      if (end == k_none) return false;
    }
    const std::size_t number = find_number(end);
    if (number == k_none) return false;
    if (take_number_of_building(number, end)) return true;
    add_building(0, number);
    const std::size_t begin = read_number(number);
    if (end == k_none || begin >= end) end = begin < tokens_.size() ? segment_end(tokens_, begin) : begin;
    set_street(begin, end);
    erase(0, end);
    return true;
  }

  // 2/1, 14 HIGH STREET: a number alone on the line before another is a flat's.
  void take_number_inside() {
    const bool is_alone = tokens_.size() > 1 && tokens_[0].role == Role::number && tokens_[1].role == Role::number &&
                          tokens_[1].begins_segment && address_.flat.empty();
    if (!is_alone) return;
    address_.flat = tokens_[0].text;
    erase(0, 1);
  }

  // 12 ROSE HOUSE, HIGH STREET: a number on the line of a building whose street is on another is a flat's.
  bool take_number_of_building(std::size_t number, std::size_t end) {
    const std::size_t line_end = segment_end(tokens_, number);
    const bool is_elsewhere = end != k_none && line_end < end && number + 1 < line_end;
    const bool is_building =
        has_role(tokens_, number + 1, line_end, Role::building) || has_role(tokens_, number + 1, line_end, Role::court);
    if (!is_elsewhere || !is_building || !address_.flat.empty()) return false;
    address_.flat = tokens_[number].text;
    add_building(0, number);
    add_building(number + 1, line_end);
    set_street(segment_begin(tokens_, end - 1), end);
    erase(0, end);
    return true;
  }

  // A street without a number before it; a number may follow (HIGH STREET 14).
  bool take_street() {
    const std::size_t end = street_end(tokens_, Role::street_type);
    if (end == k_none) return false;
    const std::size_t line = segment_begin(tokens_, end - 1);
    std::size_t begin = line;
    for (std::size_t at = line; at + 1 < end; ++at) {
      if (tokens_[at].role == Role::building || tokens_[at].role == Role::court) begin = at + 1;
    }
    constexpr std::size_t k_words_max = 3;
    if (begin == line && end - line > k_words_max) begin = end - 2;
    if (begin + 1 >= end) begin = line;
    add_building(0, begin);
    set_street(begin, end);
    const bool is_numbered = end < tokens_.size() && tokens_[end].role == Role::number && ends_segment(tokens_, end);
    erase(0, is_numbered ? read_number(end) : end);
    return true;
  }

  // No street: the first line with a building's word, or, beside a flat, the first line.
  void take_building() {
    for (std::size_t at = 0; at < tokens_.size(); at = segment_end(tokens_, at)) {
      const std::size_t end = segment_end(tokens_, at);
      const bool is_first_beside_flat = at == 0 && !address_.flat.empty() && end < tokens_.size();
      const bool is_building = has_role(tokens_, at, end, Role::building) || has_role(tokens_, at, end, Role::court);
      if (!is_building && !is_first_beside_flat) continue;
      std::size_t last = end;
      while (last > at + 1 && !is_first_beside_flat && tokens_[last - 1].role == Role::plain) --last;
      add_building(0, last);
      erase(0, last);
      if (!tokens_.empty()) tokens_.front().begins_segment = true;
      return;
    }
  }

  void add_building(std::size_t begin, std::size_t end) {
    const std::string text = text_of(tokens_, begin, end);
    if (text.empty()) return;
    if (!address_.building.empty()) address_.building += ' ';
    address_.building += text;
  }

  void set_street(std::size_t begin, std::size_t end) {
    address_.street = text_of(tokens_, begin, end);
    std::size_t type = end;
    if (type > begin + 1 && tokens_[type - 1].role == Role::compass) --type;
    const bool has_type =
        type > begin && (tokens_[type - 1].role == Role::street_type || tokens_[type - 1].role == Role::court);
    if (!has_type) {
      address_.street_name = address_.street;
      return;
    }
    address_.street_type = tokens_[type - 1].text;
    address_.street_name = text_of(tokens_, begin, type - 1);
    if (type < end) address_.street_name += " " + tokens_[type].text;
  }

  void take_places(std::size_t at) {
    if (at < tokens_.size()) tokens_[at].begins_segment = true;
    for (; at < tokens_.size(); at = segment_end(tokens_, at)) {
      std::size_t end = segment_end(tokens_, at);
      // SAINT ALBANS SAINT ALBANS: without commas a town is often said twice.
      const std::size_t half = (end - at) / 2;
      if ((end - at) % 2 == 0 && text_of(tokens_, at, at + half) == text_of(tokens_, at + half, end)) end -= half;
      std::string place = text_of(tokens_, at, end);
      if (std::ranges::find(address_.places, place) == address_.places.end())
        address_.places.push_back(std::move(place));
    }
  }

  void judge() {
    if (address_.kind != AddressKind::none) return;
    const bool has_premises = !address_.flat.empty() || !address_.building.empty() || address_.number.from > 0;
    const bool has_any = !address_.street.empty() || !address_.places.empty();
    if (has_any) address_.kind = AddressKind::street_only;
    if (has_premises) address_.kind = AddressKind::premises;
  }

  Tokens tokens_;
  Address address_;
};

}  // namespace

Address address_of(std::vector<AddressToken> tokens) {
  return Reader(std::move(tokens)).read();
}

}  // namespace throughline::linkage
