// The lines that trend looks at, out of a table, the published series or a workspace.
#pragma once

#include <string>
#include <vector>

#include "app/trend_verb.h"
#include "app/watch_input.h"
#include "app/year_range.h"
#include "evidence/rates/break_register.h"
#include "evidence/rates/trend.h"

namespace throughline::app {

struct TrendLine {
  std::string area;
  std::string category;
  std::string break_line;  // What the register calls it: "misuse", a slug.
  bool is_police_activity = false;
  evidence::CountLine line;
};

struct TrendInput {
  std::string source;
  std::string register_name;  // What the register of breaks calls the source. Empty: a table.
  WatchBatch frame;           // Its periods and notes; without series.
  std::size_t periods = 0;
  std::size_t periods_all = 0;  // Before later ones were left out by --to.
  std::string incomplete{};     // The period left out because it is not complete.
  // By period, the years of the residents that the workspace lent; none where it lent none.
  std::vector<YearRange> residents_years{};
  evidence::Caveats caveats;
  std::vector<TrendLine> lines;  // By category, then area.

  [[nodiscard]] std::string period_text(std::size_t period) const { return frame.period_text(period); }
  [[nodiscard]] bool is_monthly() const { return frame.is_monthly(); }
  // Leaves out what comes after so many periods.
  void cut_after(std::size_t kept);
  // The period named, or an error "period_malformed".
  [[nodiscard]] base::Result<std::size_t> period_named(const std::string& text, const std::string& option) const;
  // United with police activity where the line itself is of it.
  [[nodiscard]] evidence::Caveats caveats_of(const TrendLine& line) const;
};

[[nodiscard]] base::Result<TrendInput> trend_input(const Outside& outside, const Settings& settings,
                                                   const TrendRequest& request);

// Divides the lines of a published series that have nobody yet by the residents that the workspace holds of areas of
// the same name and kind. Errors: those of opening a session.
[[nodiscard]] base::Result<void> add_workspace_residents(TrendInput& input, const Outside& outside,
                                                         const Settings& settings);

// The register, or a table of one's own with it.
[[nodiscard]] base::Result<std::vector<evidence::DeclaredBreak>> declared_breaks(const TrendRequest& request);

}  // namespace throughline::app
