#include "linkage/splink/condition.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "base/number.h"
#include "linkage/splink/condition_reader.h"

namespace throughline::linkage::splink {

namespace {

using Kind = Token::Kind;

Expression call(std::string name, std::vector<Expression> arguments, std::size_t at) {
  return {.op = Op::call, .text = std::move(name), .parts = std::move(arguments), .at = at};
}

template <class... Parts>
std::vector<Expression> parts_of(Parts&&... parts) {
  std::vector<Expression> made;
  made.reserve(sizeof...(parts));
  (made.push_back(std::forward<Parts>(parts)), ...);
  return made;
}

// Key words that can be no column without quotes.
bool is_reserved(std::string_view upper) {
  constexpr std::array<std::string_view, 12> k_reserved{"SELECT", "FROM", "WHERE", "AND",  "OR",   "IN",
                                                        "IS",     "WHEN", "THEN",  "ELSE", "OVER", "END"};
  return std::ranges::find(k_reserved, upper) != k_reserved.end();
}

// Recursive descent; the functions stand in the order in which their operators bind, the loosest first.
class Parser : private TokenReader {
 public:
  explicit Parser(std::vector<Token> tokens) : TokenReader(std::move(tokens)) {}

  base::Result<Expression> whole() {
    Expression read = TRY(disjunction());
    if (peek().kind != Kind::end) return fault("something after its end");
    return read;
  }

 private:
  using Read = base::Result<Expression>;

  Read disjunction() {
    const Deeper deeper(depth_);
    if (depth_ > k_condition_depth_max) return fault("parts nested more than 60 deep");
    Expression first = TRY(conjunction());
    if (!is_word("OR")) return first;
    Expression made{.op = Op::any, .at = first.at};
    made.parts.push_back(std::move(first));
    while (take_word("OR")) {
      Expression next = TRY(conjunction());
      made.parts.push_back(std::move(next));
    }
    return made;
  }

  Read conjunction() {
    Expression first = TRY(negation());
    if (!is_word("AND")) return first;
    Expression made{.op = Op::all, .at = first.at};
    made.parts.push_back(std::move(first));
    while (take_word("AND")) {
      Expression next = TRY(negation());
      made.parts.push_back(std::move(next));
    }
    return made;
  }

  Read negation() {
    const Deeper deeper(depth_);
    if (depth_ > k_condition_depth_max) return fault("parts nested more than 60 deep");
    const std::size_t at = peek().at;
    if (!take_word("NOT")) return comparison();
    Expression inner = TRY(negation());
    return negated(std::move(inner), at);
  }

  static Expression negated(Expression inner, std::size_t at) {
    return {.op = Op::negation, .parts = parts_of(std::move(inner)), .at = at};
  }

  Read comparison() {
    Expression read = TRY(joined());
    for (;;) {
      const std::size_t before = at_;
      read = TRY(compared(std::move(read)));
      if (at_ == before) return read;
    }
  }

  // The expression with one comparison after it, or as it is.
  Read compared(Expression left) {
    constexpr std::array<std::string_view, 8> k_comparisons{"=", "==", "<>", "!=", "<", "<=", ">", ">="};
    const std::size_t at = left.at;
    if (auto sign = take_one_of(k_comparisons)) {
      Expression right = TRY(joined());
      if (*sign == "==") sign = "=";
      if (*sign == "!=") sign = "<>";
      return Expression{
          .op = Op::compare, .text = *sign, .parts = parts_of(std::move(left), std::move(right)), .at = at};
    }
    if (take_word("IS")) return is_what(std::move(left));
    const bool is_negated =
        is_word("NOT") && (is_word("IN", 1) || is_word("LIKE", 1) || is_word("BETWEEN", 1) || is_word("ILIKE", 1));
    if (is_negated) ++at_;
    if (!is_word("IN") && !is_word("LIKE") && !is_word("ILIKE") && !is_word("BETWEEN")) return left;
    Expression made = TRY(in_range(std::move(left)));
    if (!is_negated) return made;
    return negated(std::move(made), at);
  }

  Read is_what(Expression left) {
    const std::size_t at = left.at;
    const bool is_negated = take_word("NOT");
    Expression made{.at = at};
    if (take_word("NULL")) {
      made.op = Op::is_missing;
      made.parts.push_back(std::move(left));
    } else if (is_word("TRUE") || is_word("FALSE")) {
      made.op = Op::is_truth;
      made.number = is_word("TRUE") ? 1 : 0;
      ++at_;
      made.parts.push_back(std::move(left));
    } else if (take_word("DISTINCT")) {
      TRY(need(take_word("FROM"), "FROM"));
      Expression right = TRY(joined());
      made.op = Op::compare;
      made.text = "same";
      made.parts = parts_of(std::move(left), std::move(right));
      made = negated(std::move(made), at);
    } else {
      return fault("no NULL, TRUE, FALSE or DISTINCT FROM after IS");
    }
    if (!is_negated) return made;
    return negated(std::move(made), at);
  }

  Read in_range(Expression left) {
    const std::size_t at = left.at;
    if (is_word("LIKE") || is_word("ILIKE")) {
      std::string name = in_small_letters(tokens_[at_++].text);
      Expression pattern = TRY(joined());
      return call(std::move(name), parts_of(std::move(left), std::move(pattern)), at);
    }
    if (take_word("BETWEEN")) {
      Expression low = TRY(joined());
      TRY(need(take_word("AND"), "AND"));
      Expression high = TRY(joined());
      Expression above{.op = Op::compare, .text = ">=", .parts = parts_of(left, std::move(low)), .at = at};
      Expression below{.op = Op::compare, .text = "<=", .parts = parts_of(std::move(left), std::move(high)), .at = at};
      return Expression{.op = Op::all, .parts = parts_of(std::move(above), std::move(below)), .at = at};
    }
    ++at_;
    TRY(need(take_sign("("), "("));
    Expression made{.op = Op::any, .at = at};
    std::vector<Expression> members = TRY(listed(")"));
    for (Expression& member : members) {
      made.parts.push_back({.op = Op::compare, .text = "=", .parts = parts_of(left, std::move(member)), .at = at});
    }
    if (made.parts.empty()) return fault("nothing in the brackets of IN");
    return made;
  }

  // Members between commas up to the closing sign, which is taken.
  base::Result<std::vector<Expression>> listed(std::string_view closing) {
    std::vector<Expression> members;
    if (take_sign(closing)) return members;
    do {
      Expression member = TRY(argument());
      members.push_back(std::move(member));
    } while (take_sign(","));
    TRY(need(take_sign(closing), closing));
    return members;
  }

  Read argument() {
    if (peek().kind == Kind::word && is_sign("->", 1)) {
      Expression made{.op = Op::lambda, .text = in_small_letters(peek().text), .at = peek().at};
      at_ += 2;
      Expression body = TRY(disjunction());
      made.parts.push_back(std::move(body));
      return made;
    }
    return disjunction();
  }

  // One level of operators that bind from left to right.
  Read chain(Read (Parser::*operand)(), std::span<const std::string_view> signs) {
    Expression read = TRY((this->*operand)());
    while (const auto sign = take_one_of(signs)) {
      Expression right = TRY((this->*operand)());
      const std::size_t at = read.at;
      read = call(*sign, parts_of(std::move(read), std::move(right)), at);
    }
    return read;
  }

  Read joined() {
    constexpr std::array<std::string_view, 1> k_signs{"||"};
    return chain(&Parser::sum, k_signs);
  }
  Read sum() {
    constexpr std::array<std::string_view, 2> k_signs{"+", "-"};
    return chain(&Parser::product, k_signs);
  }
  Read product() {
    constexpr std::array<std::string_view, 4> k_signs{"*", "/", "//", "%"};
    return chain(&Parser::signed_value, k_signs);
  }

  Read signed_value() {
    const Deeper deeper(depth_);
    if (depth_ > k_condition_depth_max) return fault("parts nested more than 60 deep");
    const std::size_t at = peek().at;
    if (take_sign("+")) return signed_value();
    if (!take_sign("-")) return accessed();
    Expression inner = TRY(signed_value());
    if (inner.op == Op::number) {
      inner.number = -inner.number;
      return inner;
    }
    return call("negate", parts_of(std::move(inner)), at);
  }

  Read accessed() {
    Expression read = TRY(primary());
    for (;;) {
      const std::size_t at = read.at;
      if (take_sign("::")) {
        read = TRY(cast(std::move(read), false));
      } else if (take_sign("[")) {
        Expression index = TRY(disjunction());
        TRY(need(take_sign("]"), "]"));
        read = call("element", parts_of(std::move(read), std::move(index)), at);
      } else {
        return read;
      }
    }
  }

  // The expression cast to the type that stands here.
  Read cast(Expression inner, bool may_fail) {
    const std::optional<std::string_view> target = peek().kind == Kind::word ? cast_target(peek().upper) : std::nullopt;
    if (!target.has_value()) return fault("a type that is not read");
    const bool may_have_precision = is_word("DOUBLE");
    ++at_;
    if (may_have_precision) static_cast<void>(take_word("PRECISION"));
    if (take_sign("(")) static_cast<void>(TRY(listed(")")));
    const std::size_t at = inner.at;
    return call((may_fail ? "try cast to " : "cast to ") + std::string(*target), parts_of(std::move(inner)), at);
  }

  Read primary() {
    const Token token = peek();
    switch (token.kind) {
      case Kind::number: {
        ++at_;
        const auto number = base::parse_double(token.text.starts_with('.') ? "0" + token.text : token.text);
        if (!number.has_value()) return fault("a number that is too large");
        return Expression{.op = Op::number, .number = *number, .at = token.at};
      }
      case Kind::text: ++at_; return Expression{.op = Op::text, .text = token.text, .at = token.at};
      case Kind::quoted_name: return name();
      case Kind::word: return worded();
      case Kind::sign: break;
      case Kind::end: return fault("an end where a value is needed");
    }
    if (take_sign("(")) {
      Expression inner = TRY(disjunction());
      TRY(need(take_sign(")"), ")"));
      return inner;
    }
    if (take_sign("[")) {
      std::vector<Expression> members = TRY(listed("]"));
      return Expression{.op = Op::list, .parts = std::move(members), .at = token.at};
    }
    return fault("'" + token.text + "' where a value is needed");
  }

  Read worded() {
    const Token token = peek();
    const std::string& upper = token.upper;
    if (upper == "CASE") return choice();
    if (is_sign("(", 1)) return function();
    if (upper == "NULL" || upper == "TRUE" || upper == "FALSE") {
      ++at_;
      if (upper == "NULL") return Expression{.op = Op::missing, .at = token.at};
      return Expression{.op = Op::truth, .number = upper == "TRUE" ? 1.0 : 0.0, .at = token.at};
    }
    if (peek(1).kind == Kind::text && (upper == "DATE" || upper == "TIMESTAMP")) return dated();
    if (upper == "ARRAY" && is_sign("[", 1)) {
      ++at_;
      return primary();
    }
    if (is_reserved(upper)) return fault("'" + token.text + "' where a value is needed");
    return name();
  }

  // DATE '2000-01-31'.
  Read dated() {
    const Token token = peek();
    at_ += 2;
    Expression inner{.op = Op::text, .text = tokens_[at_ - 1].text, .at = token.at};
    return call(token.upper == "DATE" ? "cast to date" : "cast to moment", parts_of(std::move(inner)), token.at);
  }

  Read name() {
    Expression made{.op = Op::name, .text = peek().text, .at = peek().at};
    ++at_;
    if (!take_sign(".")) return made;
    if (peek().kind != Kind::word && peek().kind != Kind::quoted_name) return fault("no column after the point");
    made.qualifier = std::move(made.text);
    made.text = peek().text;
    ++at_;
    if (is_sign(".")) return fault("a part of a column, which is not read");
    return made;
  }

  Read choice() {
    Expression made{.op = Op::choice, .at = peek().at};
    ++at_;
    std::optional<Expression> subject;
    if (!is_word("WHEN")) subject = TRY(disjunction());
    while (take_word("WHEN")) {
      Expression condition = TRY(disjunction());
      if (subject.has_value()) {
        const std::size_t at = condition.at;
        condition = {.op = Op::compare, .text = "=", .parts = parts_of(*subject, std::move(condition)), .at = at};
      }
      TRY(need(take_word("THEN"), "THEN"));
      Expression value = TRY(disjunction());
      made.parts.push_back(std::move(condition));
      made.parts.push_back(std::move(value));
    }
    if (made.parts.empty()) return fault("no WHEN after CASE");
    Expression otherwise{.op = Op::missing, .at = peek().at};
    if (take_word("ELSE")) otherwise = TRY(disjunction());
    made.parts.push_back(std::move(otherwise));
    TRY(need(take_word("END"), "END"));
    return made;
  }

  Read function() {
    const Token token = peek();
    at_ += 2;
    if (token.upper == "CAST" || token.upper == "TRY_CAST") {
      Expression inner = TRY(disjunction());
      TRY(need(take_word("AS"), "AS"));
      Expression made = TRY(cast(std::move(inner), token.upper == "TRY_CAST"));
      TRY(need(take_sign(")"), ")"));
      return made;
    }
    if (token.upper == "EXTRACT") return extract(token.at);
    std::vector<Expression> arguments = TRY(listed(")"));
    if (is_word("OVER") || is_word("FILTER")) return fault("a window, which is not read");
    return call(in_small_letters(token.text), std::move(arguments), token.at);
  }

  Read extract(std::size_t at) {
    if (peek().kind != Kind::word && peek().kind != Kind::text) return fault("no part of a date after EXTRACT");
    Expression part{.op = Op::text, .text = in_small_letters(peek().text), .at = peek().at};
    ++at_;
    TRY(need(take_word("FROM"), "FROM"));
    Expression inner = TRY(disjunction());
    TRY(need(take_sign(")"), ")"));
    return call("date_part", parts_of(std::move(part), std::move(inner)), at);
  }
};

}  // namespace

base::Result<Expression> parse_condition(std::string_view sql, Dialect dialect) {
  if (sql.size() > k_condition_bytes_max) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "splink_condition",
                       .what = "the condition has " + std::to_string(sql.size()) + " bytes; at most " +
                               std::to_string(k_condition_bytes_max) + " are read",
                       .remedy = "Prepare the columns before linking, and compare those."};
  }
  std::vector<Token> tokens = TRY(tokens_of(sql, dialect));
  return Parser(std::move(tokens)).whole();
}

}  // namespace throughline::linkage::splink
