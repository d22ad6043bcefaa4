#include "serve/api_gate.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace throughline::serve {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

Error refused(std::string code, std::string what, std::string remedy) {
  return {ErrorKind::refused, std::move(code), std::move(what), "the request's head", std::move(remedy)};
}

}  // namespace

bool changes_something(Method method) {
  return method != Method::get && method != Method::head;
}

std::optional<std::string> cookie_of(const RequestHead& head, std::string_view name) {
  // Only at semicolons: browsers let a neighbour on another port or a lower name set a cookie whose value holds a
  // comma, and behind that comma it could put the name that the prefix keeps for this server alone.
  std::string_view rest = head.field("cookie").value_or("");
  std::optional<std::string> found;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = std::string(pair.substr(equals + 1));
  }
  return found;
}

NamedText session_cookie(const std::string& token) {
  return {"Set-Cookie", fmt::format("{}={}; Secure; HttpOnly; SameSite=Strict; Path=/{}", k_session_cookie, token,
                                    token.empty() ? "; Max-Age=0" : "")};
}

NamedText agency_cookie(const std::string& value) {
  return {"Set-Cookie", fmt::format("{}={}; Secure; HttpOnly; SameSite=Lax; Path=/api/session/agency; Max-Age={}",
                                    k_agency_cookie, value, value.empty() ? 0 : 600)};
}

Result<void> check_origin(const RequestHead& head, const std::vector<std::string>& origins) {
  const auto origin = head.field("origin");
  const auto site = head.field("sec-fetch-site");
  const bool is_ours = origin && std::ranges::find(origins, *origin) != origins.end();
  const bool is_from_here = !site || *site == "same-origin" || *site == "none";
  if (is_ours && is_from_here) return {};
  return refused("origin_refused", "The request was not sent by a page of this server",
                 "Open the page at the server's own address and do it there");
}

Result<void> check_media_type(const RequestHead& head, const Operation& operation) {
  if (operation.body == BodyKind::none) return {};
  const std::string_view given = head.field("content-type").value_or("");
  const std::string_view type = trimmed(given.substr(0, given.find(';')));
  const std::string_view wanted = operation.body == BodyKind::file ? "application/octet-stream" : "application/json";
  const bool is_wanted = std::ranges::equal(
      type, wanted, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (is_wanted) return {};
  return refused("media_type", "The body is of another type than this address takes",
                 fmt::format("Send it as {}", wanted));
}

Result<void> check_csrf(const RequestHead& head, std::string_view csrf) {
  const auto given = head.field("x-csrf");
  if (given && !csrf.empty() && is_same_secret(*given, csrf)) return {};
  return refused("csrf_refused", "The request does not bear the session's own token", "Load the page again");
}

bool is_same_secret(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned int difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    difference |= static_cast<unsigned int>(static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]));
  }
  return difference == 0;
}

}  // namespace throughline::serve
