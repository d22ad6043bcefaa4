// The words of a condition, read from front to back. Only condition*.cpp include this.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "linkage/splink/tokens.h"

namespace throughline::linkage::splink {

// What the many names of SQL's types are cast to, from a name in capitals: "text", "number", "whole number", "date",
// "moment", "truth". Nothing for a type that is not read.
[[nodiscard]] std::optional<std::string_view> cast_target(std::string_view type);

class TokenReader {
 protected:
  using Kind = Token::Kind;

  explicit TokenReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool is_word(std::string_view upper, std::size_t ahead = 0) const {
    return peek(ahead).kind == Kind::word && peek(ahead).upper == upper;
  }
  [[nodiscard]] bool is_sign(std::string_view sign, std::size_t ahead = 0) const {
    return peek(ahead).kind == Kind::sign && peek(ahead).text == sign;
  }
  bool take_word(std::string_view upper) {
    const bool is_here = is_word(upper);
    at_ += is_here ? 1 : 0;
    return is_here;
  }
  bool take_sign(std::string_view sign) {
    const bool is_here = is_sign(sign);
    at_ += is_here ? 1 : 0;
    return is_here;
  }
  // The sign among these that stands here, or nothing.
  std::optional<std::string> take_one_of(std::span<const std::string_view> signs) {
    if (peek().kind != Kind::sign || std::ranges::find(signs, peek().text) == signs.end()) return {};
    return tokens_[at_++].text;
  }
  base::Result<void> need(bool is_taken, std::string_view what) {
    if (is_taken) return {};
    return fault("no " + std::string(what) + " where one is needed");
  }
  [[nodiscard]] base::Error fault(const std::string& what) const {
    return {.kind = base::ErrorKind::bad_command,
            .code = "splink_condition",
            .what = "the condition has " + what + " at character " + std::to_string(peek().at + 1),
            .remedy =
                "Write it as one SQL expression over the columns of the two records, without statements or "
                "subqueries."};
  }

  // Counts how deep the reading is, for as long as it lives.
  class Deeper {
   public:
    explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    int& depth_;
  };

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

[[nodiscard]] std::string in_small_letters(std::string_view text);

}  // namespace throughline::linkage::splink
