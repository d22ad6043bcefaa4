#include "app/id_token.h"

#include <cjose/cjose.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using nlohmann::json;

constexpr double k_skew_s = 60;
constexpr double k_age_max_s = 36'000;
constexpr double k_shown_max_s = 600;
constexpr std::size_t k_token_bytes_max = 64'000;
constexpr std::size_t k_subject_bytes_max = 255;
constexpr std::size_t k_name_bytes_max = 64;
constexpr std::size_t k_rsa_bytes_min = 256;

Error bad(std::string code) {
  return {base::ErrorKind::refused, "id_token_" + std::move(code), "The provider's statement does not hold", "", ""};
}

struct JwkEnd {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct JwsEnd {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};

std::string text_in(const json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<double> seconds_in(const json& object, const char* name) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_number()) return std::nullopt;
  const double seconds = at->get<double>();
  return std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

std::optional<std::string> from_base64url(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const int failure = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                        text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failure != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

// An object, or nothing; never an exception.
std::optional<json> object_of(const std::string& text) {
  json parsed = json::parse(text, nullptr, false);
  return parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

std::optional<json> header_of(const std::string& token) {
  const auto bytes = from_base64url(token.substr(0, token.find('.')));
  return bytes ? object_of(*bytes) : std::nullopt;
}

// The kind of key that an algorithm takes; nothing for one that is not accepted.
std::string key_kind_for(const std::string& algorithm) {
  if (algorithm == "RS256" || algorithm == "PS256") return "RSA";
  return algorithm == "ES256" ? "EC" : "";
}

bool is_strong(const json& key, const std::string& kind) {
  if (kind == "EC") return text_in(key, "crv") == "P-256";
  const auto modulus = from_base64url(text_in(key, "n"));
  return modulus && modulus->size() >= k_rsa_bytes_min;
}

// Of the set, those that may have signed: the named one, or every fitting one where none is named.
std::vector<json> fitting_keys(const json& set, const json& header) {
  const std::string algorithm = text_in(header, "alg");
  const std::string kind = key_kind_for(algorithm);
  const std::string name = text_in(header, "kid");
  std::vector<json> fitting;
  const auto keys = set.find("keys");
  if (kind.empty() || keys == set.end() || !keys->is_array()) return fitting;
  for (const json& key : *keys) {
    if (!key.is_object() || text_in(key, "kty") != kind || !is_strong(key, kind)) continue;
    const std::string use = text_in(key, "use");
    const std::string meant_for = text_in(key, "alg");
    if (!name.empty() && text_in(key, "kid") != name) continue;
    if ((!use.empty() && use != "sig") || (!meant_for.empty() && meant_for != algorithm)) continue;
    fitting.push_back(key);
  }
  return fitting;
}

// The signed text, where one of the keys signed it.
std::optional<std::string> signed_text(const std::string& token, const std::vector<json>& keys) {
  for (const json& key : keys) {
    // A token of its own for each try: a failed one is spent.
    const std::unique_ptr<cjose_jws_t, JwsEnd> read(cjose_jws_import(token.data(), token.size(), nullptr));
    if (read == nullptr) return std::nullopt;
    const std::string text = key.dump(-1, ' ', true, json::error_handler_t::replace);
    const std::unique_ptr<cjose_jwk_t, JwkEnd> usable(cjose_jwk_import(text.data(), text.size(), nullptr));
    if (usable == nullptr || !cjose_jws_verify(read.get(), usable.get(), nullptr)) continue;
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(read.get(), &bytes, &size, nullptr)) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(bytes), size);
  }
  return std::nullopt;
}

// Ours, and where it is for several, ours first of all.
bool is_for(const json& claims, const std::string& client_id) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  const std::string party = text_in(claims, "azp");
  if (claims.contains("azp") && party != client_id) return false;
  if (audience->is_string()) return audience->get<std::string>() == client_id;
  if (!audience->is_array() || std::ranges::find(*audience, json(client_id)) == audience->end()) return false;
  return audience->size() == 1 || party == client_id;
}

Result<void> judge_times(const json& claims, base::Instant now) {
  const double now_s = static_cast<double>(now.microseconds) / 1e6;
  const auto ends = seconds_in(claims, "exp");
  const auto made = seconds_in(claims, "iat");
  const auto shown = seconds_in(claims, "auth_time");
  if (!ends || *ends <= now_s - k_skew_s) return bad("expired");
  if (!made || *made > now_s + k_skew_s || *made < now_s - k_age_max_s) return bad("time");
  if (claims.contains("nbf")) {
    const auto begins = seconds_in(claims, "nbf");
    if (!begins || *begins > now_s + k_skew_s) return bad("time");
  }
  // Asked for with max_age; a provider that ignores it would let an unlocked screen sign in.
  if (!shown || *shown > now_s + k_skew_s || *shown < now_s - k_shown_max_s - k_skew_s) return bad("not_shown_lately");
  return {};
}

}  // namespace

Result<TokenPerson> judge_id_token(const std::string& token, const std::string& keys, const ExpectedToken& expected) {
  if (token.size() > k_token_bytes_max) return bad("too_long");
  const auto header = header_of(token);
  const auto set = object_of(keys);
  if (!header || !set) return bad("unreadable");
  // An extension that must be understood is one that is not understood here.
  if (header->contains("crit") || key_kind_for(text_in(*header, "alg")).empty()) return bad("algorithm");
  const auto text = signed_text(token, fitting_keys(*set, *header));
  if (!text) return bad("signature");
  const auto claims = object_of(*text);
  if (!claims) return bad("unreadable");
  if (text_in(*claims, "iss") != expected.issuer) return bad("issuer");
  if (!is_for(*claims, expected.client_id)) return bad("audience");
  if (text_in(*claims, "nonce") != expected.nonce) return bad("nonce");
  TRY(judge_times(*claims, expected.now));
  TokenPerson person{.subject = text_in(*claims, "sub"),
                     .account_name = text_in(*claims, expected.account_claim.c_str())};
  if (person.subject.empty() || person.subject.size() > k_subject_bytes_max) return bad("subject");
  if (person.account_name.size() > k_name_bytes_max) return bad("account_name");
  return person;
}

}  // namespace throughline::app
