#include "app/web_session.h"

#include <algorithm>
#include <utility>

#include "app/secret_token.h"

namespace throughline::app {

bool WebSessions::is_over(const WebSession& session, std::chrono::microseconds now) const {
  return now - session.touched >= limits_.idle || now - session.begun >= limits_.absolute;
}

WebSessions::Sessions::iterator WebSessions::living(const std::string& token, std::chrono::microseconds now) {
  const auto at = sessions_.find(hash_of_token(token));
  if (at == sessions_.end() || !is_over(at->second, now)) return at;
  sessions_.erase(at);
  return sessions_.end();
}

void WebSessions::make_room(ledger::AccountId account, std::chrono::microseconds now) {
  std::erase_if(sessions_, [&](const auto& each) { return is_over(each.second, now); });
  std::size_t held = 0;
  auto oldest = sessions_.end();
  for (auto each = sessions_.begin(); each != sessions_.end(); ++each) {
    if (each->second.account != account) continue;
    ++held;
    if (oldest == sessions_.end() || each->second.begun < oldest->second.begun) oldest = each;
  }
  if (held >= k_of_account_max) sessions_.erase(oldest);
}

std::optional<WebSessions::Begun> WebSessions::begin(ledger::AccountId account) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_->uptime();
  make_room(account, now);
  if (sessions_.size() >= k_in_all_max) return std::nullopt;
  Begun begun{.token = new_token(*entropy_), .session = {}};
  begun.session = {.account = account,
                   .purpose = ledger::Purpose::unstated,
                   .reason = {},
                   .csrf = new_token(*entropy_),
                   .ends_at = {clock_->now().microseconds + limits_.absolute.count()},
                   .begun = now,
                   .touched = now,
                   .proved = now};
  sessions_[hash_of_token(begun.token)] = begun.session;
  return begun;
}

std::optional<WebSession> WebSessions::find(const std::string& token) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_->uptime();
  const auto at = living(token, now);
  if (at == sessions_.end()) return std::nullopt;
  at->second.touched = now;
  return at->second;
}

std::optional<WebSession> WebSessions::peek(const std::string& token) {
  const std::lock_guard lock(mutex_);
  const auto at = living(token, clock_->uptime());
  if (at == sessions_.end()) return std::nullopt;
  return at->second;
}

bool WebSessions::is_living(const std::string& token) {
  return peek(token).has_value();
}

void WebSessions::remember(const std::string& token, bool may_collect) {
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(hash_of_token(token));
  if (at != sessions_.end()) at->second.may_collect = may_collect;
}

std::optional<WebSessions::Begun> WebSessions::renew(const std::string& token) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_->uptime();
  const auto at = living(token, now);
  if (at == sessions_.end()) return std::nullopt;
  Begun renewed{.token = new_token(*entropy_), .session = std::move(at->second)};
  sessions_.erase(at);
  renewed.session.touched = now;
  renewed.session.proved = now;
  renewed.session.csrf = new_token(*entropy_);
  sessions_[hash_of_token(renewed.token)] = renewed.session;
  return renewed;
}

bool WebSessions::choose(const std::string& token, ledger::Purpose purpose, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  const auto at = living(token, clock_->uptime());
  if (at == sessions_.end()) return false;
  at->second.purpose = purpose;
  at->second.reason = reason;
  return true;
}

bool WebSessions::end(const std::string& token) {
  const std::lock_guard lock(mutex_);
  return sessions_.erase(hash_of_token(token)) == 1;
}

std::int64_t WebSessions::end_all(ledger::AccountId account, const std::string& but) {
  const std::lock_guard lock(mutex_);
  const base::Hash kept = hash_of_token(but);
  return static_cast<std::int64_t>(
      std::erase_if(sessions_, [&](const auto& each) { return each.second.account == account && each.first != kept; }));
}

}  // namespace throughline::app
