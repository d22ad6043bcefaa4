// What every request passes before its operation: whether it came from our own pages, and whose session it bears. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "serve/api_operations.h"
#include "serve/http.h"

namespace throughline::serve {

inline constexpr std::string_view k_session_cookie = "__Host-throughline";
inline constexpr std::string_view k_agency_cookie = "__Secure-throughline-agency";

// The value of a cookie; nothing where it was not sent, or sent twice.
[[nodiscard]] std::optional<std::string> cookie_of(const RequestHead& head, std::string_view name);

// Set-Cookie for a session; for an empty token, the one that takes it away.
[[nodiscard]] NamedText session_cookie(const std::string& token);
// The same for the ten minutes in which a person is at their agency's provider.
[[nodiscard]] NamedText agency_cookie(const std::string& value);

// Whether a request that changes something was sent by one of our pages: its Origin is one of those, it was not sent
// from another site, and its body is of the type that the operation takes. Errors (refused): "origin_refused";
// "media_type".
[[nodiscard]] base::Result<void> check_origin(const RequestHead& head, const std::vector<std::string>& origins);
[[nodiscard]] base::Result<void> check_media_type(const RequestHead& head, const Operation& operation);

// Error "csrf_refused" (refused) unless the request brings the session's own token along.
[[nodiscard]] base::Result<void> check_csrf(const RequestHead& head, std::string_view csrf);

// Compares in a time that does not depend on where the texts differ.
[[nodiscard]] bool is_same_secret(std::string_view one, std::string_view other);

[[nodiscard]] bool changes_something(Method method);

}  // namespace throughline::serve
