// Dates and months as people read them: 22 Nov 2026, Jan 2025, Jan–Sep 2025.
const k_months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const k_full_months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

// A month is a number of months, so that it can be counted with: 2025-01 is 2025 * 12.
export function month_number(month: string): number | null {
  const parts = /^(\d{4})-(\d{2})$/.exec(month);
  if (parts === null) return null;
  const [year, of_year] = [Number(parts[1]), Number(parts[2])];
  return of_year >= 1 && of_year <= 12 ? year * 12 + of_year - 1 : null;
}

export function month_text(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

// Every month from the first to the last, both included.
export function months_between(first: string, last: string): string[] {
  const [from, to] = [month_number(first), month_number(last)];
  if (from === null || to === null || to < from) return [];
  return Array.from({ length: to - from + 1 }, (_, step) => month_text(from + step));
}

export function month_words(month: string): string {
  const number = month_number(month);
  return number === null ? month : `${k_months[number % 12] ?? ""} ${Math.floor(number / 12)}`;
}

export function full_month_words(month: string): string {
  const number = month_number(month);
  return number === null ? month : `${k_full_months[number % 12] ?? ""} ${Math.floor(number / 12)}`;
}

// "Jan–Sep 2025", "Nov 2024 – Feb 2025", "Mar 2025".
export function span_words(from: string, to: string): string {
  if (from === to) return month_words(from);
  const [first, last] = [month_number(from), month_number(to)];
  if (first === null || last === null) return `${from} – ${to}`;
  const is_one_year = Math.floor(first / 12) === Math.floor(last / 12);
  return is_one_year ? `${k_months[first % 12] ?? ""}–${month_words(to)}` : `${month_words(from)} – ${month_words(to)}`;
}

export function day_words(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return day;
  return `${Number(parts[3])} ${k_months[Number(parts[2]) - 1] ?? "?"} ${parts[1] ?? ""}`;
}

const k_clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
});

// An instant, by the clocks of the United Kingdom: 24 Nov 2026, 14:33:04 GMT.
export function instant_words(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const part = new Map(k_clock.formatToParts(date).map((each) => [each.type, each.value]));
  const month = k_months[Number(part.get("month")) - 1] ?? "?";
  const time = `${part.get("hour") ?? ""}:${part.get("minute") ?? ""}:${part.get("second") ?? ""}`;
  return `${Number(part.get("day"))} ${month} ${part.get("year") ?? ""}, ${time} ${part.get("timeZoneName") ?? ""}`;
}

// A text that is a day, a month, a span of months or an instant and nothing else, in words; any other text as it is.
export function with_dates_in_words(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day_words(text);
  if (/^\d{4}-\d{2}$/.test(text)) return month_words(text);
  const span = /^(\d{4}-\d{2})\.\.(\d{4}-\d{2})$/.exec(text);
  if (span !== null) return span_words(span[1] ?? "", span[2] ?? "");
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text)) return instant_words(text);
  return text;
}

// A sentence of the program's with its days and months in words. What stands inside a name (a file's, a figure's) is left alone.
export function sentence_with_dates(sentence: string): string {
  return sentence
    .replace(/(?<![\w/.-])(\d{4}-\d{2})\.\.(\d{4}-\d{2})(?![\w/-])/g, (_, from: string, to: string) =>
      span_words(from, to),
    )
    .replace(/(?<![\w/.-])(\d{4}-\d{2})(?: to |–)(\d{4}-\d{2})(?![\w/-])/g, (_, from: string, to: string) =>
      span_words(from, to),
    )
    .replace(/(?<![\w/.-])\d{4}-\d{2}(-\d{2})?(?![\w/-]|\.\w)/g, (date) =>
      date.length === 10 ? day_words(date) : month_words(date),
    );
}
