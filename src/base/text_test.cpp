#include "base/text.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/utf8.h"

namespace throughline::base {
namespace {

using std::string_literals::operator""s;

std::string utf16(const std::u32string& points, bool is_little) {
  std::string bytes;
  const auto unit = [&](char32_t value) {
    const auto low = static_cast<char>(value & 0xFFU);
    const auto high = static_cast<char>(value >> 8U);
    bytes += is_little ? low : high;
    bytes += is_little ? high : low;
  };
  for (const char32_t point : points) {
    if (point < 0x10000) {
      unit(point);
    } else {
      unit(0xD800 + ((point - 0x10000) >> 10U));
      unit(0xDC00 + ((point - 0x10000) & 0x3FFU));
    }
  }
  return bytes;
}

rc::Gen<std::u32string> any_points() {
  const auto point =
      rc::gen::oneOf(rc::gen::inRange<char32_t>(0x20, 0x7F), rc::gen::inRange<char32_t>(0x80, 0x800),
                     rc::gen::inRange<char32_t>(0x800, 0xD800), rc::gen::inRange<char32_t>(0xE000, 0x110000));
  return rc::gen::container<std::u32string>(point);
}

std::string utf8_of(const std::u32string& points) {
  std::string text;
  for (const char32_t point : points) utf8::append(text, point);
  return text;
}

// The text and places a stream gives when it is fed in pieces of the size given.
Transcoded in_pieces(std::string_view bytes, Encoding encoding, std::size_t piece) {
  Transcoder transcoder(encoding);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += piece) text += transcoder.feed(bytes.substr(at, piece));
  text += transcoder.finish();
  return {.text = text, .meaningless = transcoder.meaningless()};
}

TEST(DetectEncoding, a_byte_order_mark_decides) {
  const auto detected = [](std::string_view prefix) {
    const DetectedEncoding found = detect_encoding(prefix);
    return std::string(encoding_name(found.encoding)) + " " + std::to_string(found.mark_bytes);
  };
  EXPECT_EQ(detected("\xEF\xBB\xBF"
                     "a,b"),
            "UTF-8 3");
  EXPECT_EQ(detected("\xFF\xFE"
                     "a\0"s),
            "UTF-16 LE 2");
  EXPECT_EQ(detected("\xFE\xFF\0a"s), "UTF-16 BE 2");
}

TEST(DetectEncoding, without_a_mark_the_bytes_decide) {
  EXPECT_EQ(detect_encoding("").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("plain").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("caf\xC3\xA9").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("caf\xE9 au lait").encoding, Encoding::cp1252);
  EXPECT_EQ(detect_encoding("d,a,t,e,\n"s).encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding(utf16(U"Date,Caf\u00E9\n", true)).encoding, Encoding::utf16le);
  EXPECT_EQ(detect_encoding(utf16(U"Date,Caf\u00E9\n", false)).encoding, Encoding::utf16be);
  EXPECT_EQ(detect_encoding("a,\0,b,c"s).encoding, Encoding::utf8);
}

TEST(DetectEncoding, a_character_cut_off_by_the_end_of_the_prefix_is_no_objection) {
  EXPECT_EQ(detect_encoding("price \xE2\x82").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("price \xF0\x9F\x98").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("price \xE2\x82 ").encoding, Encoding::cp1252);
}

TEST(Transcoder, five_bytes_of_windows_1252_have_no_meaning_and_are_reported_with_their_places) {
  const Transcoded made = to_utf8(
      "a\x81"
      "b\x8D\x8F\x90\x9D",
      Encoding::cp1252);
  EXPECT_EQ(made.text,
            "a\uFFFD"
            "b\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(made.meaningless.count, 5);
  EXPECT_EQ(made.meaningless.places, (std::vector<std::int64_t>{1, 3, 4, 5, 6}));
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(to_utf8(all, Encoding::cp1252).meaningless.count, 5);
}

TEST(Transcoder, windows_1252_has_its_own_signs_between_80_and_9f) {
  EXPECT_EQ(to_utf8("\x80 \x93quoted\x94 \x99 \xA3 \xE9\xFF", Encoding::cp1252).text,
            "\u20AC \u201Cquoted\u201D \u2122 \u00A3 \u00E9\u00FF");
}

TEST(Transcoder, an_unpaired_surrogate_and_an_odd_byte_have_no_meaning) {
  const Transcoded lone_low = to_utf8(
      "a\0\x00\xDC"
      "b\0"s,
      Encoding::utf16le);
  EXPECT_EQ(lone_low.text,
            "a\uFFFD"
            "b");
  EXPECT_EQ(lone_low.meaningless.places, (std::vector<std::int64_t>{2}));
  const Transcoded lone_high = to_utf8(
      "\x3D\xD8"
      "b\0"s,
      Encoding::utf16le);
  EXPECT_EQ(lone_high.text,
            "\uFFFD"
            "b");
  const Transcoded cut = to_utf8(
      "a\0\x3D\xD8"
      "b"s,
      Encoding::utf16le);
  EXPECT_EQ(cut.text, "a\uFFFD\uFFFD");
  EXPECT_EQ(cut.meaningless.places, (std::vector<std::int64_t>{2, 4}));
}

TEST(Transcoder, each_broken_sequence_of_utf8_is_reported_once) {
  // A cut three-byte sequence, an overlong one (two bytes, each wrong), a surrogate (three), a byte beyond Unicode.
  const Transcoded made = to_utf8(
      "a\xE2\x82"
      "b\xC0\xAF"
      "c\xED\xA0\x80"
      "d\xF5"
      "e\xC3",
      Encoding::utf8);
  EXPECT_EQ(made.text,
            "a\uFFFD"
            "b\uFFFD\uFFFD"
            "c\uFFFD\uFFFD\uFFFD"
            "d\uFFFD"
            "e\uFFFD");
  EXPECT_EQ(made.meaningless.places, (std::vector<std::int64_t>{1, 4, 5, 7, 8, 9, 11, 13}));
}

TEST(Transcoder, keeps_the_first_hundred_places_and_counts_all) {
  const Transcoded made = to_utf8(std::string(1000, '\x81'), Encoding::cp1252);
  EXPECT_EQ(made.meaningless.count, 1000);
  ASSERT_EQ(made.meaningless.places.size(), MeaninglessBytes::k_places_max);
  EXPECT_EQ(made.meaningless.places.back(), 99);
}

RC_GTEST_PROP(Transcoder, sound_text_comes_through_any_cutting_unchanged, ()) {
  const std::u32string points = *any_points();
  const std::size_t piece = *rc::gen::inRange<std::size_t>(1, 9);
  const std::string text = utf8_of(points);
  RC_ASSERT(valid_utf8(text));
  RC_ASSERT(utf8::points(text) == points);
  RC_ASSERT(in_pieces(text, Encoding::utf8, piece).text == text);
  RC_ASSERT(in_pieces(utf16(points, true), Encoding::utf16le, piece).text == text);
  RC_ASSERT(in_pieces(utf16(points, false), Encoding::utf16be, piece).text == text);
}

RC_GTEST_PROP(Transcoder, any_bytes_in_any_cutting_give_the_same_valid_text_and_places, ()) {
  const auto bytes = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::element('\xE2', '\x82', '\xF0', '\xD8', '\xDC', '\0')));
  const std::size_t piece = *rc::gen::inRange<std::size_t>(1, 9);
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp1252, Encoding::utf16le, Encoding::utf16be}) {
    const Transcoded whole = to_utf8(bytes, encoding);
    const Transcoded pieces = in_pieces(bytes, encoding, piece);
    RC_ASSERT(valid_utf8(whole.text));
    RC_ASSERT(pieces.text == whole.text);
    RC_ASSERT(pieces.meaningless.count == whole.meaningless.count);
    RC_ASSERT(pieces.meaningless.places == whole.meaningless.places);
  }
}

RC_GTEST_PROP(ValidUtf8, says_what_reading_character_by_character_says, ()) {
  const auto bytes = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::element('\xE0', '\xA0', '\x80', '\xED', '\xF4', '\x8F')));
  bool is_whole = true;
  for (std::size_t at = 0; at < bytes.size();) {
    const utf8::Sequence sequence = utf8::read(bytes, at);
    is_whole = is_whole && sequence.kind == utf8::Sequence::Kind::whole;
    at += sequence.length;
  }
  RC_ASSERT(valid_utf8(bytes) == is_whole);
}

TEST(Fold, forgets_case_and_ways_of_writing) {
  EXPECT_EQ(fold("STRASSE"), fold("stra\u00DFe"));
  EXPECT_EQ(fold("Caf\u00E9"), fold("CAFE\u0301"));
  EXPECT_EQ(fold("ABC xyz 1"), "abc xyz 1");
  EXPECT_EQ(nfkc("\uFB01ve \u2460"), "five 1");
  EXPECT_EQ(nfkc("e\u0301"), "\u00E9");
  EXPECT_EQ(nfkc("\u00E9\xFF"), "\u00E9\uFFFD");
}

TEST(DisplayWidth, counts_columns_not_bytes) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("caf\u00E9"), 4);
  EXPECT_EQ(display_width("cafe\u0301"), 4);
  EXPECT_EQ(display_width("\u6F22\u5B57"), 4);
  EXPECT_EQ(display_width("1\u2009"
                          "000"),
            5);
}

TEST(EditDistance, counts_single_edits_and_swaps_of_neighbours) {
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("trace", "tarce"), 1);
  EXPECT_EQ(edit_distance("ca", "abc"), 3);
  EXPECT_EQ(edit_distance("caf\u00E9", "cafe"), 1);
}

RC_GTEST_PROP(EditDistance, is_symmetric_and_zero_only_for_equals, ()) {
  const auto word = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  const std::string one = *word;
  const std::string other = *word;
  RC_ASSERT(edit_distance(one, other) == edit_distance(other, one));
  RC_ASSERT((edit_distance(one, other) == 0) == (one == other));
  RC_ASSERT(edit_distance(one, other) <= static_cast<int>(std::max(one.size(), other.size())));
}

TEST(NearestName, offers_the_likeliest_name_and_nothing_where_none_is_near) {
  const std::vector<std::string> verbs{"ingest", "trace", "measure", "audit", "as"};
  EXPECT_EQ(nearest_name("tarce", verbs), "trace");
  EXPECT_EQ(nearest_name("INGEST", verbs), "ingest");
  EXPECT_EQ(nearest_name("mesure", verbs), "measure");
  EXPECT_EQ(nearest_name("audti", verbs), "audit");
  EXPECT_EQ(nearest_name("serve", verbs), std::nullopt);
  EXPECT_EQ(nearest_name("it", verbs), std::nullopt);
  EXPECT_EQ(nearest_name("", verbs), std::nullopt);
  EXPECT_EQ(nearest_name("trace", {}), std::nullopt);
}

TEST(ShortList, names_the_first_and_says_that_there_are_more) {
  const std::vector<std::string> names{"A", "B", "C"};
  EXPECT_EQ(short_list({}), "");
  EXPECT_EQ(short_list(names), "A, B, C");
  EXPECT_EQ(short_list(names, {.most = 3}), "A, B, C");
  EXPECT_EQ(short_list(names, {.most = 2}), "A, B and 1 more");
  EXPECT_EQ(short_list(names, {.most = 2, .separator = "; "}), "A; B and 1 more");
  EXPECT_EQ(short_list(names, {.most = 1, .is_rest_counted = false}), "A and others");
}

}  // namespace
}  // namespace throughline::base
