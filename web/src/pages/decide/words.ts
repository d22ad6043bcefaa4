// What a difference says, in numbers and words.
import type { Comparison, MarketModel } from "../../api/types";
import { day_words, month_words } from "../../format/dates";
import { number_words, signed_words } from "../../format/numbers";

export type Outcome = MarketModel["outcomes"][number];

export interface Difference {
  baseline: number;
  difference: number;
  low: number | null;
  high: number | null;
}

// How many sets of parameters it was run under; null over one.
export function sets_of({ over, members }: Pick<Comparison, "over" | "members">): number | null {
  return over === "ensemble" ? members : null;
}

const k_limits: Record<Comparison["limits"], (sets: string) => string> = {
  chance: () => "95% interval",
  outermost: (sets) => `Lowest to highest of ${sets}`,
  middle: (sets) => `Middle 95% of ${sets}`,
};

// What a column of intervals is headed.
export function limits_head({ limits, members }: Pick<Comparison, "limits" | "members">): string {
  return k_limits[limits](`${number_words(members)} sets`);
}

// "same" where no pair of runs differs; "cannot tell" where the interval covers nought.
export type Verdict = "more" | "less" | "cannot tell" | "same";

export function verdict_of({ difference, low, high }: Difference): Verdict {
  if (low === null || high === null) return "same";
  if (low <= 0 && high >= 0) return "cannot tell";
  return difference > 0 ? "more" : "less";
}

export function verdict_words(verdict: Verdict): string {
  return verdict === "same" ? "no difference" : verdict;
}

export interface Counts {
  higher_in: number;
  lower_in: number;
}

// In how many sets it is so, of as many as the answer counts: "fewer in 14 of 15 sets".
export function sets_words({ higher_in, lower_in }: Counts, sets: number, less = "less"): string {
  const of = `of ${number_words(sets)} sets`;
  if (higher_in === lower_in) return `more in ${number_words(higher_in)}, ${less} in ${number_words(lower_in)} ${of}`;
  const [word, count, other] = higher_in > lower_in ? ["more", higher_in, less] : [less, lower_in, "more"];
  if (count === sets) return `${word} in all ${number_words(sets)} sets`;
  const rest = Math.min(higher_in, lower_in) === 0 ? `, ${other} in none` : "";
  return `${word} in ${number_words(count)} ${of}${rest}`;
}

// An index moves by thousandths; everything else is as fine as its size allows, and a limit beside nought never reads as nought.
export function decimals_of(outcome: Pick<Outcome, "kind">, { difference, low, high }: Difference): number {
  if (outcome.kind === "index") return 3;
  const limits = [low ?? 0, high ?? 0];
  const size = Math.max(Math.abs(difference), ...limits.map(Math.abs));
  const usual = size >= 1000 ? 0 : size >= 2 ? 1 : 2;
  const reads_as_nought = (decimals: number): boolean =>
    limits.some((limit) => limit !== 0 && Number(limit.toFixed(decimals)) === 0);
  return [usual, usual + 1, usual + 2].find((decimals) => !reads_as_nought(decimals)) ?? usual + 2;
}

export function baseline_words(outcome: Pick<Outcome, "kind">, baseline: number): string {
  if (outcome.kind === "index") return number_words(baseline, 3);
  const size = Math.abs(baseline);
  return number_words(baseline, size >= 1000 ? 0 : size >= 2 ? 1 : 2);
}

export function interval_words({ low, high }: Difference, decimals: number): string {
  if (low === null || high === null) return "";
  return `${signed_words(low, decimals)} to ${signed_words(high, decimals)}`;
}

// In hundredths of what it is; null where there is nothing to compare with.
export function per_cent_of({ baseline }: Difference, value: number): number | null {
  return baseline === 0 ? null : (100 * value) / baseline;
}

// The model's list tells these of one place, or after the outcome that they are part of; here each stands alone.
const k_alone: Record<string, string> = {
  lines_open: "lines that sell",
  lines_internal: "lines that sell in the place they are run from",
  weeks_unpaid: "weeks of carrying or selling, worked against a debt",
};

export function what_words(outcome: Pick<Outcome, "name" | "what">): string {
  return k_alone[outcome.name] ?? outcome.what;
}

const k_kinds: Record<Outcome["kind"], string> = {
  stock: "on an average day",
  index: "mean; 1 is the start",
  count: "in all",
  amount: "in all",
};

export function kind_words(outcome: Outcome): string {
  return k_kinds[outcome.kind];
}

// Of those that are told first: what follows "12.2 fewer".
const k_told: Record<string, string> = {
  children_arrested: "children arrested",
  children_charged: "children charged",
  children_referred: "children referred and helped out",
  children_recruited: "children given a first package",
  children_carrying: "children carrying or selling on an average day",
  days_missing: "days missing of children who carry",
  controllers_arrested: "people who run lines arrested",
  lines_open: "lines open on an average day",
  homes_taken_over: "homes taken over on an average day",
  fights: "fights between sellers",
  robberies: "robberies for money to buy",
  homicides: "homicides",
  users_in_treatment: "people in treatment on an average day",
  users_waiting: "people waiting for treatment on an average day",
  deaths_users: "deaths of people who use",
};
export const k_told_first: readonly string[] = Object.keys(k_told);

export function told_name(outcome: string): string {
  return k_told[outcome] ?? outcome;
}

// "12.2 fewer children arrested (8.2 to 16.2 fewer; 75.1 as it is)", and over sets in how many of them.
export function told_words(outcome: Outcome, of: Difference & Partial<Counts>, sets: number | null = null): string {
  const decimals = decimals_of(outcome, of);
  const word = of.difference < 0 ? "fewer" : "more";
  const [near, far] = [Math.abs(of.low ?? 0), Math.abs(of.high ?? 0)].toSorted((a, b) => a - b);
  const range = `${number_words(near ?? 0, decimals)} to ${number_words(far ?? 0, decimals)} ${word}`;
  const size = number_words(Math.abs(of.difference), decimals);
  const { higher_in = 0, lower_in = 0 } = of;
  const agreed = sets === null ? "" : `; ${sets_words({ higher_in, lower_in }, sets, "fewer")}`;
  return `${size} ${word} ${told_name(outcome.name)} (${range}; ${baseline_words(outcome, of.baseline)} as it is${agreed})`;
}

export interface ToldOf {
  outcomes: readonly Outcome[];
  where: string;
  sets?: number | null;
}

export interface Told {
  differs: string[];
  cannot_tell: string[];
  same: string[];
}

function untold_words(name: string, { higher_in = 0, lower_in = 0 }: Partial<Counts>, sets: number | null): string {
  return sets === null ? told_name(name) : `${told_name(name)} (${sets_words({ higher_in, lower_in }, sets, "fewer")})`;
}

export function told_of(
  totals: readonly (Difference & Partial<Counts> & { where: string; outcome: string })[],
  { outcomes, where, sets = null }: ToldOf,
): Told {
  const told: Told = { differs: [], cannot_tell: [], same: [] };
  for (const name of k_told_first) {
    const outcome = outcomes.find((each) => each.name === name);
    const of = totals.find((each) => each.where === where && each.outcome === name);
    if (outcome === undefined || of === undefined) continue;
    const verdict = verdict_of(of);
    if (verdict === "same") told.same.push(told_name(name));
    else if (verdict === "cannot tell") told.cannot_tell.push(untold_words(name, of, sets));
    else told.differs.push(told_words(outcome, of, sets));
  }
  return told;
}

// A whole month by its name, anything else by its first day.
export function period_words(from: string, days: number): string {
  return from.endsWith("-01") && days >= 28 ? month_words(from.slice(0, 7)) : `${day_words(from)}, ${days} days`;
}

export function years_words(days: number): string {
  if (days % 365 !== 0) return `${number_words(days)} days`;
  return days === 365 ? "one year" : `${days / 365} years`;
}
