#include "serve/routes.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/number.h"
#include "base/text.h"
#include "serve/api_problem.h"

namespace throughline::serve {

namespace {

using base::Error;
using base::Result;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::size_t slash = path.find('/', 1);
    segments.push_back(path.substr(1, slash == std::string_view::npos ? slash : slash - 1));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  }
  return segments;
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{');
}

// What the path names, if it has the form of the template.
std::optional<PathNames> match(std::string_view form, std::string_view path) {
  const std::vector<std::string_view> wanted = segments_of(form);
  const std::vector<std::string_view> given = segments_of(path);
  if (wanted.size() != given.size()) return std::nullopt;
  PathNames names;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (is_name(wanted[i]) && !given[i].empty()) {
      names.emplace(wanted[i].substr(1, wanted[i].size() - 2), given[i]);
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return names;
}

std::optional<std::string> nearest_path(std::string_view path) {
  std::vector<std::string> paths;
  for (const Operation& operation : operations()) {
    if (operation.path.find('{') == std::string_view::npos) paths.emplace_back(operation.path);
  }
  return base::nearest_name(path, paths);
}

Error malformed(const Parameter& parameter, const std::string& what) {
  return asked_wrongly("parameter_malformed", fmt::format("{} {}", parameter.name, what),
                       fmt::format("the request's {}", parameter.place == ParameterPlace::path     ? "path"
                                                       : parameter.place == ParameterPlace::header ? "head"
                                                                                                   : "query"),
                       "");
}

bool is_slug(std::string_view text) {
  constexpr std::size_t k_slug_max = 64;
  return !text.empty() && text.size() <= k_slug_max &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_plain(std::string_view text) {
  return base::valid_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<void> check_value(const Parameter& parameter, const std::string& value) {
  if (std::ssize(value) > parameter.text_max) {
    return malformed(parameter, fmt::format("is longer than {} bytes", parameter.text_max));
  }
  if (!is_plain(value)) return malformed(parameter, "is not plain text");
  if (!parameter.choices.empty() && std::ranges::find(parameter.choices, value) == parameter.choices.end()) {
    return malformed(parameter, fmt::format("is one of {}", fmt::join(parameter.choices, ", ")));
  }
  switch (parameter.kind) {
    case ParameterKind::text:
    case ParameterKind::list: return {};
    case ParameterKind::integer: {
      const auto number = base::parse_integer(value);
      if (number && *number >= parameter.least && *number <= parameter.most) return {};
      return malformed(parameter, fmt::format("is a whole number from {} to {}", parameter.least, parameter.most));
    }
    case ParameterKind::date:
      if (base::parse_iso_date(value)) return {};
      return malformed(parameter, "is a day, such as 2026-11-22");
    case ParameterKind::slug:
      if (is_slug(value)) return {};
      return malformed(parameter, "has 1 to 64 lower-case letters, digits and hyphens");
  }
  return {};
}

Error unknown_parameter(const Operation& operation, const std::string& name) {
  std::vector<std::string> names;
  for (const Parameter& parameter : operation.parameters) {
    if (parameter.place == ParameterPlace::query) names.emplace_back(parameter.name);
  }
  const auto nearest = base::nearest_name(name, names);
  const std::string all =
      names.empty() ? std::string("It takes none") : fmt::format("It takes {}", fmt::join(names, ", "));
  return asked_wrongly("parameter_unknown", "The query has a parameter that this address does not take",
                       "the request's query", nearest ? fmt::format("Did you mean {}? {}", *nearest, all) : all);
}

Result<void> check_names(const RequestHead& head, const Operation& operation) {
  for (const auto& [name, value] : head.query) {
    const bool is_known = std::ranges::any_of(operation.parameters, [&](const Parameter& parameter) {
      return parameter.place == ParameterPlace::query && parameter.name == name;
    });
    if (!is_known) return unknown_parameter(operation, name);
  }
  return {};
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

// The values that a request gives a parameter, wherever it stands.
std::vector<std::string> given(const RequestHead& head, const Route& route, const Parameter& parameter) {
  std::vector<std::string> values;
  switch (parameter.place) {
    case ParameterPlace::path: values.push_back(route.names.find(parameter.name)->second); break;
    case ParameterPlace::header:
      if (const auto value = head.field(lower(parameter.name))) values.emplace_back(*value);
      break;
    case ParameterPlace::query:
      for (const auto& [name, value] : head.query) {
        if (name == parameter.name) values.push_back(value);
      }
      break;
  }
  return values;
}

}  // namespace

Routing find_route(Method method, std::string_view path) {
  const Method wanted = method == Method::head ? Method::get : method;
  std::string allow;
  for (const Operation& operation : operations()) {
    std::optional<PathNames> names = match(operation.path, path);
    if (!names) continue;
    if (operation.method == wanted) return Route{.operation = &operation, .names = std::move(*names)};
    allow += fmt::format("{}{}{}", allow.empty() ? "" : ", ", operation.method == Method::get ? "GET, HEAD" : "",
                         operation.method == Method::get ? "" : method_name(operation.method));
  }
  if (!allow.empty()) return OtherMethods{.allow = std::move(allow)};
  return NoRoute{.nearest = nearest_path(path)};
}

Result<Arguments> Arguments::read(const RequestHead& head, const Route& route) {
  const Operation& operation = *route.operation;
  TRY(check_names(head, operation));
  Arguments arguments;
  for (const Parameter& parameter : operation.parameters) {
    std::vector<std::string> values = given(head, route, parameter);
    if (values.empty() && !parameter.is_required) continue;
    if (values.empty()) {
      return asked_wrongly("parameter_missing", fmt::format("{} is not given", parameter.name), "the request", "");
    }
    const std::int64_t most = parameter.kind == ParameterKind::list ? parameter.most : 1;
    if (std::ssize(values) > most) {
      return asked_wrongly("parameter_twice", fmt::format("{} is given more often than {} times", parameter.name, most),
                           "the request's query", "");
    }
    for (const std::string& value : values) TRY(check_value(parameter, value));
    arguments.values_.emplace(parameter.name, std::move(values));
  }
  return arguments;
}

std::string Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second.front();
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::optional<std::int64_t> Arguments::integer(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::nullopt : base::parse_integer(found->second.front());
}

std::optional<base::Date> Arguments::date(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::nullopt : base::parse_iso_date(found->second.front());
}

std::string Arguments::canonical() const {
  std::string text;
  for (const auto& [name, values] : values_) {
    // A length before each value keeps two lists of values from reading alike.
    for (const std::string& value : values) text += fmt::format("{}={}:{};", name, value.size(), value);
  }
  return text;
}

}  // namespace throughline::serve
