// The operations of the contract as the program knows them: what each is called by, who may call it, and what it takes.
// The table behind this is made from api/openapi.yaml when the program is built.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "serve/http.h"
#include "serve/operation_ids.h"

namespace throughline::serve {

// Anyone; a signed-in account; one whose person showed a few minutes ago who they are.
enum class Access { anyone, session, recent };

enum class ParameterPlace { path, query, header };

// A slug is 1 to 64 lower-case letters, digits and hyphens; a list may be given several times.
enum class ParameterKind { text, integer, date, list, slug };

struct Parameter {
  std::string_view name;
  ParameterPlace place = ParameterPlace::query;
  ParameterKind kind = ParameterKind::text;
  bool is_required = false;
  std::int64_t least = 0;                      // Of an integer.
  std::int64_t most = 0;                       // Of an integer; of a list, how often it may be given.
  std::int64_t text_max = 0;                   // In bytes.
  std::vector<std::string_view> choices = {};  // Empty: any text.
};

enum class BodyKind { none, json, file };

// A field of a body. Every one is text; some may be null.
struct BodyField {
  std::string_view name;
  bool is_required = false;
  bool may_be_null = false;
  std::int64_t text_max = 0;  // In characters.
  std::vector<std::string_view> choices = {};
};

struct Operation {
  OperationId id{};
  std::string_view name;  // "getSeries", as in the contract.
  Method method = Method::get;
  std::string_view path;  // "/api/log/{entry}/proof".
  Access access = Access::session;
  BodyKind body = BodyKind::none;
  std::int64_t body_bytes_max = 0;
  std::vector<Parameter> parameters = {};
  std::vector<BodyField> fields = {};
};

// In the order of the contract.
[[nodiscard]] const std::vector<Operation>& operations();

}  // namespace throughline::serve
