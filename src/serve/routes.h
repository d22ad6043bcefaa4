// From a request to the operation it asks for, with every parameter checked against the contract. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "serve/api_operations.h"
#include "serve/http.h"

namespace throughline::serve {

// What a path names: "entry" → "17".
using PathNames = std::map<std::string, std::string, std::less<>>;

struct Route {
  const Operation* operation = nullptr;
  PathNames names;
};

// The path is known, the method is not: what Allow says.
struct OtherMethods {
  std::string allow;
};
// No operation has such a path; the nearest that there is, where one is near.
struct NoRoute {
  std::optional<std::string> nearest;
};
using Routing = std::variant<Route, OtherMethods, NoRoute>;

// HEAD is answered as GET is.
[[nodiscard]] Routing find_route(Method method, std::string_view path);

// A request's parameters, each of its kind.
class Arguments {
 public:
  // Errors (bad command): "parameter_unknown" with the nearest name, "parameter_twice", "parameter_missing",
  // "parameter_malformed".
  [[nodiscard]] static base::Result<Arguments> read(const RequestHead& head, const Route& route);

  // Empty where it was not given.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
  [[nodiscard]] std::optional<base::Date> date(std::string_view name) const;
  // Names and values in one order, whatever order they were given in: two requests for the same have the same.
  [[nodiscard]] std::string canonical() const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace throughline::serve
