// The scenario and the parameters as the files that the command line reads: they are what is sent, and what is downloaded.
import type { Setting, Step } from "./state";

// A basic string: control characters have no place in it, and are not sent.
export function toml_text(text: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${text
    .replace(/[\u0000-\u001f\u007f]/g, " ")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')}"`;
}

// A number as typed where it is one; any other word as a text, for the reader to name with its line.
function number_text(typed: string): string {
  const text = typed.trim().replace(/^\+/, "");
  if (/^-?\d+(\.\d+)?([eE]-?\d+)?$/.test(text)) return text.replace(/^(-?)0+(?=\d)/, "$1");
  return /^-?\.\d+$/.test(text) ? text.replace(".", "0.") : toml_text(text);
}

// Likewise a day.
function day_text(typed: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : toml_text(typed);
}

function step_lines(step: Step): string[] {
  const areas = step.areas.length === 0 ? [] : [`areas = [${step.areas.map(toml_text).join(", ")}]`];
  if (step.kind === "strike") {
    return [
      "[[strike]]",
      `target = ${toml_text(step.target)}`,
      `share = ${number_text(step.share)}`,
      `date = ${day_text(step.date)}`,
      ...areas,
    ];
  }
  return [
    "[[change]]",
    `lever = ${toml_text(step.lever)}`,
    `multiply = ${number_text(step.multiply)}`,
    ...(step.from === "" ? [] : [`from = ${day_text(step.from)}`]),
    ...(step.until === "" ? [] : [`until = ${day_text(step.until)}`]),
    ...areas,
  ];
}

export function scenario_toml(name: string, steps: readonly Step[]): string {
  const blocks = [[`name = ${toml_text(name === "" ? "A change" : name)}`], ...steps.map(step_lines)];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

export function parameters_toml(settings: readonly Setting[]): string {
  return settings.map(({ name, value }) => `${name} = ${number_text(value)}\n`).join("");
}
