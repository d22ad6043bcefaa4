import { number_words } from "../../format/numbers";

// The upright scale of a picture of values over time: from nought, in words as figures have them.
export const k_value_scale = {
  label: null,
  zero: true,
  nice: true,
  ticks: 5,
  tickFormat: (value: number): string => number_words(value, Number.isInteger(value) ? 0 : 1),
};
