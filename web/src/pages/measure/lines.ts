// What a trend can be asked of: lines of published series, and measures of the workspace.
import type { MeasureKnown, Report, Table } from "../../api/types";
import { with_dates_in_words } from "../../format/dates";
import { table_in, text_at } from "../../parts/report_parts";

export interface LineArea {
  name: string;
  runs_to: string;
}

export interface PublishedLine {
  name: string; // "drug_deaths.misuse".
  series: string; // The title of its series.
  title: string;
  runs_to: string;
  widest: string;
  areas: LineArea[];
  is_police_activity: boolean;
}

export interface LinesKnown {
  lines: readonly PublishedLine[];
  measures: readonly MeasureKnown[];
}

export function published_lines(report: Report): PublishedLine[] {
  const lines = table_in(report, "lines");
  const areas = table_in(report, "areas");
  if (lines === null || areas === null) return [];
  const areas_of = new Map<string, LineArea[]>();
  for (const row of areas.rows) {
    const name = text_at(areas, row, "line");
    const own = areas_of.get(name) ?? [];
    own.push({ name: text_at(areas, row, "area"), runs_to: text_at(areas, row, "runs_to") });
    areas_of.set(name, own);
  }
  return lines.rows.map((row) => ({
    name: text_at(lines, row, "line"),
    series: text_at(lines, row, "title"),
    title: text_at(lines, row, "line_title"),
    runs_to: text_at(lines, row, "runs_to"),
    widest: text_at(lines, row, "widest"),
    areas: areas_of.get(text_at(lines, row, "line")) ?? [],
    is_police_activity: text_at(lines, row, "caveats").split(" ").includes("POLICE_ACTIVITY"),
  }));
}

// Forces and regions are fewer; of local authorities there are over three hundred.
export const k_authorities_min = 100;

// What there is by local authority.
export function with_authorities(known: LinesKnown): LinesKnown {
  return {
    lines: known.lines.filter((each) => each.areas.length >= k_authorities_min),
    measures: known.measures.filter((each) => each.area_kinds.includes("local-authority")),
  };
}

// "drug_deaths" of "drug_deaths.misuse".
export function series_of(line: string): string {
  return line.split(".")[0] ?? line;
}

// A series with up to when it runs on its face: old figures never look current.
export function face_of(title: string, runs_to: string): string {
  return `${title} – up to ${with_dates_in_words(runs_to)}`;
}

// What somebody looks at, as it stands in the address: a published line, or a category of a measure.
export interface LineState {
  series: string;
  measure: string;
  category: string;
  area: string; // "": the page chooses.
}

export function read_line(query: URLSearchParams): LineState {
  const text = (name: string): string => query.get(name) ?? "";
  return { series: text("series"), measure: text("measure"), category: text("category"), area: text("area") };
}

export function write_line(state: LineState, query: URLSearchParams): void {
  for (const name of ["series", "measure", "category", "area"] as const) {
    if (state[name] === "") query.delete(name);
    else query.set(name, state[name]);
  }
}

// The line asked for, or nothing where there is none of that name. Without a name: the first that the police's own work does not make; where areas are to be compared,
// of such lines the one with the most.
export function line_asked(lines: readonly PublishedLine[], name: string, areas_min = 1): PublishedLine | null {
  const fits = (each: PublishedLine): boolean => each.areas.length >= areas_min;
  if (name !== "") {
    const named = lines.find((each) => each.name === name) ?? lines.find((each) => series_of(each.name) === name);
    return named ?? null;
  }
  return (
    first_with_most(
      lines.filter((each) => fits(each) && !each.is_police_activity),
      areas_min > 1,
    ) ??
    lines.find(fits) ??
    null
  );
}

function first_with_most(lines: readonly PublishedLine[], is_most: boolean): PublishedLine | undefined {
  if (!is_most) return lines[0];
  const most = Math.max(0, ...lines.map((each) => each.areas.length));
  return lines.find((each) => each.areas.length === most);
}

export function measure_asked(measures: readonly MeasureKnown[], name: string): MeasureKnown | null {
  return measures.find((each) => each.measure.name === name && each.first !== null) ?? null;
}

// The category asked for, or the first that drugs are in; the first of all where none is.
export function category_asked(known: MeasureKnown, category: string): string {
  if (category !== "") return category;
  const of_drugs = known.categories.find((each) => each.slug.includes("drug"));
  return (of_drugs ?? known.categories[0])?.slug ?? "all";
}

// The rows of a table that hold a word in a column, to be looked at beside the others.
export function rows_with(table: Table, column: string, wanted: (text: string) => boolean): Table {
  return { ...table, rows: table.rows.filter((row) => wanted(text_at(table, row, column))) };
}
