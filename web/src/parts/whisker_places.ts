// Where the parts of a whisker stand, in per cent of its width. What lies beyond the scale stands at its edge and says so.
export interface WhiskerScale {
  from: number;
  to: number;
}

export interface WhiskerEnd {
  at: number;
  is_out: boolean;
}

export interface DrawnWhisker {
  low: WhiskerEnd;
  high: WhiskerEnd;
  middle: number;
  nought: number;
}

const k_edge = 2;

export function whisker_places(low: number, high: number, middle: number, scale: WhiskerScale): DrawnWhisker {
  const place = (value: number): number => {
    const within = Math.max(scale.from, Math.min(scale.to, value));
    return k_edge + ((within - scale.from) / (scale.to - scale.from)) * (100 - 2 * k_edge);
  };
  const end = (value: number): WhiskerEnd => ({ at: place(value), is_out: value < scale.from || value > scale.to });
  return { low: end(low), high: end(high), middle: place(middle), nought: place(0) };
}
