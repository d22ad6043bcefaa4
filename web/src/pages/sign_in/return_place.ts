import type { Problem } from "../../api/types";

// A page of this site and of no other, whatever the address says; otherwise the first page.
export function return_place(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith("/") || /^\/[/\\]/.test(wanted)) return "/";
  try {
    const place = new URL(wanted, "https://here.invalid");
    if (place.origin !== "https://here.invalid" || place.pathname === "/sign-in") return "/";
    return place.pathname + place.search;
  } catch {
    return "/";
  }
}

const k_agency_words: Readonly<Record<string, { title: string; remedy: string }>> = {
  agency_unavailable: {
    title: "Your agency’s sign-in did not answer",
    remedy: "Try again in a few minutes, or sign in another way below",
  },
  provider_unknown: { title: "That agency’s sign-in is not set up here", remedy: "Choose one of the ways below" },
  agency_sign_in_failed: {
    title: "Your agency’s sign-in did not let you in, or was not finished in ten minutes",
    remedy:
      "Begin again below. If it happens again, your account here may not be linked to your agency’s: ask an administrator",
  },
};

// What went wrong at an agency's sign-in, told in the address by its code alone.
export function agency_problem(code: string): Problem {
  const known = k_agency_words[code] ?? { title: "Signing in did not succeed", remedy: "Begin again below" };
  return { type: `urn:throughline:problem:${code}`, status: 401, code, where: "", ...known };
}
