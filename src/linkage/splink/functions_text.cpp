#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "linkage/splink/functions.h"
#include "linkage/splink/text_measures.h"

namespace throughline::linkage::splink {

namespace {

using Arguments = std::span<const Value>;

std::string_view text_at(Arguments arguments, std::size_t place) {
  return *arguments[place].as<std::string_view>();
}

// SQL's whole numbers from ours, which are all doubles; beyond what any text is long they make no difference.
std::int64_t whole_at(Arguments arguments, std::size_t place) {
  constexpr double k_far = 1e15;
  const double number = *arguments[place].as<double>();
  return number == number ? static_cast<std::int64_t>(std::clamp(number, -k_far, k_far)) : 0;
}

Value number(std::int64_t value) {
  return {static_cast<double>(value)};
}

// Where each code point begins, and the end.
std::vector<std::size_t> point_borders(std::string_view text) {
  std::vector<std::size_t> borders;
  for (std::size_t at = 0; at < text.size(); at += base::utf8::read(text, at).length) borders.push_back(at);
  borders.push_back(text.size());
  return borders;
}

// The code points from begin to end, cut to those there are.
Value points_between(std::string_view text, std::int64_t begin, std::int64_t end) {
  const std::vector<std::size_t> borders = point_borders(text);
  const auto last = static_cast<std::int64_t>(borders.size()) - 1;
  begin = std::clamp<std::int64_t>(begin, 0, last);
  end = std::clamp<std::int64_t>(end, begin, last);
  const std::size_t from = borders[static_cast<std::size_t>(begin)];
  return {text.substr(from, borders[static_cast<std::size_t>(end)] - from)};
}

std::int64_t points_in(std::string_view text) {
  return static_cast<std::int64_t>(point_borders(text).size()) - 1;
}

Value substring(Arguments arguments, CallContext&) {
  const std::string_view text = text_at(arguments, 0);
  const std::int64_t points = points_in(text);
  std::int64_t begin = whole_at(arguments, 1);
  std::int64_t count = arguments.size() > 2 ? whole_at(arguments, 2) : points + 1;
  if (begin > 0) {
    begin = std::min(points, begin - 1);
  } else if (begin < 0) {
    begin += points;
  } else if (count > 0) {
    --count;  // Place 0 is one before the first.
  }
  // A count below 0 goes to the front.
  return count >= 0 ? points_between(text, begin, begin + count)
                    : points_between(text, begin + count, std::max<std::int64_t>(begin, 0));
}

Value left_part(Arguments arguments, CallContext&) {
  const std::int64_t count = whole_at(arguments, 1);
  const std::string_view text = text_at(arguments, 0);
  return points_between(text, 0, count >= 0 ? count : points_in(text) + count);
}

Value right_part(Arguments arguments, CallContext&) {
  const std::int64_t count = whole_at(arguments, 1);
  const std::string_view text = text_at(arguments, 0);
  const std::int64_t points = points_in(text);
  return points_between(text, count >= 0 ? points - count : -count, points);
}

template <class Change>
Value changed(std::string_view text, CallContext& context, Change change) {
  std::string made;
  made.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto sequence = base::utf8::read(text, at);
    base::utf8::append(made, change(sequence.point));
    at += sequence.length;
  }
  return {context.arena.keep(std::move(made))};
}

Value lower(Arguments arguments, CallContext& context) {
  return changed(text_at(arguments, 0), context,
                 [](char32_t point) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(point))); });
}

Value upper(Arguments arguments, CallContext& context) {
  return changed(text_at(arguments, 0), context, [](char32_t point) {
    // The one small letter whose capital ICU's simple mapping does not know and DuckDB's does.
    return point == U'ß' ? U'ẞ' : static_cast<char32_t>(u_toupper(static_cast<UChar32>(point)));
  });
}

struct Ends {
  bool front = true;
  bool back = true;
};

std::string_view without_ends(Arguments arguments, Ends ends) {
  std::string_view text = text_at(arguments, 0);
  const std::u32string given = arguments.size() > 1 ? base::utf8::points(text_at(arguments, 1)) : std::u32string();
  const bool has_given = arguments.size() > 1;
  const auto goes = [&](std::size_t at) {
    const char32_t point = base::utf8::read(text, at).point;
    if (has_given) return given.find(point) != std::u32string::npos;
    return u_charType(static_cast<UChar32>(point)) == U_SPACE_SEPARATOR;
  };
  const std::vector<std::size_t> borders = point_borders(text);
  std::size_t begin = 0;
  std::size_t end = borders.size() - 1;
  while (ends.front && begin < end && goes(borders[begin])) ++begin;
  while (ends.back && end > begin && goes(borders[end - 1])) --end;
  return text.substr(borders[begin], borders[end] - borders[begin]);
}

Value trim(Arguments arguments, CallContext&) {
  return {without_ends(arguments, {})};
}
Value trim_front(Arguments arguments, CallContext&) {
  return {without_ends(arguments, {.front = true, .back = false})};
}
Value trim_back(Arguments arguments, CallContext&) {
  return {without_ends(arguments, {.front = false, .back = true})};
}

Value reverse(Arguments arguments, CallContext& context) {
  const std::u32string points = base::utf8::points(text_at(arguments, 0));
  std::string made;
  for (std::size_t i = points.size(); i > 0; --i) base::utf8::append(made, points[i - 1]);
  return {context.arena.keep(std::move(made))};
}

Value concat(Arguments arguments, CallContext& context) {
  std::string made;
  for (const Value& argument : arguments) {
    if (argument.is_failed()) return {Failed{}};
    made += text_of(argument);  // Nothing for what is missing.
  }
  return {context.arena.keep(std::move(made))};
}

Value replace(Arguments arguments, CallContext& context) {
  const std::string_view text = text_at(arguments, 0);
  const std::string_view old = text_at(arguments, 1);
  if (old.empty()) return arguments[0];
  std::string made;
  std::size_t at = 0;
  for (std::size_t found = text.find(old); found != std::string_view::npos; found = text.find(old, at)) {
    made += text.substr(at, found - at);
    made += text_at(arguments, 2);
    at = found + old.size();
  }
  made += text.substr(at);
  return {context.arena.keep(std::move(made))};
}

Value split_part(Arguments arguments, CallContext&) {
  const std::string_view text = text_at(arguments, 0);
  const std::string_view between = text_at(arguments, 1);
  std::vector<std::string_view> pieces;
  std::size_t at = 0;
  while (!between.empty()) {
    const std::size_t found = text.find(between, at);
    if (found == std::string_view::npos) break;
    pieces.push_back(text.substr(at, found - at));
    at = found + between.size();
  }
  pieces.push_back(text.substr(at));
  std::int64_t place = whole_at(arguments, 2);
  if (place < 0) place += static_cast<std::int64_t>(pieces.size()) + 1;
  if (place < 1 || place > static_cast<std::int64_t>(pieces.size())) return {std::string_view()};
  return {pieces[static_cast<std::size_t>(place) - 1]};
}

Value starts_with(Arguments arguments, CallContext&) {
  return {text_at(arguments, 0).starts_with(text_at(arguments, 1))};
}
Value ends_with(Arguments arguments, CallContext&) {
  return {text_at(arguments, 0).ends_with(text_at(arguments, 1))};
}
Value contains(Arguments arguments, CallContext&) {
  return {text_at(arguments, 0).find(text_at(arguments, 1)) != std::string_view::npos};
}

// SQL's LIKE: % for anything, _ for one character. The place after the last % is where a mismatch goes back to.
bool is_like(const std::u32string& text, const std::u32string& pattern) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t after_any = std::u32string::npos;
  std::size_t resume = 0;
  while (at < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == U'%') {
      after_any = ++in_pattern;
      resume = at;
    } else if (in_pattern < pattern.size() && (pattern[in_pattern] == U'_' || pattern[in_pattern] == text[at])) {
      ++in_pattern;
      ++at;
    } else if (after_any != std::u32string::npos) {
      in_pattern = after_any;
      at = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of(U'%', in_pattern) == std::u32string::npos;
}

Value like(Arguments arguments, CallContext&) {
  return {is_like(base::utf8::points(text_at(arguments, 0)), base::utf8::points(text_at(arguments, 1)))};
}
Value like_in_any_case(Arguments arguments, CallContext& context) {
  const std::array folded{lower(arguments.first(1), context), lower(arguments.subspan(1, 1), context)};
  return like(folded, context);
}

Value regexp_extract(Arguments arguments, CallContext& context) {
  const auto group =
      arguments.size() > 2 ? static_cast<int>(std::clamp<std::int64_t>(whole_at(arguments, 2), 0, 99)) : 0;
  return {context.pattern->extract(text_at(arguments, 0), group).value_or(std::string_view(""))};
}
Value regexp_matches(Arguments arguments, CallContext& context) {
  return {context.pattern->extract(text_at(arguments, 0), 0).has_value()};
}

// A measure with the least that counts: what is below it is 0.
Value above(double measure, Arguments arguments) {
  if (arguments.size() > 2 && measure < *arguments[2].as<double>()) return {0.0};
  return {measure};
}
Value jaro(Arguments arguments, CallContext&) {
  return above(jaro_similarity(text_at(arguments, 0), text_at(arguments, 1)), arguments);
}
Value jaro_winkler(Arguments arguments, CallContext&) {
  return above(jaro_winkler_similarity(text_at(arguments, 0), text_at(arguments, 1)), arguments);
}
Value levenshtein_distance(Arguments arguments, CallContext&) {
  return number(levenshtein(text_at(arguments, 0), text_at(arguments, 1)));
}
Value damerau_levenshtein_distance(Arguments arguments, CallContext&) {
  return number(damerau_levenshtein(text_at(arguments, 0), text_at(arguments, 1)));
}
Value jaccard_similarity(Arguments arguments, CallContext&) {
  const auto measure = jaccard(text_at(arguments, 0), text_at(arguments, 1));
  return measure.has_value() ? Value{*measure} : Value{Failed{}};
}
Value hamming_distance(Arguments arguments, CallContext&) {
  const auto distance = hamming(text_at(arguments, 0), text_at(arguments, 1));
  return distance.has_value() ? number(*distance) : Value{Failed{}};
}

constexpr auto k_functions = std::to_array<Function>({
    {"concat", "a*", Kind::text, concat, Spreads::nothing},
    {"contains", "tt", Kind::truth, contains},
    {"damerau_levenshtein", "tt", Kind::number, damerau_levenshtein_distance},
    {"ends_with", "tt", Kind::truth, ends_with},
    {"hamming", "tt", Kind::number, hamming_distance},
    {"ilike", "tt", Kind::truth, like_in_any_case},
    {"jaccard", "tt", Kind::number, jaccard_similarity},
    {"jaro_similarity", "tt?n", Kind::number, jaro},
    {"jaro_winkler_similarity", "tt?n", Kind::number, jaro_winkler},
    {"left", "tn", Kind::text, left_part},
    {"levenshtein", "tt", Kind::number, levenshtein_distance},
    {"like", "tt", Kind::truth, like},
    {"lower", "t", Kind::text, lower},
    {"ltrim", "t?t", Kind::text, trim_front},
    {"regexp_extract", "tP?n", Kind::text, regexp_extract},
    {"regexp_matches", "tP", Kind::truth, regexp_matches},
    {"replace", "ttt", Kind::text, replace},
    {"reverse", "t", Kind::text, reverse},
    {"right", "tn", Kind::text, right_part},
    {"rtrim", "t?t", Kind::text, trim_back},
    {"split_part", "ttn", Kind::text, split_part},
    {"starts_with", "tt", Kind::truth, starts_with},
    {"substring", "tn?n", Kind::text, substring},
    {"trim", "t?t", Kind::text, trim},
    {"upper", "t", Kind::text, upper},
});

}  // namespace

std::span<const Function> text_functions() {
  return k_functions;
}

}  // namespace throughline::linkage::splink
