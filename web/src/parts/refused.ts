import type { Problem } from "../api/types";

// "… (rule 303)": by which rule a wish was refused.
export function rule_in(problem: Problem): number | null {
  const found = /\(rule (\d+)\)/.exec(problem.title);
  return found === null ? null : Number(found[1]);
}

export function is_refusal(problem: Problem): boolean {
  return problem.status === 403 && problem.code === "refused";
}
