import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Area, MeasureKnown } from "../../api/types";
import { useAnswer, type Answered } from "../../api/use_answer";
import { with_dates_in_words } from "../../format/dates";
import { Select, type Choice, type ChoiceGroup } from "../../parts/select";
import {
  category_asked,
  face_of,
  line_asked,
  measure_asked,
  published_lines,
  series_of,
  type LinesKnown,
  type LineState,
  type PublishedLine,
} from "./lines";

// What is looked at, found in what there is.
export interface LineAsked {
  line: PublishedLine | null; // One of the two.
  known: MeasureKnown | null;
  category: string;
  area: string;
  // What is named in the address and is not there: the program says what is nearest.
  unknown: { series?: string; measure?: string };
}

// Both lists, or why they are not there. A workspace of which nothing can be measured still has the published series.
export function useLines(): Answered<LinesKnown> {
  const published = useAnswer("/api/trend/lines");
  const measures = useAnswer("/api/measures");
  const body = useMemo((): LinesKnown | null => {
    if (published.body === null || (measures.body === null && measures.problem === null)) return null;
    const received = (measures.body?.measures ?? []).filter((each) => each.first !== null);
    return { lines: published_lines(published.body), measures: received };
  }, [published.body, measures.body, measures.problem]);
  return { ...published, body };
}

export function asked_of(state: LineState, known: LinesKnown, areas_min = 1): LineAsked {
  const measure = measure_asked(known.measures, state.measure);
  if (measure !== null) {
    const area = state.area === "" ? (measure.received[0]?.area ?? "") : state.area;
    return { line: null, known: measure, category: category_asked(measure, state.category), area, unknown: {} };
  }
  const rest = { known: null, category: state.category, area: state.area };
  if (state.measure !== "") return { ...rest, line: null, unknown: { measure: state.measure } };
  const line = line_asked(known.lines, state.series, areas_min);
  if (line === null) return { ...rest, line, unknown: state.series === "" ? {} : { series: state.series } };
  return { ...rest, line, category: "", area: state.area === "" ? line.widest : state.area, unknown: {} };
}

// How the program is asked for it.
export function query_of_line({ line, known, category, area, unknown }: LineAsked): {
  series?: string;
  measure?: string;
  category?: string;
  area?: string;
} {
  if (known !== null) return { measure: known.measure.name, category, area };
  return line === null ? unknown : { series: line.name, area };
}

// "Deaths related to drug poisoning, drug misuse, Wales – up to 2018": an area may end before its line does.
export function face_of_asked_in_area(asked: LineAsked): string {
  const { line, known, area } = asked;
  if (line === null) {
    const name = known?.received.find((each) => each.area === area)?.name;
    return name === undefined ? face_of_asked(asked) : `${name}: ${face_of_asked(asked)}`;
  }
  const own = line.areas.find((each) => each.name === area);
  return own === undefined ? face_of_asked(asked) : face_of(`${line.series}, ${line.title}, ${area}`, own.runs_to);
}

// "Deaths related to drug poisoning, drug misuse – up to 2018".
export function face_of_asked({ line, known, category }: LineAsked): string {
  if (line !== null) return face_of(`${line.series}, ${line.title}`, line.runs_to);
  if (known === null) return "";
  const words = known.categories.find((each) => each.slug === category)?.words ?? category;
  return face_of(`${known.measure.title}, ${words}`, known.last ?? "");
}

interface LineChoiceProps {
  known: LinesKnown;
  asked: LineAsked;
  choose: (state: LineState) => void;
  // Whether one area is chosen too, and all may be.
  has_area?: boolean;
  areas_min?: number;
}

const k_nothing: LineState = { series: "", measure: "", category: "", area: "" };

// Which series, which line of it, and of which area. Each says up to when it runs.
export function LineChoice({ known, asked, choose, has_area = false, areas_min = 1 }: LineChoiceProps): JSX.Element {
  const lines = known.lines.filter((each) => each.areas.length >= areas_min);
  const series = series_chosen(asked);
  const choose_series = (value: string): void => {
    if (value.startsWith("measure:")) return choose({ ...k_nothing, measure: value.slice("measure:".length) });
    const first = lines.find((each) => series_of(each.name) === value);
    return choose({ ...k_nothing, series: first?.name ?? value });
  };
  return (
    <div class="tl-line-choice tl-no-print">
      <Select
        id="line-series"
        label="Series"
        value={series}
        groups={series_groups(lines, known.measures)}
        choose={choose_series}
      />
      {asked.known === null ? (
        <Select
          id="line-line"
          label="What is counted"
          value={asked.line?.name ?? asked.unknown.series ?? ""}
          groups={[{ label: "", choices: line_choices(lines, series) }]}
          choose={(line) => choose({ ...k_nothing, series: line, area: asked.area })}
        />
      ) : (
        <Select
          id="line-category"
          label="What is counted"
          value={asked.category}
          groups={[
            { label: "", choices: asked.known.categories.map((each) => ({ value: each.slug, words: each.words })) },
          ]}
          choose={(category) =>
            choose({ ...k_nothing, measure: asked.known?.measure.name ?? "", category, area: asked.area })
          }
        />
      )}
      {has_area && <AreaChoice asked={asked} choose={choose} />}
    </div>
  );
}

function series_chosen({ line, known, unknown }: LineAsked): string {
  const measure = known?.measure.name ?? unknown.measure;
  return measure === undefined ? series_of(line?.name ?? unknown.series ?? "") : `measure:${measure}`;
}

function series_groups(lines: readonly PublishedLine[], measures: readonly MeasureKnown[]): ChoiceGroup[] {
  const published = new Map<string, Choice>();
  for (const each of lines) {
    const value = series_of(each.name);
    if (!published.has(value)) published.set(value, { value, words: face_of(each.series, each.runs_to) });
  }
  const groups = [{ label: "Published series", choices: [...published.values()] }];
  const received = measures.map(({ measure, last }) => ({
    value: `measure:${measure.name}`,
    words: face_of(measure.title, last ?? ""),
  }));
  return received.length === 0 ? groups : [...groups, { label: "Received here", choices: received }];
}

function line_choices(lines: readonly PublishedLine[], series: string): Choice[] {
  return lines
    .filter((each) => series_of(each.name) === series)
    .map((each) => ({ value: each.name, words: face_of(each.title, each.runs_to) }));
}

function AreaChoice({ asked, choose }: { asked: LineAsked; choose: (state: LineState) => void }): JSX.Element {
  const received = useReceivedAreas(asked.known);
  const own = { ...k_nothing, series: asked.line?.name ?? "", measure: asked.known?.measure.name ?? "" };
  const category = asked.known === null ? "" : asked.category;
  const groups = asked.line === null ? received : [{ label: "", choices: published_areas(asked.line) }];
  return (
    <Select
      id="line-area"
      label="Area"
      value={asked.area}
      groups={groups}
      choose={(area) => choose({ ...own, category, area })}
    />
  );
}

// An area that ends before its line does says so.
function published_areas(line: PublishedLine): Choice[] {
  return line.areas.map(({ name, runs_to }) => ({
    value: name,
    words: runs_to === line.runs_to ? name : `${name} – up to ${with_dates_in_words(runs_to)}`,
  }));
}

function choices_of(areas: readonly Area[] | undefined): Choice[] {
  return (areas ?? []).filter((each) => each.is_received).map((each) => ({ value: each.code, words: each.name }));
}

function useReceivedAreas(known: MeasureKnown | null): ChoiceGroup[] {
  const measure = known?.measure.name ?? "";
  const has = (kind: "force" | "local-authority"): boolean => known?.area_kinds.includes(kind) ?? false;
  const forces = useAnswer(has("force") ? "/api/areas" : null, { query: { kind: "force", measure } });
  const authorities = useAnswer(has("local-authority") ? "/api/areas" : null, {
    query: { kind: "local-authority", measure },
  });
  return [
    { label: "Police force areas", choices: choices_of(has("force") ? forces.body?.areas : []) },
    { label: "Local authorities", choices: choices_of(has("local-authority") ? authorities.body?.areas : []) },
  ].filter((group) => group.choices.length > 0);
}
