import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { SeriesAnswer } from "../../api/types";
import { Picture } from "../../parts/picture";
import { months_without, points_of, type Point } from "./monthly_points";
import type { plot_months } from "./plot_months";
import type { Show } from "./state";
import { title_words, unit_words } from "./words";

const load_months = (): Promise<typeof plot_months> => import("./plot_months").then((module) => module.plot_months);
const k_heights = { narrow: 260, wide: 320, print: 260 };

// Lines with their bands; the legend names colour, dash and mark of each area.
export function MonthlyPicture({ answer, show }: { answer: SeriesAnswer; show: Show }): JSX.Element {
  const points = useMemo(() => points_of(answer, show), [answer, show]);
  if (points.every((point) => point.value === null)) {
    const reason = show === "rate" ? answer.figures[0]?.rate_refusal?.reason : answer.figures[0]?.refusal?.reason;
    return (
      <p class="tl-cannot">
        <strong>Cannot tell.</strong> {reason ?? "There is no figure of any month"}.
      </p>
    );
  }
  const label = `Lines of ${title_words(answer)}, month by month, ${unit_words(answer, show)}. The table holds the same figures.`;
  return (
    <Picture
      load={load_months}
      data={points}
      label={label}
      heights={k_heights}
      legend={<Legend answer={answer} />}
      caption={caption_words(answer, points)}
    />
  );
}

function caption_words(answer: SeriesAnswer, points: readonly Point[]): string {
  const vintage = answer.caveats.find((caveat) => caveat.code === "VINTAGE");
  return [
    "Bands are 95 per cent intervals.",
    months_without(points).length > 0 ? "Hatched months were not received: absent is not nought." : "",
    vintage === undefined || vintage.details.length === 0 ? "" : `Editions: ${vintage.details.join("; ")}.`,
  ]
    .filter((each) => each !== "")
    .join(" ");
}

const k_marks = [
  "M-4.5,0A4.5,4.5,0,1,0,4.5,0A4.5,4.5,0,1,0,-4.5,0Z",
  "M-4,-4H4V4H-4Z",
  "M0,-5L4.6,3.5H-4.6Z",
  "M0,-5.5L3.6,0L0,5.5L-3.6,0Z",
  "M0,-5.5L1.3,-1.8L5.2,-1.7L2.1,0.7L3.2,4.5L0,2.2L-3.2,4.5L-2.1,0.7L-5.2,-1.7L-1.3,-1.8Z",
  "M-4.6,0L-2.3,-4L2.3,-4L4.6,0L2.3,4L-2.3,4Z",
];

const k_dashes = ["", "7 3", "2 3", "9 3 2 3", "5 2 1 2 1 2", "12 4"];

function Legend({ answer }: { answer: SeriesAnswer }): JSX.Element {
  return (
    <ul class="tl-legend" aria-label="What the lines are">
      {answer.areas.map((area, index) => (
        <li key={area.code}>
          <svg class={`tl-stroke--${index + 1}`} width="36" height="14" viewBox="-18 -7 36 14" aria-hidden="true">
            <line x1="-18" x2="18" y1="0" y2="0" stroke-width="2" stroke-dasharray={k_dashes[index]} />
            <path d={k_marks[index] ?? ""} />
          </svg>
          {area.name}
        </li>
      ))}
      <svg width="0" height="0" class="tl-defs" aria-hidden="true">
        <defs>
          <pattern id="tl-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" class="tl-hatch__line" />
          </pattern>
        </defs>
      </svg>
    </ul>
  );
}
