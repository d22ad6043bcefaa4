import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Picture } from "../../parts/picture";
import type { plot_rows, PlotRows } from "./plot_rows";

const load_rows = (): Promise<typeof plot_rows> => import("./plot_rows").then((module) => module.plot_rows);
const k_row_height = 46;
const k_frame_height = 56;

interface RowsPictureProps {
  data: PlotRows;
  label: string;
  caption: string;
}

// Estimates below one another with their intervals; as high as it has rows.
export function RowsPicture({ data, label, caption }: RowsPictureProps): JSX.Element {
  const count = data.rows.length;
  const heights = useMemo(() => {
    const height = k_frame_height + count * k_row_height;
    return { narrow: height, wide: height, print: height };
  }, [count]);
  return (
    <div class="tl-rows">
      <Picture load={load_rows} data={data} label={label} heights={heights} caption={caption} />
    </div>
  );
}
