// The answer of quality: an overview of every source, or everything about one. Pure.
#pragma once

#include <vector>

#include "app/report.h"
#include "evidence/areas.h"
#include "records/quality.h"

namespace throughline::app {

// Holders that are ONS codes get the names of their areas.
[[nodiscard]] records::SourceQuality with_area_names(records::SourceQuality quality, const evidence::Areas& areas);

// One row a source, and under it the findings of each, those that concern most of it first.
[[nodiscard]] Section quality_overview(const std::vector<records::SourceQuality>& assessed);

// Fields, rejections, words, months and findings of one source.
[[nodiscard]] Section quality_section(const records::SourceQuality& quality);

}  // namespace throughline::app
