import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { DownloadLinks } from "./download_links";
import { TraceLink } from "./trace_link";

export type FigureLook = "picture" | "table";

interface FigureFrameProps {
  title: string;
  look: FigureLook;
  choose: (look: FigureLook) => void;
  picture: ComponentChildren;
  table: ComponentChildren;
  answer_address?: string;
  // The figure whose trace stands for the whole picture.
  trace?: string;
  chips?: ComponentChildren;
}

// A picture that always has its table: same data, same order, with its files and the way back to the rows.
export function FigureFrame(props: FigureFrameProps): JSX.Element {
  const id = useId();
  return (
    <section class="tl-figure" aria-labelledby={id}>
      <header class="tl-figure__head">
        <h2 class="govuk-heading-s" id={id}>
          {props.title}
        </h2>
        <div class="tl-toggle" role="group" aria-label={`${props.title}: picture or table`}>
          <button type="button" aria-pressed={props.look === "picture"} onClick={() => props.choose("picture")}>
            Picture
          </button>
          <button type="button" aria-pressed={props.look === "table"} onClick={() => props.choose("table")}>
            Table
          </button>
        </div>
      </header>
      {props.chips}
      <div class={props.look === "picture" ? "" : "tl-print-only"}>{props.picture}</div>
      <div class={props.look === "table" ? "" : "tl-print-only"}>{props.table}</div>
      <p class="tl-figure__foot">
        {props.answer_address !== undefined && <DownloadLinks answer_address={props.answer_address} of={props.title} />}
        {props.trace !== undefined && <TraceLink name={props.trace} of={`About ${props.title}`} />}
      </p>
    </section>
  );
}
