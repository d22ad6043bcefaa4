import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { signed_words } from "../../format/numbers";
import { authority_outlines } from "../../parts/authority_outlines";
import { Waiting } from "../../parts/problem_view";
import type { AreaRow } from "./areas_figure";
import { shapes_of, type Outlines, type Shape } from "./map_shapes";
import { decimals_of, verdict_of, verdict_words, type Outcome, type Verdict } from "./words";

const k_radius_most = 30;
const k_radius_least = 7;
// More names than this cannot be read side by side.
const k_named_most = 24;

const k_marks: Record<Verdict, string> = { more: "▲", less: "▼", "cannot tell": "?", same: "" };

function useOutlines(): { outlines: Outlines | null; is_lost: boolean } {
  const [outlines, setOutlines] = useState<Outlines | null>(null);
  const [is_lost, setLost] = useState(false);
  useEffect(() => {
    let is_left = false;
    authority_outlines()
      .then((read) => !is_left && setOutlines(read))
      .catch(() => !is_left && setLost(true));
    return () => {
      is_left = true;
    };
  }, []);
  return { outlines, is_lost };
}

interface AreasMapProps {
  rows: readonly AreaRow[];
  most: number;
  outcome: Outcome;
  when: string;
  sets: number | null; // Of parameters; null over one.
}

// A mark for each area, as large as its difference: up, down, or a question mark. No colour stands for a count alone.
export function AreasMap({ rows, most, outcome, when, sets }: AreasMapProps): JSX.Element {
  const { outlines, is_lost } = useOutlines();
  const codes = rows.map((row) => row.code).join(" ");
  const drawn = useMemo(
    () => (outlines === null ? null : shapes_of(outlines, new Set(codes.split(" ")))),
    [outlines, codes],
  );
  if (is_lost) return <p class="tl-note">The outlines could not be fetched; the table has the same figures.</p>;
  if (drawn === null) return <Waiting what="Drawing the map" />;
  const by_code = new Map(rows.map((row) => [row.code, row]));
  const own = drawn.shapes.filter((shape) => shape.is_of_world);
  const label = `Map of the difference in ${outcome.what}, ${when}. The table holds the same figures.`;
  return (
    <figure class="tl-picture tl-decide__map">
      <svg role="img" aria-label={label} viewBox={`0 0 ${drawn.width.toFixed(0)} ${drawn.height.toFixed(0)}`}>
        {drawn.shapes.map((shape) => (
          <path
            key={shape.code}
            d={shape.path}
            class={`tl-decide__land${shape.is_of_world ? " tl-decide__land--own" : ""}${
              by_code.get(shape.code)?.is_acted_on === true ? " tl-decide__land--acted" : ""
            }`}
          />
        ))}
        {own.map((shape) => {
          const row = by_code.get(shape.code);
          return row === undefined ? null : (
            <Mark
              key={shape.code}
              shape={shape}
              row={row}
              most={most}
              outcome={outcome}
              is_named={own.length <= k_named_most}
            />
          );
        })}
      </svg>
      <figcaption class="tl-quiet">
        <span class="tl-decide__key">
          <span class="tl-decide__sample tl-decide__sample--more" aria-hidden="true">
            ▲
          </span>
          more
        </span>
        <span class="tl-decide__key">
          <span class="tl-decide__sample tl-decide__sample--less" aria-hidden="true">
            ▼
          </span>
          less
        </span>
        <span class="tl-decide__key">
          <span class="tl-decide__sample tl-decide__sample--cannot-tell" aria-hidden="true">
            ?
          </span>
          {sets === null ? "cannot tell from chance" : `cannot tell: the ${sets} sets do not agree`}
        </span>
        <span>A mark is as large as the difference. Areas that are acted on have a thick border.</span>
      </figcaption>
    </figure>
  );
}

interface MarkProps {
  shape: Shape;
  row: AreaRow;
  most: number;
  outcome: Outcome;
  is_named: boolean;
}

function Mark({ shape: { at }, row, most, outcome, is_named }: MarkProps): JSX.Element {
  const verdict = verdict_of(row);
  const size = most === 0 ? 0 : Math.sqrt(Math.abs(row.difference) / most);
  const radius = verdict === "same" ? 3 : Math.max(k_radius_least, k_radius_most * size);
  const words = `${row.name}: ${signed_words(row.difference, decimals_of(outcome, row))}, ${verdict_words(verdict)}`;
  return (
    <g class={`tl-decide__mark tl-decide__mark--${verdict.replace(" ", "-")}`} data-area={row.code}>
      <title>{words}</title>
      <circle cx={at.x} cy={at.y} r={radius} />
      <text class="tl-decide__sign" x={at.x} y={at.y} dy="0.35em" text-anchor="middle">
        {k_marks[verdict]}
      </text>
      {is_named && (
        <text class="tl-decide__name" x={at.x} y={at.y + radius + 15} text-anchor="middle">
          {row.name}
        </text>
      )}
    </g>
  );
}
