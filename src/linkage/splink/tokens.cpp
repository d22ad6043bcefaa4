#include "linkage/splink/tokens.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "linkage/ascii.h"

namespace throughline::linkage::splink {

namespace {

// Any byte of a character beyond ASCII may be part of a name.
bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' || is_digit(letter) ||
         static_cast<unsigned char>(letter) >= 0x80;
}

// The longer of those that begin alike come first.
constexpr std::array<std::string_view, 25> k_signs{"->", "::", "<>", "<=", ">=", "!=", "==", "||", "//",
                                                   "(",  ")",  "[",  "]",  ",",  ".",  "=",  "<",  ">",
                                                   "+",  "-",  "*",  "/",  "%",  ":",  ";"};

class Scanner {
 public:
  Scanner(std::string_view sql, Dialect dialect) : sql_(sql), dialect_(dialect) {}

  base::Result<std::vector<Token>> scan() {
    std::vector<Token> tokens;
    for (;;) {
      TRY(skip_blanks());
      Token token = TRY(next());
      const bool is_end = token.kind == Token::Kind::end;
      tokens.push_back(std::move(token));
      if (is_end) return tokens;
    }
  }

 private:
  [[nodiscard]] base::Error fault(const std::string& what, std::size_t at) const {
    return {.kind = base::ErrorKind::bad_command,
            .code = "splink_condition",
            .what = "the condition has " + what + " at character " + std::to_string(at + 1),
            .remedy = "Correct the SQL of this level or rule in the model file."};
  }

  base::Result<void> skip_blanks() {
    while (at_ < sql_.size()) {
      const std::string_view rest = sql_.substr(at_);
      if (rest.front() == ' ' || (rest.front() >= '\t' && rest.front() <= '\r')) {
        ++at_;
      } else if (rest.starts_with("--")) {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = sql_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return fault("a comment that does not end", at_);
        at_ = end + 2;
      } else {
        break;
      }
    }
    return {};
  }

  base::Result<Token> next() {
    if (at_ == sql_.size()) return Token{.at = at_};
    const char letter = sql_[at_];
    if (letter == '\'') return quoted(Token::Kind::text);
    if (letter == '"' || letter == '`') {
      return quoted(dialect_ == Dialect::spark && letter == '"' ? Token::Kind::text : Token::Kind::quoted_name);
    }
    if (is_digit(letter) || (letter == '.' && at_ + 1 < sql_.size() && is_digit(sql_[at_ + 1]))) return number();
    if (is_name_letter(letter)) return word();
    for (const std::string_view sign : k_signs) {
      if (!sql_.substr(at_).starts_with(sign)) continue;
      Token token{.kind = Token::Kind::sign, .text = std::string(sign), .at = at_};
      at_ += sign.size();
      return token;
    }
    return fault("a character that begins nothing", at_);
  }

  base::Result<Token> quoted(Token::Kind kind) {
    Token token{.kind = kind, .at = at_};
    const char quote = sql_[at_++];
    const bool has_escapes = dialect_ == Dialect::spark && kind == Token::Kind::text;
    for (;; ++at_) {
      if (at_ == sql_.size()) return fault("a quote that is not closed", token.at);
      if (has_escapes && sql_[at_] == '\\' && at_ + 1 < sql_.size()) {
        token.text += sql_[++at_];
        continue;
      }
      if (sql_[at_] == quote) {
        if (at_ + 1 == sql_.size() || sql_[at_ + 1] != quote) break;
        ++at_;
      }
      token.text += sql_[at_];
    }
    ++at_;
    return token;
  }

  void take_digits() {
    while (at_ < sql_.size() && is_digit(sql_[at_])) ++at_;
  }

  base::Result<Token> number() {
    Token token{.kind = Token::Kind::number, .at = at_};
    take_digits();
    if (at_ < sql_.size() && sql_[at_] == '.') {
      ++at_;
      take_digits();
    }
    if (at_ < sql_.size() && (sql_[at_] == 'e' || sql_[at_] == 'E')) {
      std::size_t exponent = at_ + 1;
      if (exponent < sql_.size() && (sql_[exponent] == '+' || sql_[exponent] == '-')) ++exponent;
      if (exponent < sql_.size() && is_digit(sql_[exponent])) {
        at_ = exponent;
        take_digits();
      }
    }
    if (at_ < sql_.size() && is_name_letter(sql_[at_])) return fault("a number that runs into a word", token.at);
    token.text = std::string(sql_.substr(token.at, at_ - token.at));
    return token;
  }

  base::Result<Token> word() {
    Token token{.kind = Token::Kind::word, .at = at_};
    while (at_ < sql_.size() && is_name_letter(sql_[at_])) ++at_;
    token.text = std::string(sql_.substr(token.at, at_ - token.at));
    token.upper = token.text;
    for (char& letter : token.upper) {
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return token;
  }

  std::string_view sql_;
  Dialect dialect_;
  std::size_t at_ = 0;
};

}  // namespace

base::Result<std::vector<Token>> tokens_of(std::string_view sql, Dialect dialect) {
  return Scanner(sql, dialect).scan();
}

}  // namespace throughline::linkage::splink
