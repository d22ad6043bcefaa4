// Which alerts are looked at.
import type { Table } from "../../api/types";
import { text_at } from "../../parts/report_parts";

export type AlertShow = "all" | "outstanding" | "not_police_alone";

export const k_alert_shows: readonly { value: AlertShow; words: string }[] = [
  { value: "all", words: "All" },
  { value: "outstanding", words: "Those that stand out among all of their period (p among all below 0.05)" },
  { value: "not_police_alone", words: "Those that are not in the police's own work alone" },
];

const k_rate_of_false_discoveries = 0.05;

// A sum over periods has no p of its own, so that it cannot be seen to stand out.
function stands_out(adjusted: string): boolean {
  return adjusted !== "" && Number(adjusted) < k_rate_of_false_discoveries;
}

export function alerts_shown(table: Table, show: AlertShow): Table {
  if (show === "all") return table;
  const is_shown = (row: Table["rows"][number]): boolean =>
    show === "outstanding" ? stands_out(text_at(table, row, "adjusted")) : text_at(table, row, "police_only") === "";
  return { ...table, rows: table.rows.filter(is_shown), empty_text: "No alert is of this kind." };
}
