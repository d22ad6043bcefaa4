// A run of linkage in numbers: its plan, what it did, and how right it is as far as people judged.
#pragma once

#include <vector>

#include "app/deprivation.h"
#include "app/link_view.h"
#include "app/report.h"

namespace throughline::app {

[[nodiscard]] Section plan_section(const linkage::Blocking& plan, std::int64_t mentions);
[[nodiscard]] Section run_section(const linkage::RunSummary& summary);
struct ReportOptions {
  std::int64_t rows_max = 100;               // Of bridges.
  const Deprivation* deprivation = nullptr;  // By which errors are counted, too, where a look-up was given.
};
// The last run: pairs by band and purpose, people by size, bridges, reliability, errors by group. Counts only; a bridge
// names the caller's own records alone, and what stands under seal elsewhere is in no reliability and no error.
[[nodiscard]] std::vector<Section> report_sections(const LinkView& view, const ReportOptions& options);

}  // namespace throughline::app
