// Models of Splink: any bytes are a model or an error that says where; a model that is read can be planned or refused;
// a condition that is read can be worked out for any two records, and is spelt the same when it is read again.
#include <array>
#include <string>
#include <vector>

#include "base/check.h"
#include "linkage/splink/evaluate.h"
#include "linkage/splink/model.h"
#include "linkage/splink/records.h"

namespace {

namespace splink = throughline::linkage::splink;

const std::vector<std::string> k_names{"a", "b", "unique_id"};

splink::Dataset records() {
  return {.name = "fuzzed",
          .columns = {{.name = "a", .cells = {"2000-01-31", "", "x@y"}},
                      {.name = "b", .cells = {"[p, q]", "1.5", "\xC3\xA9"}},
                      {.name = "unique_id", .cells = {"1", "2", "3"}}}};
}

void works_out(const splink::Expression& condition, splink::Dialect dialect) {
  CHECK(!splink::spelling_of(condition).empty());
  const auto planned = splink::plan_condition(condition, dialect, k_names);
  if (!planned.ok()) {
    CHECK(!planned.error().what.empty() && !planned.error().where.empty());
    return;
  }
  const splink::Dataset data = records();
  const throughline::base::Interrupt never;
  const auto loaded = splink::Records::load({}, planned.value().plan, std::span(&data, 1), never);
  if (!loaded.ok()) return;
  splink::Arena arena;
  splink::Evaluator evaluator(arena);
  for (std::int64_t left = 0; left < 3; ++left) {
    for (std::int64_t right = 0; right < 3; ++right) {
      static_cast<void>(evaluator.evaluate(
          planned.value().condition, {.left = loaded.value().values(left), .right = loaded.value().values(right)}));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto model = splink::read_model(text, "fuzzed.json");
  if (!model.ok()) CHECK(!model.error().what.empty() && !model.error().where.empty());
  if (model.ok()) static_cast<void>(splink::plan_model(model.value(), k_names));
  for (const splink::Dialect dialect : {splink::Dialect::duckdb, splink::Dialect::spark}) {
    const auto condition = splink::parse_condition(text, dialect);
    if (condition.ok()) works_out(condition.value(), dialect);
  }
  return 0;
}
