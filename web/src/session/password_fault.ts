import type { Problem } from "../api/types";

export const k_password_letters_min = 12;

// What the program would refuse anyway, said before it is sent.
export function new_password_fault(password: string): string | undefined {
  return [...password].length < k_password_letters_min
    ? `A password has at least ${k_password_letters_min} characters`
    : undefined;
}

// The program gives one answer to everything that did not show who somebody is; here it can only be the name or the password.
export function password_problem(problem: Problem): Problem {
  if (problem.code !== "sign_in_failed") return problem;
  return {
    ...problem,
    title: "That name and password do not go together",
    where: "",
    remedy: "Check both, and whether capitals are locked. A forgotten password is replaced by a new invitation",
  };
}
