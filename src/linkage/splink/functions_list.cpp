#include <algorithm>
#include <array>
#include <cmath>

#include "base/utf8.h"
#include "linkage/splink/functions.h"

namespace throughline::linkage::splink {

namespace {

using Arguments = std::span<const Value>;

const List& list_at(Arguments arguments, std::size_t place) {
  return **arguments[place].as<const List*>();
}

bool is_equal(const Value& one, const Value& other) {
  const auto standing = compare(one, other);
  const auto* order = std::get_if<Order>(&standing);
  return order != nullptr && *order == Order::equal;
}

// Missing members are equal to nothing, so they are never found.
bool has(const List& list, const Value& wanted) {
  return std::ranges::any_of(list, [&](const Value& member) { return is_equal(member, wanted); });
}

// Each member that is present once, where it stands first.
List distinct(const List& list) {
  List made;
  for (const Value& member : list) {
    if (!member.is_missing() && !has(made, member)) made.push_back(member);
  }
  return made;
}

Value length(Arguments arguments, CallContext&) {
  if (const auto* list = arguments[0].as<const List*>()) return {static_cast<double>((*list)->size())};
  const auto* text = arguments[0].as<std::string_view>();
  if (text == nullptr) return {Failed{}};
  std::int64_t points = 0;
  for (std::size_t at = 0; at < text->size(); at += base::utf8::read(*text, at).length) ++points;
  return {static_cast<double>(points)};
}

// A missing second list is as good as an empty one, as in DuckDB; a missing first is not.
Value intersect(Arguments arguments, CallContext& context) {
  if (arguments[0].is_missing()) return {Missing{}};
  if (arguments[0].is_failed() || arguments[1].is_failed()) return {Failed{}};
  List made;
  for (const Value& member : distinct(list_at(arguments, 0))) {
    if (!arguments[1].is_missing() && has(list_at(arguments, 1), member)) made.push_back(member);
  }
  return {context.arena.keep(std::move(made))};
}

Value only_distinct(Arguments arguments, CallContext& context) {
  return {context.arena.keep(distinct(list_at(arguments, 0)))};
}
Value count_distinct(Arguments arguments, CallContext&) {
  return {static_cast<double>(distinct(list_at(arguments, 0)).size())};
}

// A missing list is as good as an empty one.
Value concat_lists(Arguments arguments, CallContext& context) {
  List made;
  for (const Value& argument : arguments) {
    if (argument.is_missing()) continue;
    const auto* list = argument.as<const List*>();
    if (list == nullptr) return {Failed{}};
    made.insert(made.end(), (*list)->begin(), (*list)->end());
  }
  return {context.arena.keep(std::move(made))};
}

// || joins texts, or lists.
Value join(Arguments arguments, CallContext& context) {
  const bool has_lists = arguments[0].as<const List*>() != nullptr || arguments[1].as<const List*>() != nullptr;
  if (has_lists) return concat_lists(arguments, context);
  return {context.arena.keep(text_of(arguments[0]) + text_of(arguments[1]))};
}

Value contains(Arguments arguments, CallContext&) {
  return {has(list_at(arguments, 0), arguments[1])};
}
Value has_any(Arguments arguments, CallContext&) {
  const List& wanted = list_at(arguments, 1);
  return {std::ranges::any_of(wanted, [&](const Value& member) { return has(list_at(arguments, 0), member); })};
}
Value has_all(Arguments arguments, CallContext&) {
  const List wanted = distinct(list_at(arguments, 1));
  return {std::ranges::all_of(wanted, [&](const Value& member) { return has(list_at(arguments, 0), member); })};
}

Value flatten(Arguments arguments, CallContext& context) {
  List made;
  for (const Value& member : list_at(arguments, 0)) {
    if (member.is_missing()) continue;
    const auto* inner = member.as<const List*>();
    if (inner == nullptr) return {Failed{}};
    made.insert(made.end(), (*inner)->begin(), (*inner)->end());
  }
  return {context.arena.keep(std::move(made))};
}

// The first member before which, in this order, no other comes.
Value extreme(const List& list, Order wanted) {
  Value best;
  for (const Value& member : list) {
    if (member.is_failed()) return member;
    if (member.is_missing()) continue;
    const auto standing = best.is_missing() ? Order::equal : compare(best, member);
    const auto* order = std::get_if<Order>(&standing);
    if (order == nullptr) return {Failed{}};
    if (best.is_missing() || *order == wanted) best = member;
  }
  return best;
}
Value largest(Arguments arguments, CallContext&) {
  return extreme(list_at(arguments, 0), Order::less);
}
Value smallest(Arguments arguments, CallContext&) {
  return extreme(list_at(arguments, 0), Order::greater);
}

// The member, or the letter of a text, from 1; from the end where below 0.
Value element(Arguments arguments, CallContext&) {
  const double place = *arguments[1].as<double>();
  if (!(std::fabs(place) < 1e9)) return {Missing{}};
  auto at = static_cast<std::int64_t>(place);
  if (const auto* list = arguments[0].as<const List*>()) {
    const auto size = static_cast<std::int64_t>((*list)->size());
    if (at < 0) at += size + 1;
    if (at < 1 || at > size) return {Missing{}};
    return (**list)[static_cast<std::size_t>(at) - 1];
  }
  const auto* text = arguments[0].as<std::string_view>();
  if (text == nullptr) return {Failed{}};
  std::vector<std::string_view> letters;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t bytes = base::utf8::read(*text, begin).length;
    letters.push_back(text->substr(begin, bytes));
    begin += bytes;
  }
  const auto size = static_cast<std::int64_t>(letters.size());
  if (at < 0) at += size + 1;
  if (at < 1 || at > size) return {std::string_view("")};
  return {letters[static_cast<std::size_t>(at) - 1]};
}

Value make_list(Arguments arguments, CallContext& context) {
  return {context.arena.keep(List(arguments.begin(), arguments.end()))};
}

// Failed where the lists are no numbers or not of one length, as DuckDB stops there.
Value cosine_similarity(Arguments arguments, CallContext&) {
  const List& left = list_at(arguments, 0);
  const List& right = list_at(arguments, 1);
  if (left.size() != right.size()) return {Failed{}};
  double product = 0;
  double left_square = 0;
  double right_square = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto* one = left[i].as<double>();
    const auto* other = right[i].as<double>();
    if (one == nullptr || other == nullptr) return {Failed{}};
    product += *one * *other;
    left_square += *one * *one;
    right_square += *other * *other;
  }
  const double similarity = product / (std::sqrt(left_square) * std::sqrt(right_square));
  return {std::clamp(similarity, -1.0, 1.0)};
}

constexpr auto k_functions = std::to_array<Function>({
    {"||", "aa", Kind::any, join},
    {"element", "an", Kind::any, element},
    {"flatten", "l", Kind::list, flatten},
    {"length", "a", Kind::number, length},
    {"list_concat", "ll", Kind::list, concat_lists, Spreads::nothing},
    {"list_contains", "la", Kind::truth, contains},
    {"list_cosine_similarity", "ll", Kind::number, cosine_similarity},
    {"list_distinct", "l", Kind::list, only_distinct},
    {"list_filter", "lL", Kind::list, nullptr},
    {"list_has_all", "ll", Kind::truth, has_all},
    {"list_has_any", "ll", Kind::truth, has_any},
    {"list_intersect", "ll", Kind::list, intersect, Spreads::nothing},
    {"list_max", "l", Kind::any, largest},
    {"list_min", "l", Kind::any, smallest},
    {"list_transform", "lL", Kind::list, nullptr},
    {"list_unique", "l", Kind::number, count_distinct},
    {"list_value", "a*", Kind::list, make_list, Spreads::nothing},
});

}  // namespace

std::span<const Function> list_functions() {
  return k_functions;
}

}  // namespace throughline::linkage::splink
