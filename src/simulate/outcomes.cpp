#include "simulate/outcomes.h"

namespace throughline::simulate {

namespace {

constexpr std::array<OutcomeWords, k_outcomes> k_words{{
    {"lines_open", OutcomeKind::stock, "lines that sell in the place"},
    {"lines_internal", OutcomeKind::stock, "of these, run from the same place"},
    {"children_carrying", OutcomeKind::stock, "children under 18 made to carry or sell, by where they live"},
    {"adults_carrying", OutcomeKind::stock, "adults made to carry or sell, by where they live"},
    {"homes_taken_over", OutcomeKind::stock, "homes taken over"},
    {"local_sellers", OutcomeKind::stock, "sellers of no line"},
    {"users_active", OutcomeKind::stock, "people who use heroin or crack, not in treatment"},
    {"users_waiting", OutcomeKind::stock, "people waiting for treatment"},
    {"users_in_treatment", OutcomeKind::stock, "people in treatment"},
    {"users_stopped", OutcomeKind::stock, "people who have stopped and may relapse"},
    {"users_in_prison", OutcomeKind::stock, "people who use, in prison"},
    {"routes", OutcomeKind::stock, "routes of importers, counted at the first hub"},
    {"heroin_price", OutcomeKind::index, "price of heroin"},
    {"heroin_purity", OutcomeKind::index, "purity of heroin"},
    {"crack_price", OutcomeKind::index, "price of crack"},
    {"crack_purity", OutcomeKind::index, "purity of crack"},
    {"powder_price", OutcomeKind::index, "price of powder cocaine"},
    {"powder_purity", OutcomeKind::index, "purity of powder cocaine"},
    {"cannabis_price", OutcomeKind::index, "price of cannabis"},
    {"cannabis_strength", OutcomeKind::index, "strength of cannabis"},
    {"lines_opened", OutcomeKind::count, "lines opened"},
    {"lines_closed", OutcomeKind::count, "lines closed"},
    {"number_changes", OutcomeKind::count, "changes of a line's number"},
    {"children_recruited", OutcomeKind::count, "children given a first package"},
    {"adults_recruited", OutcomeKind::count, "adults given a first package"},
    {"children_arrested", OutcomeKind::count, "children arrested"},
    {"children_charged", OutcomeKind::count, "children charged"},
    {"children_referred", OutcomeKind::count, "children referred and helped out"},
    {"adults_arrested", OutcomeKind::count, "adults who carried, arrested"},
    {"controllers_arrested", OutcomeKind::count, "people who run lines, arrested"},
    {"local_sellers_arrested", OutcomeKind::count, "local sellers arrested"},
    {"missing_episodes", OutcomeKind::count, "missing episodes of children who carry"},
    {"days_missing", OutcomeKind::count, "days missing"},
    {"weeks_worked", OutcomeKind::count, "weeks of carrying or selling"},
    {"weeks_unpaid", OutcomeKind::count, "of these, worked against a debt"},
    {"homes_taken", OutcomeKind::count, "homes newly taken over"},
    {"premises_closed", OutcomeKind::count, "homes freed by a closure order"},
    {"fights", OutcomeKind::count, "violence between sellers (systemic)"},
    {"robberies", OutcomeKind::count, "robbery for money to buy (economic)"},
    {"assaults_intoxicated", OutcomeKind::count, "violence under the influence (psychopharmacological)"},
    {"homicides", OutcomeKind::count, "homicides, all three together"},
    {"homicides_other", OutcomeKind::count, "homicides that have nothing to do with drugs"},
    {"violence_recorded", OutcomeKind::count, "acts of violence that police record"},
    {"drug_offences_recorded", OutcomeKind::count, "drug offences that police record: a measure of their effort"},
    {"admissions_drugs", OutcomeKind::count, "admissions to hospital, poisoned"},
    {"admissions_wounded", OutcomeKind::count, "admissions to hospital, wounded"},
    {"deaths_users", OutcomeKind::count, "deaths of people who use"},
    {"treatment_starts", OutcomeKind::count, "starts of treatment"},
    {"began_using", OutcomeKind::count, "people who began to use"},
    {"shipments", OutcomeKind::count, "shipments sent, counted at the hub"},
    {"shipments_seized", OutcomeKind::count, "shipments seized"},
    {"grows_found", OutcomeKind::count, "places found in which cannabis is grown"},
    {"grams_heroin_sold", OutcomeKind::amount, "heroin sold, grams at the purity of the start"},
    {"grams_crack_sold", OutcomeKind::amount, "crack sold"},
    {"grams_powder_sold", OutcomeKind::amount, "powder cocaine sold"},
    {"grams_cannabis_sold", OutcomeKind::amount, "cannabis sold"},
    {"grams_imported", OutcomeKind::amount, "heroin and cocaine brought in"},
    {"grams_seized", OutcomeKind::amount, "heroin and cocaine seized after they were brought in"},
    {"pounds_lines_sold", OutcomeKind::amount, "what lines took, in pounds at the prices of the day"},
}};

}  // namespace

std::span<const OutcomeWords> outcome_words() {
  return k_words;
}

double outcome_value(Outcome outcome, std::int64_t sum, std::int64_t days, std::int64_t places) {
  const auto total = static_cast<double>(sum);
  switch (k_words[static_cast<std::size_t>(outcome)].kind) {
    case OutcomeKind::stock: return total / static_cast<double>(days);
    case OutcomeKind::index: return total / 1e6 / static_cast<double>(days * places);
    case OutcomeKind::count: return total;
    case OutcomeKind::amount: return total / 1e3;
  }
  return total;
}

}  // namespace throughline::simulate
