import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Report } from "../../api/types";
import { count_words } from "../../format/numbers";
import { authority_outlines } from "../../parts/authority_outlines";
import { Picture, type DrawPicture } from "../../parts/picture";
import { hot_places, k_circle_words, k_stands_words, name_key, type HotPlace, type Stands } from "./hotspots_rows";
import { on_a_plane } from "./outlines";

type DrawPlaces = DrawPicture<readonly HotPlace[]>;

async function load_places(): Promise<DrawPlaces> {
  const [{ plot_hotspots }, file] = await Promise.all([import("./plot_hotspots"), authority_outlines()]);
  const outlines = on_a_plane(file);
  return (places, label, size) => plot_hotspots({ outlines, places }, label, size);
}

const k_heights = { narrow: 400, wide: 620, print: 520 };
const k_circles = ["hot", "police_only"] as const;
const k_stands = ["hot", "police_only", "cold"] as const;

// Which places stand out, on the outlines of local authorities. It has no colour for a count.
export function HotspotsPicture({ report, title }: { report: Report; title: string }): JSX.Element {
  const drawn = useMemo(() => hot_places(report), [report]);
  return (
    <Picture
      load={load_places}
      data={drawn}
      label={`Map of ${count_words(drawn.length, "local authority", "local authorities")} for ${title}, by whether each stands out. The table holds the same places by name.`}
      heights={k_heights}
      legend={<StandsLegend drawn={drawn} />}
      caption="No colour stands for a count. Areas without a figure are the colour of the ground. Outlines: Office for National Statistics, OGL v3.0; © Crown copyright."
    />
  );
}

// Only what is drawn.
function StandsLegend({ drawn }: { drawn: readonly HotPlace[] }): JSX.Element {
  const has = (stands: Stands): boolean => drawn.some((each) => each.stands === stands);
  return (
    <ul class="tl-legend" aria-label="What the colours are">
      {k_stands.filter(has).map((stands) => (
        <li key={stands}>
          <span class={`tl-stands tl-stands--${name_key(stands)}`} aria-hidden="true" />
          {k_stands_words[stands]}
        </li>
      ))}
      <li>
        <span class="tl-stands" aria-hidden="true" />
        does not stand out among its neighbours
      </li>
      {k_circles
        .filter((circle) => drawn.some((each) => each.circle === circle))
        .map((circle) => (
          <li key={circle}>
            <span class={`tl-stands tl-stands--circle-${name_key(circle)}`} aria-hidden="true" />
            {k_circle_words[circle]}
          </li>
        ))}
    </ul>
  );
}
