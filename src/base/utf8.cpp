#include "base/utf8.h"

#include "base/check.h"

namespace throughline::base::utf8 {

namespace {

// What a first byte promises: how many bytes, and what the second may be (Unicode 15, table 3-7).
struct Lead {
  std::size_t length = 0;  // 0: no first byte at all.
  unsigned second_min = 0x80;
  unsigned second_max = 0xBF;
  char32_t bits = 0;
};

Lead lead_of(unsigned byte) {
  if (byte < 0x80) return {.length = 1, .bits = byte};
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {.length = 2, .bits = byte & 0x1FU};
  Lead lead{.length = byte < 0xF0 ? 3U : 4U, .bits = byte < 0xF0 ? byte & 0x0FU : byte & 0x07U};
  if (byte == 0xE0) lead.second_min = 0xA0;
  if (byte == 0xED) lead.second_max = 0x9F;
  if (byte == 0xF0) lead.second_min = 0x90;
  if (byte == 0xF4) lead.second_max = 0x8F;
  return lead;
}

}  // namespace

Sequence read(std::string_view text, std::size_t at) {
  CHECK(at < text.size());
  Lead lead = lead_of(static_cast<unsigned char>(text[at]));
  if (lead.length == 0) return {};
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (at + i == text.size()) return {.kind = Sequence::Kind::cut, .length = i};
    const unsigned byte = static_cast<unsigned char>(text[at + i]);
    const bool fits = i == 1 ? byte >= lead.second_min && byte <= lead.second_max : (byte & 0xC0U) == 0x80U;
    if (!fits) return {.kind = Sequence::Kind::broken, .length = i};
    lead.bits = lead.bits << 6U | (byte & 0x3FU);
  }
  return {.kind = Sequence::Kind::whole, .length = lead.length, .point = lead.bits};
}

std::u32string points(std::string_view text) {
  std::u32string found;
  for (std::size_t at = 0; at < text.size();) {
    const Sequence sequence = read(text, at);
    found += sequence.point;
    at += sequence.length;
  }
  return found;
}

void append(std::string& text, char32_t point) {
  const auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  CHECK(point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF));
  if (point < 0x80) {
    add(point);
    return;
  }
  if (point < 0x800) {
    add(0xC0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      add(0xE0U | point >> 12U);
    } else {
      add(0xF0U | point >> 18U);
      add(0x80U | (point >> 12U & 0x3FU));
    }
    add(0x80U | (point >> 6U & 0x3FU));
  }
  add(0x80U | (point & 0x3FU));
}

}  // namespace throughline::base::utf8
