#include "app/assessment.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/quality_report.h"
#include "base/text.h"
#include "evidence/stage.h"
#include "records/stage_quality.h"

namespace throughline::app {

namespace {

base::Error source_unknown(const std::string& asked, const std::vector<records::QualityOrder>& orders) {
  std::vector<std::string> names;
  for (const records::QualityOrder& order : orders) names.push_back(order.source);
  const auto nearest = base::nearest_name(asked, names);
  std::string remedy = nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "";
  remedy += names.empty() ? "Nothing was read yet; see throughline ingest --help"
                          : fmt::format("The sources are {}", fmt::join(names, ", "));
  return {.kind = base::ErrorKind::bad_command,
          .code = "source_unknown",
          .what = fmt::format("No extract that can be seen was read as “{}”", asked),
          .where = "",
          .remedy = std::move(remedy)};
}

// Words of a vocabulary and counts by column are shown, so another agency's personal extracts are left out.
base::Result<std::vector<ledger::RegisteredExtract>> open_extracts(Session& session) {
  std::vector<ledger::RegisteredExtract> extracts = TRY(session.visible());
  std::erase_if(extracts, [&](const ledger::RegisteredExtract& extract) { return !session.is_open(extract); });
  return extracts;
}

}  // namespace

base::Result<std::vector<records::SourceQuality>> assess_sources(Session& session, const Outside& outside,
                                                                 const std::string& source) {
  store::DuckConnection connection = TRY(session.connect());
  std::vector<records::QualityOrder> orders = TRY(records::quality_orders(connection, TRY(open_extracts(session))));
  if (!source.empty()) {
    const auto is_other = [&](const records::QualityOrder& order) { return order.source != source; };
    if (std::ranges::all_of(orders, is_other)) return source_unknown(source, orders);
    std::erase_if(orders, is_other);
  }
  const std::vector<ledger::RegisteredExtract> extracts = TRY(open_extracts(session));
  std::vector<std::int32_t> numbers;
  for (const ledger::RegisteredExtract& extract : extracts) numbers.push_back(evidence::seen(extract).number);
  const evidence::Areas areas = evidence::Areas::build(TRY(evidence::read_area_tables(connection, numbers)));
  outside.progress.begin("judging sources", static_cast<std::int64_t>(orders.size()), "sources");
  std::vector<records::SourceQuality> assessed;
  for (const records::QualityOrder& order : orders) {
    TRY(outside.interrupt.poll());
    assessed.push_back(with_area_names(TRY(records::assess(connection, order)), areas));
    outside.progress.advance(1);
  }
  outside.progress.end();
  return assessed;
}

}  // namespace throughline::app
