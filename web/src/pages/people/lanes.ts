// A person's events in lanes. Who is harmed and who is suspected stand in lanes of their own, whatever else is known.
import type { Table } from "../../api/types";
import { text_at } from "../../parts/report_parts";

export interface Happening {
  day: string; // 2025-03-01.
  what: string;
  agency: string;
  record: string;
}

export interface Lane {
  name: string;
  title: string;
  capacities: readonly string[];
  dated: Happening[];
  elsewhere: string[]; // Agencies that hold something of the kind and show no day of it.
}

const k_lanes: readonly Pick<Lane, "name" | "title" | "capacities">[] = [
  { name: "missing", title: "Missing", capacities: ["missing"] },
  { name: "harmed", title: "Harmed", capacities: ["harmed"] },
  { name: "referred", title: "Referred as possibly exploited", capacities: ["referred"] },
  { name: "helped", title: "Helped, in care", capacities: ["in care", "helped"] },
  { name: "health", title: "Patient, in treatment", capacities: ["patient", "in treatment"] },
  { name: "detained", title: "Detained", capacities: ["detained"] },
  { name: "suspected", title: "Suspected", capacities: ["suspected"] },
  { name: "convicted", title: "Convicted", capacities: ["convicted"] },
  { name: "named", title: "Named otherwise", capacities: ["named"] },
];

// Every lane is there, empty or not: that nothing was received is an answer too.
export function lanes_of(story: Table): Lane[] {
  return k_lanes.map((lane) => {
    const rows = story.rows.filter((row) => lane.capacities.includes(text_at(story, row, "capacity")));
    const happenings = rows.map((row) => ({
      day: text_at(story, row, "at"),
      what: text_at(story, row, "what"),
      agency: text_at(story, row, "agency"),
      record: text_at(story, row, "record"),
    }));
    const dated = happenings.filter(({ day }) => day !== "").toSorted((a, b) => a.day.localeCompare(b.day));
    const undated = happenings.filter(({ day }) => day === "").map(({ agency }) => agency);
    return { ...lane, dated, elsewhere: [...new Set(undated)].toSorted() };
  });
}

function time_of(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export interface Span {
  from: number;
  to: number;
}

const k_day_ms = 86400000;

// From the first day to the last, with some room at both ends; nothing without a day.
export function span_of(lanes: readonly Lane[]): Span | null {
  const times = lanes.flatMap((lane) => lane.dated.map(({ day }) => time_of(day)));
  if (times.length === 0) return null;
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((last - first) * 0.04, 15 * k_day_ms);
  return { from: first - room, to: last + room };
}

export function share_at(span: Span, day: string): number {
  return (time_of(day) - span.from) / (span.to - span.from);
}

// The first days of months that stand as marks on the axis: at most a handful, evenly apart.
export function ticks_of(span: Span, most = 6): string[] {
  const first = new Date(span.from);
  const months = Math.ceil((span.to - span.from) / (30 * k_day_ms));
  const step = Math.max(1, Math.ceil(months / most));
  const ticks: string[] = [];
  for (let month = 1; month <= months + 1; month += step) {
    const day = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
    if (day.getTime() > span.to) break;
    ticks.push(day.toISOString().slice(0, 10));
  }
  return ticks;
}
