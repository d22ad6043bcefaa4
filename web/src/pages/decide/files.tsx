import type { JSX } from "preact";
import { address_of } from "../../api/client";
import type { Comparison } from "../../api/types";

const k_files = [
  { name: "scenario.toml", words: "the scenario, as the command line reads it" },
  { name: "parameters.toml", words: "figures of your own" },
  { name: "differences.csv", words: "differences over the whole run, every outcome" },
  { name: "differences.xlsx", words: "the same as a workbook" },
  { name: "rivals.csv", words: "under each of the figures that sources do not agree on" },
  { name: "rivals.xlsx", words: "the same as a workbook" },
  { name: "periods.csv", words: "by period, everywhere" },
  { name: "periods.xlsx", words: "the same as a workbook" },
  { name: "places.csv", words: "by area, over the whole run and by period" },
  { name: "places.xlsx", words: "the same as a workbook" },
  { name: "description.md", words: "the model's description (ODD), as it was run" },
  { name: "manifest.json", words: "what it follows from: seed, versions and hashes" },
] as const;

// Everything that this run follows from and came to.
export function Files({ comparison, job }: { comparison: Comparison; job: string }): JSX.Element {
  const is_there = (name: string): boolean => {
    if (name === "parameters.toml") return comparison.parameters !== "";
    return !name.startsWith("rivals.") || comparison.over === "ensemble";
  };
  const files = k_files.filter((file) => is_there(file.name));
  return (
    <section class="tl-section" aria-labelledby="files-title">
      <h2 class="govuk-heading-m tl-no-print" id="files-title">
        Files
      </h2>
      <ul class="tl-plain-list tl-decide__files tl-no-print">
        {files.map((file) => (
          <li key={file.name}>
            <a
              class="govuk-link"
              href={address_of("/api/simulate/comparisons/{job}/files/{file}", { path: { job, file: file.name } })}
              download
            >
              {file.name}
            </a>{" "}
            <span class="tl-quiet">{file.words}</span>
          </li>
        ))}
      </ul>
      <div class="tl-print-only tl-verbatim">
        <p>The scenario, as the command line reads it:</p>
        <pre>{comparison.scenario}</pre>
      </div>
    </section>
  );
}
