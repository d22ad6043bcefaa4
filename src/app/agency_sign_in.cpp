#include "app/agency_sign_in.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/id_token.h"
#include "app/secret_token.h"
#include "app/web_fetch.h"
#include "base/network.h"
#include "base/sha256.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using nlohmann::json;

constexpr std::chrono::microseconds k_begun_time = std::chrono::minutes(10);
constexpr std::size_t k_begun_max = 10'000;
constexpr std::ptrdiff_t k_asks_max = 4;  // Of a provider at once.
constexpr std::size_t k_path_bytes_max = 2'000;
constexpr std::size_t k_parameter_bytes_max = 4'000;
constexpr int k_status_fine = 200;

// What a provider's description says, of what is asked for here.
struct Described {
  std::string authorization;
  std::string token;
  std::string keys;
  bool sends_issuer = false;  // Its answers always name it (RFC 9207).
  bool takes_secret_in_form = false;
};

struct Known {
  AgencyProvider provider;
  Described described;
};

struct Begun {
  std::size_t provider = 0;
  base::Hash cookie;
  std::string verifier;
  std::string nonce;
  std::string return_to;
  std::string peer;  // Its network.
  std::chrono::microseconds at{};
};

Error unfit(const AgencyProvider& provider, const std::string& what) {
  return {ErrorKind::bad_command, "agency_unfit", "The provider '" + provider.name + "' cannot be used: " + what,
          provider.issuer, "Ask whoever runs it"};
}

Error busy() {
  return {ErrorKind::world, "sign_in_busy", "Too many people are signing in at this moment", "",
          "Wait a few minutes and try again"};
}

Error failed(std::string code) {
  return {ErrorKind::refused, std::move(code), "Your agency's sign-in did not show who you are", "",
          "Try again; if it goes on, ask whoever runs your agency's sign-in"};
}

std::string text_in(const json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

// Whether a list is absent, or names it.
bool may_be(const json& object, const char* list, const std::string& name) {
  const auto at = object.find(list);
  return at == object.end() || (at->is_array() && std::ranges::find(*at, json(name)) != at->end());
}

Result<Described> describe(const AgencyProvider& provider) {
  std::string address = provider.issuer;
  if (address.ends_with('/')) address.pop_back();
  const WebAnswer answer =
      TRY(ask_web({.address = address + "/.well-known/openid-configuration", .ca_file = provider.ca_file}));
  const json said = json::parse(answer.body, nullptr, false);
  if (answer.status != k_status_fine || !said.is_object()) return unfit(provider, "it gives no description of itself");
  if (text_in(said, "issuer") != provider.issuer) return unfit(provider, "it calls itself something else");
  Described described{.authorization = text_in(said, "authorization_endpoint"),
                      .token = text_in(said, "token_endpoint"),
                      .keys = text_in(said, "jwks_uri")};
  for (const std::string& each : {described.authorization, described.token, described.keys}) {
    if (!is_safe_address(each)) return unfit(provider, "one of its addresses is missing or not https");
  }
  if (!may_be(said, "response_types_supported", "code")) return unfit(provider, "it has no code flow");
  if (!may_be(said, "code_challenge_methods_supported", "S256")) return unfit(provider, "it has no PKCE with S256");
  const auto sends = said.find("authorization_response_iss_parameter_supported");
  described.sends_issuer = sends != said.end() && sends->is_boolean() && sends->get<bool>();
  const bool takes_basic = !said.contains("token_endpoint_auth_methods_supported") ||
                           may_be(said, "token_endpoint_auth_methods_supported", "client_secret_basic");
  described.takes_secret_in_form = !takes_basic;
  return described;
}

// A page of this site, or the first. Never an address of another, which a browser would follow.
std::string page_of(const std::string& path) {
  const bool is_page = path.size() <= k_path_bytes_max && path.starts_with('/') && !path.starts_with("//") &&
                       !path.starts_with("/api") && path.find('\\') == std::string::npos &&
                       std::ranges::none_of(path, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
  return is_page ? path : "/";
}

std::string challenge_of(const std::string& verifier) {
  return base64url(base::hash_text(verifier).bytes);
}

}  // namespace

struct AgencyDoor::State {
  std::vector<AgencyProvider> providers;
  std::vector<Known> known;
  std::string return_address;
  base::Clock* clock = nullptr;
  base::Entropy* entropy = nullptr;
  std::counting_semaphore<k_asks_max> asks{k_asks_max};
  std::mutex mutex;  // Guards what follows.
  std::map<base::Hash, Begun> begun;

  // Expects the mutex to be held.
  void make_room(const std::string& peer, std::chrono::microseconds now);
  [[nodiscard]] std::optional<Begun> take(const AgencyReturn& given);
  [[nodiscard]] Result<std::string> id_token_for(const Known& with, const AgencyReturn& given, const Begun& of) const;
  [[nodiscard]] Result<TokenPerson> ask(const Known& with, const AgencyReturn& given, const Begun& of) const;
};

void AgencyDoor::State::make_room(const std::string& peer, std::chrono::microseconds now) {
  std::erase_if(begun, [&](const auto& each) { return now - each.second.at >= k_begun_time; });
  std::int64_t of_peer = 0;
  auto oldest = begun.end();
  for (auto each = begun.begin(); each != begun.end(); ++each) {
    if (each->second.peer != peer) continue;
    ++of_peer;
    if (oldest == begun.end() || each->second.at < oldest->second.at) oldest = each;
  }
  if (of_peer >= k_begun_of_peer_max) begun.erase(oldest);
}

// Once: whoever comes with the same state again comes too late.
std::optional<Begun> AgencyDoor::State::take(const AgencyReturn& given) {
  const std::lock_guard lock(mutex);
  const auto at = begun.find(hash_of_token(given.state));
  // Another browser's answer must not end this one's sign-in, so that the cookie is looked at first.
  if (at == begun.end() || at->second.cookie != hash_of_token(given.cookie)) return std::nullopt;
  Begun taken = std::move(at->second);
  begun.erase(at);
  if (clock->uptime() - taken.at >= k_begun_time) return std::nullopt;
  return taken;
}

Result<std::string> AgencyDoor::State::id_token_for(const Known& with, const AgencyReturn& given,
                                                    const Begun& of) const {
  WebQuestion question{.address = with.described.token,
                       .ca_file = with.provider.ca_file,
                       .form = {{"grant_type", "authorization_code"},
                                {"code", given.code},
                                {"redirect_uri", return_address},
                                {"code_verifier", of.verifier}}};
  if (with.described.takes_secret_in_form) {
    question.form.emplace_back("client_id", with.provider.client_id);
    question.form.emplace_back("client_secret", with.provider.client_secret);
  } else {
    // RFC 6749, section 2.3.1: encoded as in a form, then joined for basic authentication.
    question.user = form_encoded(with.provider.client_id);
    question.password = form_encoded(with.provider.client_secret);
  }
  const WebAnswer answer = TRY(ask_web(question));
  const json said = json::parse(answer.body, nullptr, false);
  if (answer.status != k_status_fine || !said.is_object()) return failed("agency_code_refused");
  return text_in(said, "id_token");
}

Result<TokenPerson> AgencyDoor::State::ask(const Known& with, const AgencyReturn& given, const Begun& of) const {
  const std::string token = TRY(id_token_for(with, given, of));
  // Asked each time: keys change, and people sign in seldom.
  const WebAnswer keys = TRY(ask_web({.address = with.described.keys, .ca_file = with.provider.ca_file}));
  if (keys.status != k_status_fine) return failed("agency_keys_missing");
  return judge_id_token(token, keys.body,
                        {.issuer = with.provider.issuer,
                         .client_id = with.provider.client_id,
                         .nonce = of.nonce,
                         .account_claim = with.provider.account_claim,
                         .now = clock->now()});
}

AgencyDoor::AgencyDoor(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgencyDoor::~AgencyDoor() = default;

Result<std::unique_ptr<AgencyDoor>> AgencyDoor::open(std::vector<AgencyProvider> providers,
                                                     const std::string& public_origin, base::Clock& clock,
                                                     base::Entropy& entropy) {
  auto state = std::make_unique<State>();
  state->providers = providers;
  state->return_address = public_origin + "/api/session/agency/return";
  state->clock = &clock;
  state->entropy = &entropy;
  for (AgencyProvider& provider : providers) {
    auto described = describe(provider);
    if (!described.ok() && described.error().code == "web_unreachable") {
      Error error = std::move(described).error().in("reading the description of the provider '" + provider.name + "'");
      error.code = "agency_unavailable";
      return error;
    }
    Described fine = TRY(std::move(described));
    state->known.push_back({.provider = std::move(provider), .described = std::move(fine)});
  }
  return std::unique_ptr<AgencyDoor>(new AgencyDoor(std::move(state)));
}

const std::vector<AgencyProvider>& AgencyDoor::providers() const {
  return state_->providers;
}

Result<AgencyStart> AgencyDoor::start(const AgencyAsk& ask) {
  const auto at = std::ranges::find(state_->known, ask.provider, [](const Known& each) { return each.provider.name; });
  if (at == state_->known.end()) {
    std::vector<std::string> names;
    for (const Known& each : state_->known) names.push_back(each.provider.name);
    const auto nearest = base::nearest_name(ask.provider, names);
    return Error{ErrorKind::bad_command, "provider_unknown", "There is no such provider here", "provider",
                 nearest ? "Did you mean '" + *nearest + "'?" : "Choose one of those shown at signing in"};
  }
  const std::string state = new_token(*state_->entropy);
  AgencyStart started{.address = {}, .cookie = new_token(*state_->entropy)};
  Begun begun{.provider = static_cast<std::size_t>(at - state_->known.begin()),
              .cookie = hash_of_token(started.cookie),
              .verifier = new_token(*state_->entropy),
              .nonce = new_token(*state_->entropy),
              .return_to = page_of(ask.return_to),
              .peer = base::network_of(ask.peer),
              .at = state_->clock->uptime()};
  const std::string& door = at->described.authorization;
  started.address = door + (door.find('?') == std::string::npos ? '?' : '&') +
                    "response_type=code&scope=" + form_encoded("openid profile") +
                    "&client_id=" + form_encoded(at->provider.client_id) +
                    "&redirect_uri=" + form_encoded(state_->return_address) + "&state=" + state +
                    "&nonce=" + begun.nonce +
                    "&code_challenge_method=S256&max_age=600&code_challenge=" + challenge_of(begun.verifier);
  const std::lock_guard lock(state_->mutex);
  state_->make_room(begun.peer, begun.at);
  if (state_->begun.size() >= k_begun_max) return busy();
  state_->begun[hash_of_token(state)] = std::move(begun);
  return started;
}

Result<AgencyPerson> AgencyDoor::finish(const AgencyReturn& given) {
  const auto begun = state_->take(given);
  if (!begun) return failed("agency_state_unknown");
  const Known& with = state_->known.at(begun->provider);
  // RFC 9207: an answer that another provider's server sent is not for this one.
  const bool is_wrong_issuer =
      given.issuer.empty() ? with.described.sends_issuer : given.issuer != with.provider.issuer;
  if (is_wrong_issuer) return failed("agency_other_issuer");
  if (given.has_error || given.code.empty() || given.code.size() > k_parameter_bytes_max) {
    return failed("agency_gave_no_code");
  }
  if (!state_->asks.try_acquire()) return busy();
  Result<TokenPerson> judged = state_->ask(with, given, *begun);
  state_->asks.release();
  const TokenPerson person = TRY(std::move(judged));
  return AgencyPerson{.provider = with.provider.name,
                      .agency = with.provider.agency,
                      .issuer = with.provider.issuer,
                      .subject = person.subject,
                      .account_name = person.account_name,
                      .first_sign_in = with.provider.first_sign_in,
                      .return_to = begun->return_to};
}

}  // namespace throughline::app
