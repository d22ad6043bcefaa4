#include "serve/http.h"

#include <algorithm>

namespace throughline::serve {

namespace {

std::optional<std::string_view> first_of(const std::vector<NamedText>& texts, std::string_view name) {
  const auto found = std::ranges::find(texts, name, &NamedText::first);
  if (found == texts.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::remove: return "DELETE";
  }
  return "";
}

std::optional<std::string_view> RequestHead::field(std::string_view name) const {
  return first_of(fields, name);
}

std::optional<std::string_view> RequestHead::query_value(std::string_view name) const {
  return first_of(query, name);
}

Response Response::of(int status, std::string content_type, std::string body) {
  Response response;
  response.status = status;
  response.content_type = std::move(content_type);
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

}  // namespace throughline::serve
