#include "linkage/normal/postcode.h"

#include <algorithm>
#include <array>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

bool is_letter_or_digit(char c) {
  return is_capital(c) || is_digit(c);
}

// The shapes of the outward part: A letter, 9 digit.
constexpr std::array<std::string_view, 6> k_outward_shapes = {"A9", "A99", "A9A", "AA9", "AA99", "AA9A"};
constexpr std::string_view k_inward_shape = "9AA";
constexpr std::string_view k_never_inward = "CIKMOV";

bool fits(std::string_view text, std::string_view shape) {
  const auto fits_here = [](char c, char kind) { return kind == 'A' ? is_capital(c) : is_digit(c); };
  return std::ranges::equal(text, shape, fits_here);
}

bool is_inward(std::string_view text) {
  return fits(text, k_inward_shape) && k_never_inward.find(text[1]) == std::string_view::npos &&
         k_never_inward.find(text[2]) == std::string_view::npos;
}

bool is_outward(std::string_view text) {
  return std::ranges::any_of(k_outward_shapes, [&](std::string_view shape) { return fits(text, shape); });
}

bool is_whole(std::string_view compact) {
  if (compact == "GIR0AA") return true;
  return compact.size() >= 5 && compact.size() <= 7 && is_outward(compact.substr(0, compact.size() - 3)) &&
         is_inward(compact.substr(compact.size() - 3));
}

// What may have been meant where `kind` should stand.
char exchanged(char c, char kind) {
  if (kind == '9') return c == 'O' ? '0' : (c == 'I' ? '1' : c);
  return c == '0' ? 'O' : (c == '1' ? 'I' : c);
}

// The text read as one shape; empty where it does not fit even so.
std::string repaired_as(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return {};
  std::string repaired;
  for (std::size_t i = 0; i < text.size(); ++i) repaired += exchanged(text[i], shape[i]);
  return fits(repaired, shape) ? repaired : std::string();
}

// The outward part read in the only way it can be; empty where there is none or more than one. A shape that keeps the
// text as it is would not need repair, so every other reading counts.
std::string repaired_outward(std::string_view text) {
  if (is_outward(text)) return std::string(text);
  std::string only;
  for (const std::string_view shape : k_outward_shapes) {
    const std::string repaired = repaired_as(text, shape);
    if (repaired.empty() || repaired == only) continue;
    if (!only.empty()) return {};
    only = repaired;
  }
  return only;
}

std::string repaired(std::string_view compact) {
  // A word of letters alone is no postcode, however it could be read.
  if (compact.size() < 5 || compact.size() > 7 || std::ranges::none_of(compact, is_digit)) return {};
  const std::string inward = repaired_as(compact.substr(compact.size() - 3), k_inward_shape);
  if (inward.empty() || !is_inward(inward)) return {};
  const std::string outward = repaired_outward(compact.substr(0, compact.size() - 3));
  return outward.empty() ? std::string() : outward + inward;
}

std::string compact_of(std::string_view plain) {
  std::string compact;
  std::ranges::copy_if(plain, std::back_inserter(compact), is_letter_or_digit);
  return compact;
}

std::string spaced(std::string_view compact) {
  const std::size_t inward = compact.size() - 3;
  return std::string(compact.substr(0, inward)) + " " + std::string(compact.substr(inward));
}

// NHS pseudo-codes: ZZ99 3VZ no fixed abode, 3WZ not known, 3CZ England and nothing more. They have letters that no
// inward part has.
bool is_pseudo_code(std::string_view compact) {
  return compact.starts_with("ZZ99") && compact.size() == 7;
}

Postcode judged(std::string_view compact, bool is_repaired) {
  if (is_pseudo_code(compact)) {
    return {.presence = Presence::filler, .has_no_fixed_abode = compact == "ZZ993VZ"};
  }
  return {
      .presence = Presence::present, .kind = PostcodeKind::unit, .text = spaced(compact), .is_repaired = is_repaired};
}

// SW, SW1A, SW1A 1. The last digit of four characters may be a sector or part of the district, so a sector needs a
// blank.
Postcode part_of(std::string_view plain, std::string_view compact) {
  const bool is_area = compact.size() <= 2 && std::ranges::all_of(compact, is_capital);
  if (is_area) return {.presence = Presence::present, .kind = PostcodeKind::area, .text = std::string(compact)};
  if (is_outward(compact)) {
    const std::size_t blank = plain.find(' ');
    const bool is_sector = blank != std::string_view::npos && blank + 2 == plain.size() && is_digit(plain.back()) &&
                           is_outward(plain.substr(0, blank));
    return {.presence = Presence::present,
            .kind = is_sector ? PostcodeKind::sector : PostcodeKind::district,
            .text = is_sector ? std::string(plain) : std::string(compact)};
  }
  const bool is_sector = is_digit(compact.back()) && is_outward(compact.substr(0, compact.size() - 1));
  if (!is_sector) return {.presence = Presence::present, .kind = PostcodeKind::other, .text = std::string(compact)};
  return {.presence = Presence::present,
          .kind = PostcodeKind::sector,
          .text = std::string(compact.substr(0, compact.size() - 1)) + " " + compact.back()};
}

}  // namespace

std::string_view Postcode::area() const {
  if (kind == PostcodeKind::none || kind == PostcodeKind::other) return {};
  const std::size_t letters = std::min(text.find_first_of("0123456789 "), text.size());
  return std::string_view(text).substr(0, letters);
}

std::string_view Postcode::district() const {
  const bool has_district =
      kind == PostcodeKind::unit || kind == PostcodeKind::sector || kind == PostcodeKind::district;
  return has_district ? std::string_view(text).substr(0, text.find(' ')) : std::string_view();
}

std::string_view Postcode::sector() const {
  const bool has_sector = kind == PostcodeKind::unit || kind == PostcodeKind::sector;
  return has_sector ? std::string_view(text).substr(0, text.find(' ') + 2) : std::string_view();
}

std::string_view Postcode::unit() const {
  return kind == PostcodeKind::unit ? std::string_view(text) : std::string_view();
}

Postcode read_postcode(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return {.presence = presence};
  const std::string compact = compact_of(plain);
  if (is_whole(compact) || is_pseudo_code(compact)) return judged(compact, false);
  const std::string mended = repaired(compact);
  if (!mended.empty()) return judged(mended, true);
  return part_of(plain, compact);
}

std::optional<FoundPostcode> postcode_at_end(std::string_view plain) {
  std::size_t end = plain.size();
  while (end > 0 && !is_letter_or_digit(plain[end - 1])) --end;
  if (end < 5 || !fits(plain.substr(end - 3, 3), k_inward_shape)) return std::nullopt;
  const std::string inward(plain.substr(end - 3, 3));
  std::size_t outward_end = end - 3;
  while (outward_end > 0 && plain[outward_end - 1] == ' ') --outward_end;
  // The longest run that is an outward part and has no letter or digit before it.
  for (std::size_t length = std::min<std::size_t>(4, outward_end); length >= 2; --length) {
    const std::size_t begin = outward_end - length;
    if (begin > 0 && is_letter_or_digit(plain[begin - 1])) continue;
    const std::string compact = std::string(plain.substr(begin, length)) + inward;
    if (!is_whole(compact) && !is_pseudo_code(compact)) continue;
    return FoundPostcode{.postcode = judged(compact, false), .begin = begin};
  }
  return std::nullopt;
}

}  // namespace throughline::linkage
