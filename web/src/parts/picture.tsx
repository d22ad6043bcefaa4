import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Waiting } from "./problem_view";

export interface PictureSize {
  width: number;
  height: number;
}

export type DrawPicture<Data> = (data: Data, label: string, size: PictureSize) => SVGElement | HTMLElement;

// How high it stands in a narrow window, in a wide one, and on paper.
export interface PictureHeights {
  narrow: number;
  wide: number;
  print: number;
}

interface PictureProps<Data> {
  // Fetches what draws; the same function at every rendering.
  load: () => Promise<DrawPicture<Data>>;
  data: Data;
  label: string; // What a screen reader says of it.
  heights: PictureHeights;
  legend?: ComponentChildren;
  caption: ComponentChildren;
}

const k_narrow = 520;
const k_print_width = 680;

// A picture that is drawn in the browser, at the width that there is. A second copy, of the width of a page, is for paper.
export function Picture<Data>({ load, data, label, heights, legend, caption }: PictureProps<Data>): JSX.Element {
  const [draw, setDraw] = useState<DrawPicture<Data> | null>(null);
  const [is_lost, setLost] = useState(false);
  useEffect(() => {
    load()
      .then((found) => setDraw(() => found))
      .catch(() => setLost(true));
  }, [load]);
  if (is_lost) return <p class="tl-note">The picture could not be fetched; the table has the same figures.</p>;
  return (
    <figure class="tl-picture">
      {legend}
      {draw === null ? (
        <Waiting what="Drawing" />
      ) : (
        <>
          <div class="tl-no-print">
            <Drawn draw={draw} data={data} label={label} heights={heights} />
          </div>
          <div class="tl-print-only">
            <Drawn draw={draw} data={data} label={label} heights={heights} is_print />
          </div>
        </>
      )}
      <figcaption class="tl-quiet">{caption}</figcaption>
    </figure>
  );
}

interface DrawnProps<Data> {
  draw: DrawPicture<Data>;
  data: Data;
  label: string;
  heights: PictureHeights;
  is_print?: boolean;
}

function Drawn<Data>({ draw, data, label, heights, is_print = false }: DrawnProps<Data>): JSX.Element {
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
    const size = is_print
      ? { width: k_print_width, height: heights.print }
      : { width, height: width < k_narrow ? heights.narrow : heights.wide };
    if (size.width === 0) return;
    const picture = draw(data, label, size);
    picture.setAttribute("role", "img");
    place.current?.replaceChildren(picture);
  }, [draw, data, label, width, heights, is_print]);
  return <div class="tl-picture__place" ref={place} />;
}
