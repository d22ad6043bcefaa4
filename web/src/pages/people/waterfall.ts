// The evidence of a link as steps: each begins where the one before it ended.
import type { Table } from "../../api/types";
import { number_at, text_at } from "../../parts/report_parts";

export interface Step {
  comparison: string;
  finding: string;
  bits: number;
  from: number;
  to: number;
}

export function steps_of(evidence: Table): Step[] {
  let at = 0;
  return evidence.rows.map((row) => {
    const bits = number_at(evidence, row, "bits");
    const step = {
      comparison: text_at(evidence, row, "comparison"),
      finding: text_at(evidence, row, "finding"),
      bits,
      from: at,
      to: at + bits,
    };
    at += bits;
    return step;
  });
}

export interface Reach {
  low: number;
  high: number;
}

// Everything that the steps touch, and nought.
export function reach_of(steps: readonly Step[]): Reach {
  const ends = [0, ...steps.flatMap(({ from, to }) => [from, to])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return high > low ? { low, high } : { low: -1, high: 1 };
}

export function share_in(reach: Reach, bits: number): number {
  return (bits - reach.low) / (reach.high - reach.low);
}

export function bits_words(bits: number): string {
  const size = Math.abs(bits).toFixed(1);
  return bits < -0.049 ? `−${size}` : `+${size}`;
}
