// Checked claims as the sections of a report.
#pragma once

#include <string>
#include <vector>

#include "app/report.h"
#include "evidence/claims/check_table.h"

namespace throughline::app {

[[nodiscard]] Section claim_section(const evidence::Claim& claim, const evidence::CheckedClaim& checked);
[[nodiscard]] Section table_section(const std::vector<evidence::ReportRow>& rows,
                                    const evidence::CheckedTable& checked);
[[nodiscard]] Section conflicts_section(const std::vector<evidence::ReportRow>& rows,
                                        const evidence::CheckedTable& checked);
[[nodiscard]] Section series_section(const evidence::Catalogue& catalogue);

// The rows with their statuses, as they are written to a file.
[[nodiscard]] Table status_table(const std::vector<evidence::ReportRow>& rows, const evidence::CheckedTable& checked);

}  // namespace throughline::app
