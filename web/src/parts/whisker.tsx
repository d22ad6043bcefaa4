import type { JSX } from "preact";
import { whisker_places, type WhiskerEnd, type WhiskerScale } from "./whisker_places";

interface WhiskerProps {
  low: number;
  high: number;
  at: number;
  scale: WhiskerScale; // The same in every row.
  tone?: string; // A class that gives it its colour.
}

// An interval with its middle about nought; the numbers stand beside it. What sticks out of the scale ends in an arrow.
export function Whisker({ low, high, at, scale, tone = "" }: WhiskerProps): JSX.Element {
  const drawn = whisker_places(low, high, at, scale);
  return (
    <svg class={`tl-whisker ${tone}`} width="100%" height="18" aria-hidden="true">
      <NoughtLine at={drawn.nought} />
      <line x1={`${drawn.low.at}%`} x2={`${drawn.high.at}%`} y1="9" y2="9" stroke-width="2" />
      <End end={drawn.low} arrow="◂" />
      <End end={drawn.high} arrow="▸" />
      <circle cx={`${drawn.middle}%`} cy="9" r="4" />
    </svg>
  );
}

// Nought alone, where there is no interval.
export function NoWhisker({ scale }: { scale: WhiskerScale }): JSX.Element {
  return (
    <svg class="tl-whisker" width="100%" height="18" aria-hidden="true">
      <NoughtLine at={whisker_places(0, 0, 0, scale).nought} />
    </svg>
  );
}

function NoughtLine({ at }: { at: number }): JSX.Element {
  return <line class="tl-whisker__base" x1={`${at}%`} x2={`${at}%`} y1="1" y2="17" />;
}

function End({ end, arrow }: { end: WhiskerEnd; arrow: string }): JSX.Element {
  return end.is_out ? (
    <text class="tl-whisker__out" x={`${end.at}%`} y="13" text-anchor="middle">
      {arrow}
    </text>
  ) : (
    <line x1={`${end.at}%`} x2={`${end.at}%`} y1="4" y2="14" stroke-width="2" />
  );
}
