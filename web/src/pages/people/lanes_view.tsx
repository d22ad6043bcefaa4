import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Table } from "../../api/types";
import { day_words, month_words } from "../../format/dates";
import { DataTable } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { CapacityMark } from "./capacity";
import { lanes_of, share_at, span_of, ticks_of, type Lane, type Span } from "./lanes";

interface TimelineProps {
  story: Table;
  answer_address: string;
}

export function Timeline({ story, answer_address }: TimelineProps): JSX.Element {
  const [look, setLook] = useState<FigureLook>("picture");
  return (
    <FigureFrame
      title="What happened, in lanes"
      look={look}
      choose={setLook}
      picture={<Lanes lanes={lanes_of(story)} />}
      table={
        <DataTable
          table={story}
          caption="What happened"
          answer_address={answer_address}
          show={(value, column) =>
            column.name === "capacity" && typeof value === "string" ? <CapacityMark capacity={value} /> : null
          }
        />
      }
    />
  );
}

function lane_words({ title, dated, elsewhere }: Lane): string {
  const days = dated.map(({ day, what }) => `${day_words(day)} ${what}`);
  const others = elsewhere.map((agency) => `also at ${agency}`);
  const all = [...days, ...others];
  return `${title}: ${all.length === 0 ? "nothing received" : all.join(", ")}`;
}

function Lanes({ lanes }: { lanes: Lane[] }): JSX.Element {
  const span = span_of(lanes);
  return (
    <div class={`tl-lanes${lanes.some(({ elsewhere }) => elsewhere.length > 0) ? " tl-lanes--shared" : ""}`}>
      <div role="img" aria-label={lanes.map(lane_words).join(". ")}>
        {lanes.map((lane) => (
          <LaneView key={lane.name} lane={lane} span={span} />
        ))}
        {span !== null && <Axis span={span} />}
      </div>
      <p class="tl-quiet">
        Days are shown of your own agency’s records alone; of others’, that there is something, and whom to ring.
      </p>
    </div>
  );
}

// Where anything is held elsewhere, it has a column of its own: words over the marks would hide days.
function LaneView({ lane, span }: { lane: Lane; span: Span | null }): JSX.Element {
  const is_empty = lane.dated.length === 0 && lane.elsewhere.length === 0;
  return (
    <div class={`tl-lane tl-lane--${lane.name}`}>
      <span class="tl-lane__title">{lane.title}</span>
      <div class="tl-lane__track">
        {span !== null &&
          lane.dated.map((each, at) => (
            <span
              key={at}
              class="tl-lane__mark"
              style={{ left: `${(share_at(span, each.day) * 100).toFixed(2)}%` }}
              title={`${day_words(each.day)}, ${each.what} (${each.agency})`}
            />
          ))}
        {is_empty && <span class="tl-lane__empty">nothing received</span>}
      </div>
      {lane.elsewhere.length > 0 && <span class="tl-lane__elsewhere">also at {lane.elsewhere.join(", ")}</span>}
    </div>
  );
}

// From here on a tick's words stand to its left, so that they stay on the page.
const k_ends_at = 0.85;

function Axis({ span }: { span: Span }): JSX.Element {
  return (
    <div class="tl-lane tl-lane--axis">
      <span class="tl-lane__title" />
      <div class="tl-lane__track">
        {ticks_of(span).map((day) => {
          const share = share_at(span, day);
          return (
            <span
              key={day}
              class={`tl-lane__tick${share > k_ends_at ? " tl-lane__tick--end" : ""}`}
              style={{ left: `${(share * 100).toFixed(2)}%` }}
            >
              {month_words(day.slice(0, 7))}
            </span>
          );
        })}
      </div>
    </div>
  );
}
