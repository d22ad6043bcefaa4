import { expect, test } from "vitest";
import { arrival_in } from "./arrival";
import { new_password_fault } from "./password_fault";
import { end_of_session } from "./session_end";

test("a link and an invitation are told apart by what stands before their secret", () => {
  expect(arrival_in("#link=abc-_9")).toEqual({ kind: "link", token: "abc-_9" });
  expect(arrival_in("#invitation=abc")).toEqual({ kind: "invitation", token: "abc" });
});

test("what is no secret of ours is not taken out of the address", () => {
  for (const hash of ["", "#main", "#link=", "#link=a b", "#other=abc"]) expect(arrival_in(hash)).toBeNull();
});

test("a session ends by its idle time or for good, whichever is first", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  expect(end_of_session(now, 600, "2026-11-24T20:00:00Z")).toBe(now + 600_000);
  expect(end_of_session(now, 600, "2026-11-24T12:05:00Z")).toBe(now + 300_000);
  expect(end_of_session(now, 600, null)).toBe(now + 600_000);
});

test("a password is counted in characters and not in bytes", () => {
  expect(new_password_fault("elevenchars")).toBeDefined();
  expect(new_password_fault("twelve chars")).toBeUndefined();
  expect(new_password_fault("🔑🔑🔑🔑🔑🔑")).toBeDefined();
});
