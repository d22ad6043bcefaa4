// What somebody typed of a person, as details to ask by. What was made of it is shown, so that it can be put right.
import type { PersonAsked } from "../../api/types";

export type Detail = keyof PersonAsked;

export const k_details: readonly { name: Detail; words: string; hint?: string }[] = [
  { name: "forename", words: "Forename" },
  { name: "surname", words: "Surname" },
  { name: "known_as", words: "Known as" },
  { name: "birth", words: "Date of birth", hint: "As much as is known: 2009-04-20, 2009-04 or 2009" },
  { name: "sex", words: "Sex", hint: "F or M" },
  { name: "phone", words: "Phone" },
  { name: "address", words: "Address", hint: "House and street" },
  { name: "postcode", words: "Postcode" },
  { name: "nhs_number", words: "NHS number" },
  { name: "police_id", words: "Police id" },
];

const k_month_names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const k_sexes: ReadonlyMap<string, string> = new Map([
  ["female", "F"],
  ["girl", "F"],
  ["woman", "F"],
  ["male", "M"],
  ["boy", "M"],
  ["man", "M"],
]);

function two(number: string): string {
  return number.padStart(2, "0");
}

// Two digits are of the century in which that year is not to come.
function whole_year(year: string, this_year: number): string {
  if (year.length === 4) return year;
  const short = Number(year);
  return String((short <= this_year % 100 ? 2000 : 1900) + short);
}

interface Taken {
  asked: PersonAsked;
  left: string; // Of the text.
}

type Taker = (taken: Taken, this_year: number) => Taken;

// Takes the first thing of that shape out of the text, where nothing of its kind is known yet.
function take(taken: Taken, detail: Detail, shape: RegExp, made: (found: RegExpExecArray) => string | null): Taken {
  if (taken.asked[detail] !== undefined) return taken;
  const found = shape.exec(taken.left);
  const value = found === null ? null : made(found);
  if (found === null || value === null) return taken;
  const left = `${taken.left.slice(0, found.index)} , ${taken.left.slice(found.index + found[0].length)}`;
  return { asked: { ...taken.asked, [detail]: value }, left };
}

function day_of(year: string, month: string, day: string): string | null {
  const is_day = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return is_day ? `${year}-${two(month)}-${two(day)}` : null;
}

const k_name_of_month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

const take_birth: Taker = (before, this_year) => {
  let taken = take(before, "birth", /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([, year = "", month = "", day = ""]) =>
    day_of(year, month, day),
  );
  taken = take(taken, "birth", /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/, ([, day = "", month = "", year = ""]) =>
    day_of(whole_year(year, this_year), month, day),
  );
  const worded = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${k_name_of_month}\\s+(\\d{4})\\b`, "i");
  taken = take(taken, "birth", worded, ([, day = "", month = "", year = ""]) =>
    day_of(year, String(k_month_names.indexOf(month.toLowerCase()) + 1), day),
  );
  const worded_month = new RegExp(`\\b${k_name_of_month}\\s+(\\d{4})\\b`, "i");
  taken = take(
    taken,
    "birth",
    worded_month,
    ([, month = "", year = ""]) => `${year}-${two(String(k_month_names.indexOf(month.toLowerCase()) + 1))}`,
  );
  taken = take(
    taken,
    "birth",
    /\b((?:19|20)\d{2})-(0[1-9]|1[0-2])\b/,
    ([, year = "", month = ""]) => `${year}-${month}`,
  );
  return take(taken, "birth", /\b(?:19|20)\d{2}\b/, ([year]) => year);
};

const k_takers: readonly Taker[] = [
  (taken) => take(taken, "phone", /(?:\+44\s?|\b0)\d(?:[\s-]?\d){8,9}(?!\d)/, ([phone]) => phone.trim()),
  (taken) => take(taken, "nhs_number", /\b[1-9]\d{2}[\s-]?\d{3}[\s-]?\d{4}\b/, ([number]) => number),
  take_birth,
  (taken) =>
    take(taken, "postcode", /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/i, ([, out = "", inside = ""]) =>
      `${out} ${inside}`.toUpperCase(),
    ),
  (taken) =>
    take(taken, "known_as", /(?:\b(?:known as|aka|a\.k\.a\.)\s+|[“"])([\p{L}'’-]+)[”"]?/iu, ([, name = ""]) => name),
  (taken) => take(taken, "address", /(?:^|,)\s*(\d+[a-z]?\s+[\p{L}][^,]*[^,\s])/iu, ([, address = ""]) => address),
  (taken) =>
    take(taken, "sex", /\b(female|male|girl|boy|woman|man)\b/i, ([word]) => k_sexes.get(word.toLowerCase()) ?? null),
];

// Words that only introduce what comes after them.
const k_introductions =
  /(?:^|[\s,])(?:born|dob|d\.o\.b\.|date of birth|phone|tel|mobile|postcode|nhs|aged?)(?=[\s,:]|$):?/giu;

// "Fictonby, Inventa" begins with the surname; without a comma the surname comes last.
function with_name(asked: PersonAsked, left: string): PersonAsked {
  const parts = left
    .split(",")
    .map((part) => part.trim())
    .filter((part) => /\p{L}/u.test(part));
  const [first = "", second = ""] = parts;
  if (first === "") return asked;
  const words = first.split(/\s+/);
  if (words.length === 1 && second !== "") return { ...asked, surname: first, forename: second };
  const surname = words.at(-1) ?? "";
  const forename = words.slice(0, -1).join(" ");
  return { ...asked, ...(forename === "" ? {} : { forename }), surname };
}

export function asked_in(text: string, this_year: number): PersonAsked {
  const start: Taken = { asked: {}, left: text };
  const taken = k_takers.reduce((so_far, taker) => taker(so_far, this_year), start);
  return with_name(taken.asked, taken.left.replace(k_introductions, " "));
}

// What was filled in field by field stands before what was made of the text.
export function put_right(read: PersonAsked, corrected: PersonAsked): PersonAsked {
  const all = { ...read, ...corrected };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== ""));
}
