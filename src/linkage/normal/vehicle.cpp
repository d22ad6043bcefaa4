#include "linkage/normal/vehicle.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

struct Shape {
  std::string_view pattern;  // A letter, 9 digit, D the D or X of diplomats.
  MarkKind kind;
};

constexpr std::array k_shapes = {
    Shape{"AA99AAA", MarkKind::current},
    Shape{"A9AAA", MarkKind::prefix},
    Shape{"A99AAA", MarkKind::prefix},
    Shape{"A999AAA", MarkKind::prefix},
    Shape{"AAA9A", MarkKind::suffix},
    Shape{"AAA99A", MarkKind::suffix},
    Shape{"AAA999A", MarkKind::suffix},
    Shape{"999D999", MarkKind::diplomatic},
    Shape{"A9", MarkKind::dateless},
    Shape{"A99", MarkKind::dateless},
    Shape{"A999", MarkKind::dateless},
    Shape{"A9999", MarkKind::dateless},
    Shape{"AA9", MarkKind::dateless},
    Shape{"AA99", MarkKind::dateless},
    Shape{"AA999", MarkKind::dateless},
    Shape{"AA9999", MarkKind::dateless},
    Shape{"AAA9", MarkKind::dateless},
    Shape{"AAA99", MarkKind::dateless},
    Shape{"AAA999", MarkKind::dateless},
    Shape{"9A", MarkKind::dateless},
    Shape{"99A", MarkKind::dateless},
    Shape{"999A", MarkKind::dateless},
    Shape{"9999A", MarkKind::dateless},
    Shape{"9AA", MarkKind::dateless},
    Shape{"99AA", MarkKind::dateless},
    Shape{"999AA", MarkKind::dateless},
    Shape{"9999AA", MarkKind::dateless},
    Shape{"9AAA", MarkKind::dateless},
    Shape{"99AAA", MarkKind::dateless},
    Shape{"999AAA", MarkKind::dateless},
    Shape{"AAA9999", MarkKind::northern_ireland},
    Shape{"9999AAA", MarkKind::northern_ireland},
};

// In dated British marks I is never a letter.
bool fits_at(char c, char kind, bool is_dated) {
  if (kind == '9') return is_digit(c);
  if (kind == 'D') return c == 'D' || c == 'X';
  return is_capital(c) && !(is_dated && c == 'I');
}

bool is_dated(MarkKind kind) {
  return kind == MarkKind::current || kind == MarkKind::prefix || kind == MarkKind::suffix;
}

bool has_irish_letter(std::string_view text) {
  const std::ptrdiff_t letters = std::ranges::count_if(text, is_capital);
  return letters >= 2 && text.find_first_of("IZ") != std::string_view::npos;
}

// Seven signs with three letters at one end are of Northern Ireland, or MAN's of the Isle of Man.
bool fits(std::string_view text, const Shape& shape) {
  const bool dated = is_dated(shape.kind);
  const bool fits_shape =
      std::ranges::equal(text, shape.pattern, [&](char c, char kind) { return fits_at(c, kind, dated); });
  if (!fits_shape || shape.kind != MarkKind::northern_ireland) return fits_shape;
  return has_irish_letter(text) || text.find("MAN") != std::string_view::npos;
}

char exchanged(char c, char kind) {
  if (kind == '9') return c == 'O' ? '0' : (c == 'I' ? '1' : c);
  return c == '0' ? 'O' : (c == '1' ? 'I' : c);
}

VehicleMark mark_of(std::string_view text, MarkKind kind) {
  const bool is_irish = kind == MarkKind::dateless && has_irish_letter(text);
  const bool is_manx = kind == MarkKind::northern_ireland && !has_irish_letter(text);
  if (is_irish) kind = MarkKind::northern_ireland;
  if (is_manx) kind = MarkKind::dateless;
  return {.presence = Presence::present, .kind = kind, .text = std::string(text)};
}

// The mark in the only shape it can have with signs exchanged; of kind other where there is none or more than one.
VehicleMark repaired(std::string_view text) {
  VehicleMark only{.presence = Presence::present, .kind = MarkKind::other, .text = std::string(text)};
  for (const Shape& shape : k_shapes) {
    if (shape.pattern.size() != text.size()) continue;
    std::string mended;
    for (std::size_t i = 0; i < text.size(); ++i) mended += exchanged(text[i], shape.pattern[i]);
    if (!fits(mended, shape)) continue;
    if (only.is_repaired) return {.presence = Presence::present, .kind = MarkKind::other, .text = std::string(text)};
    only = mark_of(mended, shape.kind);
    only.is_repaired = true;
  }
  return only;
}

bool says_there_is_none(std::string_view text) {
  static constexpr std::array<std::string_view, 5> k_words = {"NOPLATE", "NOPLATES", "NOREG", "NOTREGISTERED",
                                                              "FOREIGN"};
  return std::ranges::find(k_words, text) != k_words.end();
}

}  // namespace

VehicleMark read_vehicle_mark(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return {.presence = presence};
  std::string mark;
  std::ranges::copy_if(plain, std::back_inserter(mark), [](char c) { return is_capital(c) || is_digit(c); });
  if (says_there_is_none(mark)) return {.presence = Presence::not_known};
  for (const Shape& shape : k_shapes) {
    if (fits(mark, shape)) return mark_of(mark, shape.kind);
  }
  const bool is_mixed = std::ranges::any_of(mark, is_capital) && std::ranges::any_of(mark, is_digit);
  return is_mixed ? repaired(mark) : VehicleMark{.presence = Presence::present, .kind = MarkKind::other, .text = mark};
}

}  // namespace throughline::linkage
