// Statements of change and level: any bytes are a claim or a refusal, and a claim can be checked.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "evidence/claims/check_claim.h"
#include "evidence/claims/statement.h"

using throughline::evidence::built_in_catalogue;
using throughline::evidence::Catalogue;
using throughline::evidence::check_claim;
using throughline::evidence::CheckedClaim;
using throughline::evidence::parse_statement;
using throughline::evidence::Verdict;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Catalogue& catalogue = built_in_catalogue();
  const auto parsed = parse_statement(text, catalogue);
  if (!parsed.ok()) {
    CHECK(!parsed.error().code.empty() && !parsed.error().remedy.empty());
    return 0;
  }
  const CheckedClaim checked = check_claim(parsed.value(), catalogue);
  CHECK(!checked.why.empty());
  // A verdict that stands on a series says which.
  const bool is_held = checked.verdict == Verdict::holds || checked.verdict == Verdict::holds_on_another_basis;
  CHECK(!is_held || !checked.basis.empty());
  return 0;
}
