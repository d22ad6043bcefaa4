// The outcomes in the groups that people ask by. Those of `first` stand there at once, the others when asked for.
export interface Group {
  title: string;
  first: readonly string[];
  more: readonly string[];
}

export const k_groups: readonly Group[] = [
  {
    title: "Children and adults exploited",
    first: [
      "children_carrying",
      "children_recruited",
      "children_arrested",
      "children_charged",
      "children_referred",
      "days_missing",
      "weeks_unpaid",
      "adults_carrying",
      "adults_arrested",
    ],
    more: ["missing_episodes", "adults_recruited", "weeks_worked"],
  },
  {
    title: "Lines and supply",
    first: [
      "lines_open",
      "lines_closed",
      "homes_taken_over",
      "heroin_price",
      "heroin_purity",
      "crack_price",
      "crack_purity",
    ],
    more: [
      "lines_internal",
      "lines_opened",
      "number_changes",
      "homes_taken",
      "local_sellers",
      "powder_price",
      "powder_purity",
      "cannabis_price",
      "cannabis_strength",
      "grows_found",
      "routes",
      "shipments",
      "grams_heroin_sold",
      "grams_crack_sold",
      "grams_powder_sold",
      "grams_cannabis_sold",
      "grams_imported",
      "pounds_lines_sold",
    ],
  },
  {
    title: "People who use",
    first: ["users_in_treatment", "users_waiting", "admissions_drugs", "deaths_users"],
    more: ["users_active", "users_stopped", "users_in_prison", "treatment_starts", "began_using"],
  },
  {
    title: "Violence by kind",
    first: ["fights", "robberies", "assaults_intoxicated", "homicides"],
    more: ["admissions_wounded"],
  },
  {
    title: "Enforcement, and what it records",
    first: ["controllers_arrested", "local_sellers_arrested", "violence_recorded", "drug_offences_recorded"],
    more: ["premises_closed", "shipments_seized", "grams_seized"],
  },
  { title: "Cost", first: ["cost_of_violence_pounds"], more: [] },
];

export function grouped_names(): string[] {
  return k_groups.flatMap((group) => [...group.first, ...group.more]);
}
