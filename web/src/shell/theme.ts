// Light, dark, or as the system has it; kept in this browser alone.
export type Theme = "system" | "light" | "dark";

const k_key = "throughline-theme";

export function kept_theme(): Theme {
  try {
    const kept = localStorage.getItem(k_key);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system"; // A browser that keeps nothing.
  }
}

export function apply_theme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export function keep_theme(theme: Theme): void {
  apply_theme(theme);
  try {
    localStorage.setItem(k_key, theme);
  } catch {
    // It holds until the page is left.
  }
}
