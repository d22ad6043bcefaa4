// People and their roles; proofs; what a role may not see.
import { check, check_axe, check_equal, settled } from "./harness.mjs";
import { as_nobody, k_password } from "./desk_session.mjs";

const k_new_password = "another twelve letters";

async function adding(run) {
  await run.test(
    "what is missing of a new person is told, each with its field",
    { address: "/govern/people/add" },
    async (page) => {
      await page.getByRole("button", { name: "Add", exact: true }).click();
      const summary = page.getByRole("alert");
      await summary.getByRole("link", { name: "Enter an account name" }).click();
      check_equal(await page.evaluate(() => document.activeElement?.id), "name", "the summary leads to its field");
      await check_axe(page, "the summary");
      await run.shot(page, "person-add-faults");
    },
  );
  let link = "";
  await run.test(
    "a person is added and invited, and the link is shown once",
    { address: "/govern/people/add" },
    async (page) => {
      await page.getByLabel("Name of the person").fill("A. Cole");
      await page.getByLabel("Account name").fill("acole");
      await page.getByLabel("Analyst").check();
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("heading", { name: "A. Cole" }).waitFor();
      await page.getByRole("button", { name: "Invite" }).click();
      link = await page.locator(".tl-invitation code").innerText();
      check(/\/sign-in#invitation=[\w-]+$/.test(link), "the link has its secret where browsers do not send it");
      await run.shot(page, "person");
      await check_axe(page, "a person");
      await page.reload();
      await settled(page);
      check((await page.locator(".tl-invitation").count()) === 0, "the link is gone");
    },
  );
  await as_nobody(run, "whoever was invited chooses a password and is in", { address: "/sign-in" }, async (page) => {
    check(link !== "", "there is an invitation");
    await page.goto(link);
    await page.getByRole("heading", { name: "Choose a password" }).waitFor();
    await run.shot(page, "invitation");
    await check_axe(page, "an invitation");
    await page.getByLabel("Password", { exact: true }).fill(k_new_password);
    await page.getByRole("button", { name: "Set the password and sign in" }).click();
    await page.getByRole("heading", { name: "What changed" }).waitFor();
  });
  await as_nobody(
    run,
    "an invitation that was used says so, and whom to ask",
    { address: "/sign-in", expected_faults: ["status of 401"] },
    async (page) => {
      await page.goto(link);
      await page.getByLabel("Password", { exact: true }).fill(k_new_password);
      await page.getByRole("button", { name: "Set the password and sign in" }).click();
      await page.getByText("The invitation does not work").waitFor();
    },
  );
}

async function refusing(run) {
  await as_nobody(
    run,
    "a page that a role may not see says by which rule, and whom to ask",
    { address: "/sign-in?return_to=/govern/log", expected_faults: ["status of 403"] },
    async (page) => {
      await page.getByLabel("Account", { exact: true }).fill("acole");
      await page.getByLabel("Password", { exact: true }).fill(k_new_password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.locator(".tl-problem").waitFor();
      const words = await page.locator(".tl-problem").innerText();
      check(/rule \d+/i.test(words) && words.includes("Permissions"), `it says so: ${words}`);
      await run.shot(page, "refused");
      await check_axe(page, "a refusal");
      await run.open(page, "/govern/log/0");
      await page.getByRole("heading", { name: "Entry 0 is in the log" }).waitFor();
    },
  );
}

async function changing(run) {
  await run.test(
    "a sensitive act asks for the password where the last proof is old, and then is done",
    { address: "/govern/people/acole", expected_faults: ["status of 40"] },
    async (page) => {
      let is_old = true;
      // The program asks after ten minutes, which a test does not wait: its first answer is given as it would be then.
      await page.route("**/api/accounts/acole/roles/auditor", async (route) => {
        if (!is_old) return route.continue();
        is_old = false;
        const problem = {
          type: "urn:throughline:problem:proof_needed",
          title: "Who you are was not shown lately",
          status: 403,
          code: "proof_needed",
          where: "",
          remedy: "Enter your password",
        };
        return route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(problem) });
      });
      await page.getByRole("button", { name: "Grant the role of auditor" }).click();
      await page.getByRole("button", { name: "Grant the role", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Show again who you are" });
      await dialog.getByLabel("Password", { exact: true }).fill("wrong on purpose");
      await dialog.getByRole("button", { name: "Go on" }).click();
      await dialog.locator(".tl-problem").waitFor();
      await check_axe(page, "a wrong proof");
      await run.shot(page, "proof", { fullPage: false });
      await dialog.getByLabel("Password", { exact: true }).fill(k_password);
      await dialog.getByRole("button", { name: "Go on" }).click();
      await page.getByText("A. Cole is auditor from now on").waitFor();
      run.storage = await page.context().storageState();
    },
  );
  await run.test(
    "a role is taken away after a question, and can be left",
    { address: "/govern/people/acole" },
    async (page) => {
      const take = page.getByRole("button", { name: "Take away the role of auditor" });
      await take.click();
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      check((await take.count()) === 1, "Escape leaves it");
      await take.click();
      await page.getByRole("button", { name: "Take it away" }).click();
      await page.getByText("A. Cole is no longer auditor").waitFor();
    },
  );
}

async function log(run) {
  await run.test(
    "the whole log is verified, and the outcome stands at an address",
    { address: "/govern/verify" },
    async (page) => {
      await page.getByRole("button", { name: "Verify the whole log" }).click();
      await page.getByRole("heading", { name: "The audit log holds" }).waitFor();
      await run.shot(page, "verify-done");
      await check_axe(page, "verified");
      await page.reload();
      await page.getByRole("heading", { name: "The audit log holds" }).waitFor();
    },
  );
  await run.test(
    "an entry is found by its number, and its proof is handed on",
    { address: "/govern/log" },
    async (page) => {
      await page.getByLabel("Entry number").fill("3");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Entry 3 is in the log" }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download the proof" }).click(),
      ]);
      check_equal(download.suggestedFilename(), "proof-of-entry-3.json", "the file's name");
      await run.print(page, "print-proof");
      await page.setViewportSize({ width: 688, height: 970 }); // As wide as A4 is inside its margins.
      await page.emulateMedia({ media: "print" });
      const words = await page.locator("body").innerText();
      check(words.includes("Public key") && words.includes("Hashes of the proof"), "the proof is printed whole");
      const cut = await page.locator(".tl-verbatim pre").evaluate((shown) => shown.scrollWidth - shown.clientWidth);
      check(cut <= 0, `the signature is printed whole, and not cut by ${cut} pixels`);
    },
  );
  await run.test("the checkpoint prints with what to do with it", { address: "/govern/checkpoint" }, async (page) => {
    await run.print(page, "print-checkpoint");
    await page.emulateMedia({ media: "print" });
    check(
      (await page.locator("body").innerText()).includes("throughline audit prove --checkpoint"),
      "how to compare it is printed",
    );
  });
}

export async function desk_people_tests(run) {
  console.log("people and the log");
  await adding(run);
  await refusing(run);
  await changing(run);
  await log(run);
}
