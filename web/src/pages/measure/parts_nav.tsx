import type { JSX } from "preact";
import { PartsNav } from "../../parts/page_head";

const k_parts = [
  { words: "Figures", href: "/measure" },
  { words: "An area's profile", href: "/measure/profile" },
  { words: "Trends", href: "/measure/trend" },
  { words: "Places compared", href: "/measure/places" },
  { words: "Alerts", href: "/measure/alerts" },
  { words: "Hot spots", href: "/measure/hotspots" },
  { words: "Harm index", href: "/measure/index" },
  { words: "The unseen", href: "/measure/hidden" },
  { words: "Who is searched", href: "/measure/disparity" },
  { words: "Sentinel", href: "/measure/sentinel" },
  { words: "Before and after", href: "/measure/lag" },
  { words: "Definitions", href: "/measure/definitions" },
  { words: "Plans", href: "/measure/plan" },
  { words: "Claims", href: "/measure/claims" },
];

export function MeasureNav({ here }: { here: string }): JSX.Element {
  return (
    <div class="tl-no-print">
      <PartsNav name="Parts of Measure" parts={k_parts.map((part) => ({ ...part, is_here: part.href === here }))} />
    </div>
  );
}
