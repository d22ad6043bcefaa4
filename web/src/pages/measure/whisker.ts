// Where the parts of a whisker stand on a line of 120 pixels that runs from −60 to +60 per cent; what lies beyond stands at the edge.
const k_width = 120;
const k_edge = 4;
const k_most = 60;

export interface DrawnWhisker {
  low: number;
  high: number;
  at: number;
  nought: number;
}

function place(percent: number): number {
  const within = Math.max(-k_most, Math.min(k_most, percent));
  return k_edge + ((within + k_most) / (2 * k_most)) * (k_width - 2 * k_edge);
}

export function whisker_of(low: number, high: number, at: number): DrawnWhisker {
  return { low: place(low), high: place(high), at: place(at), nought: place(0) };
}
