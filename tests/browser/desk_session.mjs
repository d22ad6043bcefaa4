// Signing in, the warning before a time-out, and coming back.
import { check, check_axe, check_equal, settled } from "./harness.mjs";

export const k_password = "three unrelated words";

async function by_password(page, account, password) {
  await page.getByLabel("Account", { exact: true }).fill(account);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

// The account that started the server, as the pages call it.
async function own_account(page) {
  return page.evaluate(async () => (await (await fetch("/api/session")).json()).account.name);
}

export async function desk_session_tests(run, server) {
  console.log("signing in");
  await run.test(
    "whoever comes without a session signs in first, and the page is accessible",
    { address: "/govern" },
    async (page) => {
      check(page.url().endsWith("/sign-in?return_to=/govern"), `the place is kept: ${page.url()}`);
      await check_axe(page, "signing in");
      await run.shot(page, "sign-in");
    },
  );
  // Not a test of its own: without it nothing below can be done, whatever tests are chosen.
  const context = await run.browser.newContext();
  const first = await context.newPage();
  await first.goto(`${run.base}/sign-in#link=${server.token}`);
  await first.getByRole("heading", { name: "What changed" }).waitFor();
  const [after, history] = [first.url(), await first.evaluate(() => location.hash)];
  const account = await own_account(first);
  run.account = account;
  run.storage = await context.storageState();
  await context.close();
  await run.test("the one-time link signs in and leaves nothing in the address", {}, async () => {
    check_equal(after, `${run.base}/`, "the address");
    check_equal(history, "", "what follows the #");
  });
  await as_nobody(
    run,
    "the link does not work a second time, and the page says how to get another",
    { address: `/sign-in#link=${server.token}`, expected_faults: ["status of 401"] },
    async (page) => {
      await page.getByText("The link does not work").waitFor();
      check((await page.locator("main").innerText()).includes("throughline serve"), "it says how");
      check(!page.url().includes("link="), "the secret has left the address");
      await check_axe(page, "a used link");
    },
  );
  await run.test(
    "a password is set, and one that is too short is refused before it is sent",
    { address: "/account" },
    async (page) => {
      const field = page.getByLabel("New password");
      await field.fill("short");
      await page.getByRole("button", { name: "Set it" }).click();
      await page.getByText("A password has at least 12 characters").waitFor();
      await check_axe(page, "a password that is too short");
      check_equal(await field.getAttribute("autocomplete"), "new-password", "what password managers are told");
      await field.fill(k_password);
      await page.getByRole("button", { name: "Show the password" }).click();
      check_equal(await field.getAttribute("type"), "text", "the password is shown when asked");
      await page.getByRole("button", { name: "Set it" }).click();
      await page.getByText("Your password is changed").waitFor();
    },
  );
  await as_nobody(
    run,
    "a wrong password is answered in plain words",
    { address: "/sign-in", expected_faults: ["status of 401"] },
    async (page) => {
      await by_password(page, account, "not the password at all");
      await page.locator(".tl-problem").waitFor();
      check((await page.locator(".tl-problem").innerText()).includes("do not go together"), "it says what is wrong");
      await run.shot(page, "sign-in-wrong");
      await check_axe(page, "a wrong password");
    },
  );
  await as_nobody(
    run,
    "an address of another site is never gone to after signing in",
    { address: "/sign-in?return_to=//elsewhere.example/" },
    async (page) => {
      await by_password(page, account, k_password);
      await page.getByRole("heading", { name: "What changed" }).waitFor();
      check_equal(new URL(page.url()).origin, run.base, "where one comes to");
    },
  );
  await as_nobody(
    run,
    "two minutes before the end the page warns, and goes on when asked",
    { address: "/sign-in" },
    async (page) => {
      await by_password(page, account, k_password);
      await page.getByRole("heading", { name: "What changed" }).waitFor();
      await page.clock.install();
      await page.clock.fastForward("18:30");
      const warning = page.getByRole("dialog", { name: "Are you still there?" });
      await warning.waitFor();
      await run.shot(page, "time-out", { fullPage: false });
      await check_axe(page, "the warning");
      await warning.getByRole("button", { name: "Stay signed in" }).click();
      await warning.waitFor({ state: "detached" });
    },
  );
  await as_nobody(
    run,
    "after a session has ended one comes back to the same place",
    { address: "/sign-in", expected_faults: ["status of 401"] },
    async (page) => {
      await by_password(page, account, k_password);
      await page.getByRole("heading", { name: "What changed" }).waitFor();
      await run.open(page, "/govern/permissions?decision=allowed");
      await page.evaluate(async () => {
        const { csrf } = await (await fetch("/api/session")).json();
        await fetch("/api/session", { method: "DELETE", headers: { "X-CSRF": csrf } });
      });
      await page.getByRole("link", { name: "Audit log" }).click();
      await page.getByText("Your session has ended").waitFor();
      await run.shot(page, "sign-in-ended");
      await by_password(page, account, k_password);
      await settled(page);
      check(page.url().endsWith("/govern/log"), `the place that was wanted: ${page.url()}`);
    },
  );
}

// A test of somebody who is not signed in.
export async function as_nobody(run, name, options, body) {
  const storage = run.storage;
  run.storage = undefined;
  try {
    await run.test(name, options, body);
  } finally {
    run.storage = storage;
  }
}
