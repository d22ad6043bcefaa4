import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SeriesAnswer } from "../../api/types";
import { Waiting } from "../../parts/problem_view";
import { months_without, points_of, type Point } from "./monthly_points";
import type { plot_months } from "./plot_months";
import type { Show } from "./state";
import { title_words, unit_words } from "./words";

type Draw = typeof plot_months;

const k_print_size = { width: 680, height: 260 };

function useDraw(): { draw: Draw | null; is_lost: boolean } {
  const [draw, setDraw] = useState<Draw | null>(null);
  const [is_lost, setLost] = useState(false);
  useEffect(() => {
    import("./plot_months").then((module) => setDraw(() => module.plot_months)).catch(() => setLost(true));
  }, []);
  return { draw, is_lost };
}

// Lines with their bands; the legend names colour, dash and mark of each area. A second copy, of the width of a page, is for paper.
export function MonthlyPicture({ answer, show }: { answer: SeriesAnswer; show: Show }): JSX.Element {
  const { draw, is_lost } = useDraw();
  const points = useMemo(() => points_of(answer, show), [answer, show]);
  if (is_lost) return <p class="tl-note">The picture could not be fetched; the table has the same figures.</p>;
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
    <figure class="tl-picture">
      <Legend answer={answer} />
      {draw === null ? (
        <Waiting what="Drawing" />
      ) : (
        <>
          <div class="tl-no-print">
            <Drawn draw={draw} points={points} label={label} />
          </div>
          <div class="tl-print-only">
            <Drawn draw={draw} points={points} label={label} is_print />
          </div>
        </>
      )}
      <figcaption class="tl-quiet">{caption_words(answer, points)}</figcaption>
    </figure>
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

interface DrawnProps {
  draw: Draw;
  points: readonly Point[];
  label: string;
  is_print?: boolean;
}

function Drawn({ draw, points, label, is_print = false }: DrawnProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element === null || is_print) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, [is_print]);
  useEffect(() => {
    const size = is_print ? k_print_size : { width, height: width < 520 ? 260 : 320 };
    if (size.width === 0) return;
    const picture = draw(points, label, size);
    picture.setAttribute("role", "img");
    place.current?.replaceChildren(picture);
  }, [draw, points, label, width, is_print]);
  return <div class="tl-picture__place" ref={place} />;
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
