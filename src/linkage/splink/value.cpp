#include "linkage/splink/value.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/number.h"
#include "linkage/splink/moments.h"

namespace throughline::linkage::splink {

namespace {

using Standing = std::variant<Order, Missing, Failed>;

template <class T>
Order order_of(const T& left, const T& right) {
  if (left < right) return Order::less;
  return right < left ? Order::greater : Order::equal;
}

// DuckDB orders NaN above all numbers and equal to itself.
Order order_of_numbers(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) {
    return order_of(std::isnan(left) ? 1 : 0, std::isnan(right) ? 1 : 0);
  }
  return order_of(left, right);
}

Standing compare_lists(const List& left, const List& right) {
  const std::size_t shared = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < shared; ++i) {
    const Standing one = compare(left[i], right[i]);
    const auto* order = std::get_if<Order>(&one);
    if (order == nullptr || *order != Order::equal) return one;
  }
  return order_of(left.size(), right.size());
}

Standing compare_with_text(std::string_view text, const Value& other) {
  if (const auto* number = other.as<double>()) {
    const auto read = read_number(text);
    if (!read.has_value()) return Failed{};
    return order_of_numbers(*read, *number);
  }
  if (const auto* moment = other.as<Moment>()) {
    const auto read = read_moment(text);
    if (!read.has_value()) return Failed{};
    return order_of(*read, *moment);
  }
  return Failed{};
}

Standing turned(const Standing& standing) {
  const auto* order = std::get_if<Order>(&standing);
  if (order == nullptr || *order == Order::equal) return standing;
  return *order == Order::less ? Order::greater : Order::less;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r'))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r'))) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string made(text);
  for (char& letter : made) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return made;
}

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::any: return "any value";
    case Kind::truth: return "a truth";
    case Kind::number: return "a number";
    case Kind::moment: return "a date";
    case Kind::text: return "text";
    case Kind::list: return "a list";
  }
  return "";
}

std::variant<Order, Missing, Failed> compare(const Value& left, const Value& right) {
  if (left.is_failed() || right.is_failed()) return Failed{};
  if (left.is_missing() || right.is_missing()) return Missing{};
  if (left.held.index() != right.held.index()) {
    if (const auto* text = left.as<std::string_view>()) return compare_with_text(*text, right);
    if (const auto* text = right.as<std::string_view>()) return turned(compare_with_text(*text, left));
    return Failed{};
  }
  if (const auto* text = left.as<std::string_view>()) return order_of(*text, *right.as<std::string_view>());
  if (const auto* number = left.as<double>()) return order_of_numbers(*number, *right.as<double>());
  if (const auto* moment = left.as<Moment>()) return order_of(*moment, *right.as<Moment>());
  if (const auto* truth = left.as<bool>()) return order_of(*truth, *right.as<bool>());
  return compare_lists(**left.as<const List*>(), **right.as<const List*>());
}

std::optional<double> read_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) return std::nullopt;
  }
  if (const auto number = base::parse_double(text)) return number;
  const bool is_negative = text.starts_with('-');
  const std::string word = lowered(is_negative ? text.substr(1) : text);
  if (word == "inf" || word == "infinity") {
    return is_negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

}  // namespace throughline::linkage::splink
