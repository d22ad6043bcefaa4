// Hot spots as they are drawn and told.
import type { Column, Report, Table, Value } from "../../api/types";
import { count_words, number_words } from "../../format/numbers";
import { number_at, number_or_null, table_in, text_at, without_columns } from "../../parts/report_parts";

export type Stands = "hot" | "police_only" | "cold" | "";

export interface HotPlace {
  key: string; // What all spellings of its name have in common.
  stands: Stands;
  circle: "" | "hot" | "police_only"; // What the circle that it lies in is, where that is more than chance.
  words: string;
}

// An area's name without what spellings differ in: King's Lynn and King’s Lynn.
export function name_key(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

type Row = Table["rows"][number];

function stands_of(places: Table, row: Row): Stands {
  if (text_at(places, row, "police_only") !== "") return "police_only";
  const stands = text_at(places, row, "stands_out");
  return stands === "hot" || stands === "cold" ? stands : "";
}

export const k_stands_words: Record<Exclude<Stands, "">, string> = {
  hot: "hot among its neighbours",
  police_only: "hot only in police activity",
  cold: "cold among its neighbours",
};

export const k_circle_words: Record<Exclude<HotPlace["circle"], "">, string> = {
  hot: "in a circle beyond chance",
  police_only: "in a circle that is hot only in police activity",
};

// By the name of the centre, whether a circle is hot in police activity alone.
function circles_of_police(clusters: Table): Set<string> {
  const of_police = clusters.rows.filter((row) => text_at(clusters, row, "police_only") !== "");
  return new Set(of_police.map((row) => text_at(clusters, row, "centre")));
}

export function hot_places(report: Report): HotPlace[] {
  const [clusters, places] = [table_in(report, "clusters"), table_in(report, "places")];
  if (places === null) return [];
  const of_police = clusters === null ? new Set<string>() : circles_of_police(clusters);
  return places.rows.map((row) => {
    const name = text_at(places, row, "place");
    const stands = stands_of(places, row);
    const circle = text_at(places, row, "circle");
    const people = number_or_null(places, row, "population");
    const counted = `${number_words(number_at(places, row, "count"))} counted${people === null ? "" : `, ${number_words(people)} residents`}`;
    return {
      key: name_key(name),
      stands,
      circle: circle === "" ? "" : of_police.has(circle) ? "police_only" : "hot",
      words: [
        name,
        counted,
        stands === "" ? "does not stand out among its neighbours" : k_stands_words[stands],
        ...(circle === ""
          ? []
          : [`in the circle about ${circle}${of_police.has(circle) ? ", hot only in police activity" : ""}`]),
      ].join("\n"),
    };
  });
}

export type PlacesShown = "all" | "standing_out";

// Places that stand out among their neighbours or lie in a circle that is more than chance.
export function places_shown(places: Table, shown: PlacesShown): Table {
  if (shown === "all") return places;
  return {
    ...places,
    rows: places.rows.filter((row) => stands_of(places, row) !== "" || text_at(places, row, "circle") !== ""),
    empty_text: "No place stands out.",
  };
}

// Of counts that the police's own work does not make nothing is marked, and the column of the mark says nothing.
export function without_idle_mark(table: Table): Table {
  const is_marked = table.rows.some((row) => text_at(table, row, "police_only") !== "");
  return is_marked ? table : without_columns(table, ["police_only"]);
}

function ratio_words(circles: Table, row: Row): Value {
  const [ratio, low, high] = ["risk", "low", "high"].map((each) => number_or_null(circles, row, `independent_${each}`));
  if (ratio == null || low == null) return null;
  const reach = high == null ? "and more" : `to ${number_words(high, 2)}`;
  return `${number_words(ratio, 2)} (${number_words(low, 2)} ${reach})`;
}

// The rate of the count beside it and its interval in one column: a rate alone is taken for more than it is.
export function with_interval_beside(circles: Table): Table {
  const at = circles.columns.findIndex((each) => each.name === "independent_risk");
  if (at < 0) return circles;
  const columns = circles.columns.map((each, place): Column =>
    place === at ? { ...each, heading: "Beside it", kind: "text" } : each,
  );
  const rows = circles.rows.map((row) => row.map((cell, place) => (place === at ? ratio_words(circles, row) : cell)));
  return without_columns({ ...circles, columns, rows }, ["independent_low", "independent_high"]);
}

const k_chance = 0.05;

export interface HotCounts {
  circles: number; // That chance alone makes in at most one of twenty searches.
  circles_of_police: number; // Of them, hot only in police activity.
  hot: number;
  hot_of_police: number;
  cold: number;
}

export function hot_counts(report: Report): HotCounts {
  const [clusters, places] = [table_in(report, "clusters"), table_in(report, "places")];
  const striking = (clusters?.rows ?? []).filter(
    (row) => clusters !== null && number_at(clusters, row, "p_value") <= k_chance,
  );
  const found = places === null ? [] : places.rows.map((row) => stands_of(places, row));
  return {
    circles: striking.length,
    circles_of_police: striking.filter((row) => clusters !== null && text_at(clusters, row, "police_only") !== "")
      .length,
    hot: found.filter((each) => each === "hot" || each === "police_only").length,
    hot_of_police: found.filter((each) => each === "police_only").length,
    cold: found.filter((each) => each === "cold").length,
  };
}

function of_police_words(of_police: number, all: number): string {
  if (of_police === 0) return "";
  return of_police === all
    ? ", in police activity only"
    : `, ${number_words(of_police)} of them in police activity only`;
}

// "2 circles hold more than their share, in police activity only. 3 places are hot among their neighbours, 1 is cold."
export function hot_words(counts: HotCounts): string {
  const { circles, circles_of_police, hot, hot_of_police, cold } = counts;
  const of_circles =
    circles === 0
      ? "No circle holds more than its share beyond what chance makes."
      : `${count_words(circles, "circle holds", "circles hold")} more than ${circles === 1 ? "its" : "their"} share beyond what chance makes${of_police_words(circles_of_police, circles)}.`;
  const of_places =
    hot + cold === 0
      ? "No place stands out among its neighbours."
      : `${count_words(hot, "place is", "places are")} hot among ${hot === 1 ? "its" : "their"} neighbours${of_police_words(hot_of_police, hot)}; ${number_words(cold)} ${cold === 1 ? "is" : "are"} cold.`;
  return `${of_circles} ${of_places}`;
}
