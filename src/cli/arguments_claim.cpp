#include "cli/arguments_claim_internal.h"

namespace throughline::cli {

void add_claim_options(CLI::App& verb, app::ClaimRequest& request) {
  verb.add_option("statement", request.statement, "One sentence with one figure, in quotes")->type_name("STATEMENT");
  verb.add_option("--table", request.tables,
                  "Tables of printed figures: source, page_or_para, series, area, period, value, unit")
      ->type_name("FILE");
  verb.add_option("--output", request.output, "Where the statuses of the figures go, as CSV")->type_name("FILE");
  verb.add_flag("--reports", request.is_reports, "The figures of five published reports, checked");
  verb.add_flag("--conflicts", request.is_conflicts, "Rival figures for the same words, of --table or of the reports");
  verb.add_flag("--list", request.is_list, "Every published series that is carried, and up to when it runs");
  verb.footer(
      "Example: throughline claim \"drug stop and search fell 61 per cent from 2012 to 2018\"\n"
      "         throughline claim --table figures.csv --output statuses.csv");
}

}  // namespace throughline::cli
