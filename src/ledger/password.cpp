#include "ledger/password.h"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

namespace throughline::ledger {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

static_assert(std::tuple_size_v<decltype(PasswordHash::salt)> == crypto_pwhash_argon2id_SALTBYTES);

// Fewer different letters than these are a rhythm, not a password.
constexpr std::size_t k_different_letters_min = 5;

// Those of twelve letters and more that lists of leaked passwords begin with, and what this product suggests to
// somebody in a hurry. Lower case; compared without regard to case.
constexpr std::array<std::string_view, 41> k_common = {"password1234",
                                                       "password12345",
                                                       "password123456",
                                                       "passwordpassword",
                                                       "passw0rd1234",
                                                       "p@ssw0rd1234",
                                                       "123456789012",
                                                       "1234567890123",
                                                       "123456789abc",
                                                       "1234567890qwerty",
                                                       "qwertyuiop12",
                                                       "qwertyuiop123",
                                                       "qwertyuiop[]",
                                                       "qwerty123456",
                                                       "qwertyqwerty",
                                                       "1q2w3e4r5t6y",
                                                       "1qaz2wsx3edc",
                                                       "abcdefghijkl",
                                                       "abcdefghijklm",
                                                       "abc123abc123",
                                                       "iloveyou1234",
                                                       "letmein12345",
                                                       "letmeinletmein",
                                                       "welcome12345",
                                                       "welcome123456",
                                                       "administrator",
                                                       "administrator1",
                                                       "admin1234567",
                                                       "changeme1234",
                                                       "changemechangeme",
                                                       "throughline1",
                                                       "throughline12",
                                                       "throughline123",
                                                       "throughline1234",
                                                       "countylines123",
                                                       "correcthorsebatterystaple",
                                                       "correct horse battery staple",
                                                       "trustno1trustno1",
                                                       "manchesterunited",
                                                       "zxcvbnm12345",
                                                       "asdfghjkl123"};

Error bad(std::string code, std::string what, std::string remedy) {
  return {ErrorKind::bad_command, std::move(code), std::move(what), "password", std::move(remedy)};
}

std::int64_t letters_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

Result<base::Hash> argon2id(std::string_view password, const PasswordCost& cost,
                            const std::array<std::byte, 16>& salt) {
  CHECK(sodium_init() >= 0);
  base::Hash hash;
  const int failure = crypto_pwhash(
      reinterpret_cast<unsigned char*>(hash.bytes.data()), hash.bytes.size(), password.data(), password.size(),
      reinterpret_cast<const unsigned char*>(salt.data()), static_cast<unsigned long long>(cost.passes),
      static_cast<std::size_t>(cost.memory_bytes), crypto_pwhash_ALG_ARGON2ID13);
  if (failure == 0) return hash;
  return Error{
      ErrorKind::world, "memory_missing",
      "There is not enough memory to check a password: it takes " + std::to_string(cost.memory_bytes >> 20) + " MiB",
      "", "Close other programs, or give the machine more memory"};
}

}  // namespace

Result<std::string> read_password(std::string_view typed) {
  if (!base::valid_utf8(typed)) return bad("password_not_text", "The password is no text in UTF-8", "Type it again");
  std::string password = base::nfkc(typed);
  if (letters_of(password) > k_password_letters_max) {
    return bad("password_too_long", "A password has at most " + std::to_string(k_password_letters_max) + " letters",
               "Choose a shorter one");
  }
  return password;
}

Result<void> check_password(std::string_view password, std::string_view account_name) {
  if (letters_of(password) < k_password_letters_min) {
    return bad("password_too_short", "A password has at least " + std::to_string(k_password_letters_min) + " letters",
               "Several words are easy to keep in mind and hard to guess");
  }
  const std::string folded = base::fold(password);
  if (folded.find(base::fold(account_name)) != std::string::npos && letters_of(folded) < 2 * k_password_letters_min) {
    return bad("password_is_name", "The password is made of the account's name",
               "Choose one that nobody would guess from the name");
  }
  const bool is_rhythm = std::set<char>(folded.begin(), folded.end()).size() < k_different_letters_min;
  if (is_rhythm || std::ranges::find(k_common, folded) != k_common.end()) {
    return bad("password_common", "The password is one of those that are tried first",
               "Choose one that nobody else would think of: several words that do not belong together");
  }
  return {};
}

Result<PasswordHash> hash_password(std::string_view password, const PasswordCost& cost, base::Entropy& entropy) {
  PasswordHash kept{.cost = cost};
  entropy.fill(kept.salt);
  kept.hash = TRY(argon2id(password, cost, kept.salt));
  return kept;
}

Result<bool> is_password(std::string_view password, const PasswordHash& kept) {
  const base::Hash found = TRY(argon2id(password, kept.cost, kept.salt));
  return sodium_memcmp(found.bytes.data(), kept.hash.bytes.data(), found.bytes.size()) == 0;
}

}  // namespace throughline::ledger
