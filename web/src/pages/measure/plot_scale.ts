import { number_words } from "../../format/numbers";

// The upright scale of a picture of values over time: from nought, in words as figures have them.
export const k_value_scale = {
  label: null,
  zero: true,
  nice: true,
  ticks: 5,
  tickFormat: (value: number): string => number_words(value, Number.isInteger(value) ? 0 : 1),
};

// Those that are labelled below a picture: room for about one in 80 pixels.
export function labelled<Each>(all: readonly Each[], width: number): Each[] {
  const step = Math.max(1, Math.ceil(all.length / Math.max(2, Math.floor((width - 60) / 80))));
  return all.filter((_, at) => at % step === 0);
}
