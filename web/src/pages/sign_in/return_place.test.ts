import { expect, test } from "vitest";
import { return_place } from "./return_place";

test("a page of this site is returned to with its query", () => {
  expect(return_place("/measure?area=E06000033&from=2025-01")).toBe("/measure?area=E06000033&from=2025-01");
});

test("an address of another site is never returned to", () => {
  for (const wanted of [
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://elsewhere.example/",
    "javascript:alert(1)",
    "",
    null,
  ]) {
    expect(return_place(wanted)).toBe("/");
  }
});

test("the sign-in page does not return to itself", () => {
  expect(return_place("/sign-in?return_to=/measure")).toBe("/");
});
