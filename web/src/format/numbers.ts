// Numbers as people read them: thin spaces between thousands, a true minus, the decimals that the figure was given with.
const k_thin_space = "\u202f";
const k_minus = "\u2212";

function group_digits(digits: string): string {
  // Four digits stand together; from five on they are grouped, so that a column of years is not torn apart.
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, k_thin_space);
}

export function number_words(value: number, decimals = 0): string {
  const [whole = "0", part] = Math.abs(value).toFixed(decimals).split(".");
  const is_below_nought = value < 0 && Number(value.toFixed(decimals)) !== 0;
  return (is_below_nought ? k_minus : "") + group_digits(whole) + (part === undefined ? "" : `.${part}`);
}

// A sentence of the program's, with its numbers grouped as these pages group them: "4,640" becomes "4640", "12,345" "12 345".
export function with_thin_spaces(text: string): string {
  return text.replace(/\d{1,3}(?:,\d{3})+(?!\d)/g, (number) => group_digits(number.replaceAll(",", "")));
}

// A difference always shows which way it goes.
export function signed_words(value: number, decimals = 0): string {
  return (Number(value.toFixed(decimals)) > 0 ? "+" : "") + number_words(value, decimals);
}

// "1 offence", "2 offences".
export function count_words(count: number, one: string, many = `${one}s`): string {
  return `${number_words(count)} ${count === 1 ? one : many}`;
}

const k_byte_units = ["bytes", "kB", "MB", "GB", "TB"];

export function byte_words(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit + 1 < k_byte_units.length) {
    value /= 1000;
    unit += 1;
  }
  return `${number_words(value, unit === 0 || value >= 100 ? 0 : 1)} ${k_byte_units[unit] ?? ""}`;
}
