import type { JSX } from "preact";
import { Picture } from "../../parts/picture";
import { LegendLine } from "./legend_line";
import type { plot_lines, PlotLine, PlotLines } from "./plot_lines";

const load_lines = (): Promise<typeof plot_lines> => import("./plot_lines").then((module) => module.plot_lines);
const k_heights = { narrow: 260, wide: 320, print: 280 };

interface LinesPictureProps {
  data: PlotLines;
  label: string;
  caption: string;
}

// Values by period; where there are several lines, what each is.
export function LinesPicture({ data, label, caption }: LinesPictureProps): JSX.Element {
  return (
    <Picture
      load={load_lines}
      data={data}
      label={label}
      heights={k_heights}
      legend={data.lines.length < 2 ? null : <Legend lines={data.lines} />}
      caption={caption}
    />
  );
}

function Legend({ lines }: { lines: readonly PlotLine[] }): JSX.Element {
  return (
    <ul class="tl-legend" aria-label="What the lines are">
      {lines.map((line) => (
        <li key={line.name}>
          <LegendLine tone={line.tone} dash={line.dash} />
          {line.name}
        </li>
      ))}
    </ul>
  );
}
