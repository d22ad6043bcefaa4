// Three questions worked out beforehand: a page that opens on one of them has something to run at once.
import type { Step } from "./state";

export interface Question {
  key: string;
  words: string;
  note: string;
  name: string;
  steps: Step[];
}

const k_from = "2024-07-01";

export const k_questions: readonly Question[] = [
  {
    key: "controllers",
    words: "What if police pursue controllers rather than the people found selling?",
    note: "From July on, in Essex: half the arrests of people who carry or sell, twice those of the people who run lines.",
    name: "Controllers rather than those who carry",
    steps: [
      { kind: "change", lever: "carrier_arrests", multiply: "0.5", from: k_from, until: "", areas: ["Essex"] },
      { kind: "change", lever: "controller_arrests", multiply: "2", from: k_from, until: "", areas: ["Essex"] },
    ],
  },
  {
    key: "treatment",
    words: "What if there are more places in treatment, and less waiting for them?",
    note: "From July on, everywhere: half as many places again, and a third of the wait.",
    name: "More places in treatment and less waiting",
    steps: [
      { kind: "change", lever: "treatment_places", multiply: "1.5", from: k_from, until: "", areas: [] },
      { kind: "change", lever: "treatment_wait", multiply: "0.33", from: k_from, until: "", areas: [] },
    ],
  },
  {
    key: "prevention",
    words: "What if fewer children are recruited, and missing episodes lead to help?",
    note: "From July on, everywhere: half as many approaches succeed, and three times as many referrals help.",
    name: "Prevention and a response to missing episodes",
    steps: [
      { kind: "change", lever: "recruitment", multiply: "0.5", from: k_from, until: "", areas: [] },
      { kind: "change", lever: "safeguarding", multiply: "3", from: k_from, until: "", areas: [] },
    ],
  },
];

// The question whose steps these are, to the word.
export function question_of(steps: readonly Step[]): Question | null {
  const text = JSON.stringify(steps);
  return k_questions.find((question) => JSON.stringify(question.steps) === text) ?? null;
}
