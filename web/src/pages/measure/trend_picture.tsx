import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Report } from "../../api/types";
import { Picture } from "../../parts/picture";
import { LegendLine } from "./legend_line";
import type { plot_trend } from "./plot_trend";
import { picture_of_trend, type TrendPicture, type TrendShow } from "./trend_points";

const load_trend = (): Promise<typeof plot_trend> => import("./plot_trend").then((module) => module.plot_trend);
const k_heights = { narrow: 280, wide: 360, print: 280 };

export const k_show_words: Record<TrendShow, string> = {
  rate: "Per 100,000 residents",
  index: "Index",
  count: "Counts",
};

interface TrendPictureProps {
  report: Report;
  show: TrendShow;
  title: string;
}

export function TrendPictureView({ report, show, title }: TrendPictureProps): JSX.Element {
  const drawn = useMemo(() => picture_of_trend(report, show), [report, show]);
  if (drawn === null || drawn.points.every((point) => point.value === null)) {
    return (
      <p class="tl-cannot">
        <strong>Cannot tell.</strong> No year of this line is whole; the table says which periods there are.
      </p>
    );
  }
  return (
    <Picture
      load={load_trend}
      data={drawn}
      label={`Line of ${title}, ${k_show_words[show].toLowerCase()}, by period. The table holds the same figures.`}
      heights={k_heights}
      legend={<TrendLegend drawn={drawn} />}
      caption={caption_words(drawn)}
    />
  );
}

function caption_words({ points, breaks }: TrendPicture): string {
  return [
    "The band is the 95 per cent interval.",
    points.some((point) => point.value === null && point.is_whole)
      ? "The line is broken where nobody counted the residents of the year."
      : "",
    points.some((point) => point.value === null && !point.is_whole)
      ? "The line is broken where a year is not whole: absent is not nought."
      : "",
    points.some((point) => point.is_grey) ? "Grey: not complete, and not to be compared." : "",
    breaks.length > 0 ? "Upright lines are breaks: what stands before one and after it may be counted otherwise." : "",
  ]
    .filter((each) => each !== "")
    .join(" ");
}

// What the lines are; only of those that are drawn.
function TrendLegend({ drawn }: { drawn: TrendPicture }): JSX.Element | null {
  const has = (is_through: boolean): boolean => drawn.readings.some((each) => each.is_through === is_through);
  if (drawn.readings.length === 0) return null;
  return (
    <ul class="tl-legend" aria-label="What the lines are">
      {has(true) && (
        <li>
          <LegendLine tone={2} dash="7 3" />
          change read through the break
        </li>
      )}
      {has(false) && (
        <li>
          <LegendLine tone={3} dash="" />
          change read before it, and from it on
        </li>
      )}
    </ul>
  );
}
