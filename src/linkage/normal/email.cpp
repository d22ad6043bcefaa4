#include "linkage/normal/email.h"

#include <algorithm>
#include <array>

namespace throughline::linkage {

namespace {

constexpr std::size_t k_local_bytes_max = 64;  // RFC 5321, 4.5.3.1.
constexpr std::size_t k_domain_bytes_max = 255;

std::string small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// RFC 5321's unquoted local part.
bool is_local_part(std::string_view local) {
  constexpr std::string_view k_marks = "!#$%&'*+-/=?^_`{|}~.";
  const auto is_sound = [&](char c) { return is_letter_or_digit(c) || k_marks.find(c) != std::string_view::npos; };
  const bool has_sound_dots =
      !local.starts_with('.') && !local.ends_with('.') && local.find("..") == std::string_view::npos;
  return !local.empty() && local.size() <= k_local_bytes_max && has_sound_dots && std::ranges::all_of(local, is_sound);
}

bool is_domain(std::string_view domain) {
  const auto is_sound = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; };
  const std::size_t dot = domain.rfind('.');
  const bool has_dots = dot != std::string_view::npos && dot > 0 && domain.size() - dot > 2 &&
                        !domain.starts_with('.') && domain.find("..") == std::string_view::npos;
  return has_dots && domain.size() <= k_domain_bytes_max && std::ranges::all_of(domain, is_sound);
}

// Without what people paste around an address: "mailto:", "Name <a@b.uk>", a full stop after it.
std::string_view bare(std::string_view text) {
  const std::size_t open = text.rfind('<');
  const std::size_t close = text.rfind('>');
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    text = text.substr(open + 1, close - open - 1);
  }
  if (text.starts_with("mailto:")) text.remove_prefix(7);
  while (!text.empty() && (text.back() == '.' || text.back() == ',' || text.back() == ';')) text.remove_suffix(1);
  return text;
}

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_filler(std::string_view local, std::string_view domain) {
  static constexpr std::array<std::string_view, 13> k_locals = {
      "test", "none", "noemail", "no", "na", "nomail", "unknown", "noreply", "email", "nobody", "abc", "xyz", "null"};
  static constexpr std::array<std::string_view, 9> k_domains = {"example.com", "example.org", "example.net",
                                                                "test.com",    "noemail.com", "none.com",
                                                                "email.none",  "unknown.com", "nomail.com"};
  const bool is_one_letter = local.size() == 1 && domain.size() <= 5 && domain.front() == local.front();
  return is_one_of(k_locals, local) || is_one_of(k_domains, domain) || is_one_letter || domain.ends_with(".invalid") ||
         domain.ends_with(".example") || domain.ends_with(".test");
}

bool is_shared_by_an_office(std::string_view local) {
  static constexpr std::array<std::string_view, 11> k_offices = {
      "info", "admin", "office", "reception", "enquiries", "contact", "mail", "hello", "sales", "secretary", "support"};
  return is_one_of(k_offices, local);
}

std::string mailbox_of(const EmailAddress& address) {
  const bool is_gmail = address.domain == "gmail.com" || address.domain == "googlemail.com";
  if (!is_gmail) return address.local + "@" + address.domain;
  std::string local = address.local;
  std::erase(local, '.');
  return local + "@gmail.com";
}

}  // namespace

EmailAddress read_email(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return {.presence = presence};
  const std::string small = small_letters(plain);
  const std::string_view address = bare(small);
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return {.presence = Presence::unreadable};
  const std::string_view whole_local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  const std::size_t plus = whole_local.find('+', 1);
  const std::string_view local = whole_local.substr(0, plus);
  if (!is_local_part(whole_local) || !is_local_part(local) || !is_domain(domain)) {
    return {.presence = Presence::unreadable};
  }
  if (is_filler(local, domain)) return {.presence = Presence::filler};
  EmailAddress read{.presence = Presence::present, .local = std::string(local), .domain = std::string(domain)};
  if (plus != std::string_view::npos) read.tag = whole_local.substr(plus + 1);
  read.mailbox = mailbox_of(read);
  read.is_shared = is_shared_by_an_office(local);
  return read;
}

}  // namespace throughline::linkage
