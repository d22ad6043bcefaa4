// Decide: a scenario built, run, stopped, read and downloaded, as a person would.
import { readFileSync } from "node:fs";
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

const k_short = "?years=1&pairs=5&seed=3";

// Runs what stands there and waits for what differs.
async function run_it(page) {
  await page.getByRole("button", { name: /^Run it \d+ times/ }).click();
  await page.getByRole("heading", { name: /: what differs$/ }).waitFor({ timeout: 60000 });
  await settled(page);
}

async function cells(page, row) {
  return row.locator("td").allInnerTexts();
}

async function numbers_follow(page) {
  const answer = await page.evaluate(async () => {
    const job = new URLSearchParams(location.search).get("job");
    return (await fetch(`/api/simulate/comparisons/${job}`)).json();
  });
  return answer;
}

export async function decide_tests(run) {
  console.log("decide");
  await run.test(
    "the page opens on the question of controllers, and answers it with intervals",
    { address: `/decide${k_short}` },
    async (page) => {
      const question = page.getByRole("button", { name: /pursue controllers rather than/ });
      check_equal(await question.getAttribute("aria-pressed"), "true", "the first question is chosen");
      await run_it(page);
      const answer = await numbers_follow(page);
      const row = page.locator("tr[data-outcome=children_arrested]");
      const total = answer.totals.find((each) => each.where === "everywhere" && each.outcome === "children_arrested");
      const told = await cells(page, row);
      check(
        Number(told[1].replace("\u2212", "-").replace("+", "")) - total.difference < 0.06,
        `the table holds the answer: ${told}`,
      );
      check(/ to /.test(told[2]), `an interval stands beside it: ${told}`);
      for (const name of ["children_charged", "children_referred"]) {
        check(await page.locator(`tr[data-outcome=${name}]`).isVisible(), `${name} is among the outcomes`);
      }
      check(
        (await page.getByText("cannot tell", { exact: true }).count()) > 0,
        "what cannot be told from chance says so",
      );
      await page
        .getByText(/^Cannot tell/)
        .first()
        .waitFor();
      await check_axe(page, "the answer");
      await check_reflow(page, "the answer");
      await run.shot(page, "decide-answer");
      await run.print(page, "decide-answer");
    },
  );
  await run.test(
    "a scenario is built by hand; a misspelt area is not taken and the nearest is offered",
    { address: `/decide${k_short}` },
    async (page) => {
      await page.getByRole("button", { name: "Remove change 2" }).click();
      await page.getByRole("button", { name: "Take Essex out of change 1" }).click();
      await page.getByLabel("Times as it is").fill("0.25");
      const where = page.getByLabel("Where", { exact: true });
      await where.fill("Norwhich");
      await page.keyboard.press("Enter");
      await page.getByText("There is no area or force “Norwhich” in this world. Did you mean Norwich?").waitFor();
      await check_axe(page, "the fault");
      await page.getByRole("button", { name: "Take Norwich" }).click();
      await page.getByRole("list", { name: "Areas of change 1" }).getByText("Norwich").waitFor();
      await run_it(page);
      const answer = await numbers_follow(page);
      check(
        answer.scenario.includes('areas = ["Norwich"]') && answer.scenario.includes("multiply = 0.25"),
        answer.scenario,
      );
      check_equal(answer.acted_on.length, 1, "it acts in one area");
      await page.getByRole("button", { name: "Elsewhere" }).click();
      await page.waitForURL(/where=elsewhere/);
      await page.getByRole("heading", { name: /^Elsewhere: as it is/ }).waitFor();
    },
  );
  await run.test("what is wrong is said before anything runs", { address: `/decide${k_short}` }, async (page) => {
    await page.getByLabel("Times as it is").first().fill("many");
    await page.getByRole("button", { name: /^Run it/ }).click();
    await page
      .getByRole("alert")
      .getByRole("link", { name: /How many times/ })
      .waitFor();
    check(!page.url().includes("job="), "nothing was begun");
  });
  await run.test(
    "a long run shows how far it is, and stops",
    { address: "/decide?years=10&pairs=200" },
    async (page) => {
      await page.getByRole("button", { name: /^Run it/ }).click();
      await page.getByRole("progressbar").waitFor();
      await run.shot(page, "decide-running");
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("Nothing half-done was kept").waitFor({ timeout: 60000 });
    },
  );
  await run.test(
    "pictures and tables hold the same, and the address brings it all back",
    { address: `/decide${k_short}&do=change~carrier_arrests~0~2024-02-01~~Essex&name=No+arrests` },
    async (page) => {
      await run_it(page);
      await page.locator(".tl-decide__map svg").waitFor();
      const answer = await numbers_follow(page);
      const marks = await page.locator(".tl-decide__map [data-area]").count();
      check_equal(
        marks,
        answer.area_totals.filter((each) => each.outcome === "children_arrested").length,
        "marks on the map",
      );
      const titles = await page.locator(".tl-decide__map title").allTextContents();
      const areas = page.getByRole("group", { name: /picture or table/ });
      await areas.nth(1).getByRole("button", { name: "Table" }).click();
      const rows = page.getByRole("region", { name: "Difference by area" }).locator("tbody tr");
      check_equal(await rows.count(), marks, "rows of the map's table");
      for (let at = 0; at < marks; at += 1) {
        const [, , difference] = await cells(page, rows.nth(at));
        const name = (await rows.nth(at).locator("th").innerText()).split(",")[0];
        check(
          titles.some((title) => title.startsWith(`${name}: ${difference},`)),
          `${name} ${difference}: ${titles.join("; ")}`,
        );
      }
      await page.getByLabel("When").focus();
      await page.keyboard.press("ArrowRight");
      await page.locator("output").getByText("Jan 2024", { exact: true }).waitFor();
      await areas.nth(0).getByRole("button", { name: "Table" }).click();
      const months = page.getByRole("region", { name: "Difference by period" }).locator("tbody tr");
      check_equal(await months.count(), answer.periods.length, "rows of the course's table");
      await page.reload();
      await page.getByRole("heading", { name: "No arrests: what differs" }).waitFor();
      check_equal(await page.getByLabel("Times as it is").inputValue(), "0", "the scenario stands there again");
      await page.getByLabel("Times as it is").fill("0.1");
      await page.getByText(/was edited after this run/).waitFor();
    },
  );
  await run.test("everything can be downloaded", { address: `/decide${k_short}` }, async (page) => {
    await run_it(page);
    const answer = await numbers_follow(page);
    const text_of = async (name) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      check_equal(file.suggestedFilename(), name, "the file's name");
      return readFileSync(await file.path());
    };
    check_equal((await text_of("scenario.toml")).toString(), answer.scenario, "the scenario's file");
    check(
      (await text_of("differences.csv")).toString().startsWith("scenario,where,outcome,baseline"),
      "differences.csv",
    );
    check((await text_of("places.xlsx")).subarray(0, 2).toString() === "PK", "places.xlsx is a workbook");
    check(JSON.parse((await text_of("manifest.json")).toString()).seed === 3, "manifest.json holds the seed");
  });
  await run.test(
    "a file is read in, and its fault named with the line",
    { address: `/decide${k_short}`, expected_faults: ["400"] },
    async (page) => {
      await page.getByText("As a file: copy it, or read one in").click();
      const text = page.getByLabel("Or paste one");
      await text.fill('[[change]]\nlever = "import"\nmultiply = 0.5\n');
      await page.getByRole("button", { name: "Read it in" }).click();
      await page.getByText(/scenario.toml line 2/).waitFor();
      await text.fill('name = "A drought"\n[[change]]\nlever = "imports"\nmultiply = 0.5\nfrom = 2024-03-01\n');
      await page.getByRole("button", { name: "Read it in" }).click();
      await page.getByText("It was read in and stands above.").waitFor();
      check_equal(await page.getByLabel("Name", { exact: true }).inputValue(), "A drought", "its name");
      check_equal(await page.getByLabel("From", { exact: true }).inputValue(), "2024-03-01", "its day");
    },
  );
  await run.test("the model describes itself", { address: "/decide/protocol" }, async (page) => {
    await page.getByRole("heading", { name: "7. Submodels and parameters" }).waitFor();
    await page.getByRole("heading", { name: "What it cannot tell" }).waitFor();
    await check_axe(page, "the description");
    await check_reflow(page, "the description");
    await run.shot(page, "decide-protocol");
  });
  for (const [width, scheme] of [
    [320, "light"],
    [640, "dark"],
    [1280, "dark"],
  ]) {
    await run.test(
      `it reads well at ${width} pixels, ${scheme}`,
      { width, scheme, address: `/decide${k_short}` },
      async (page) => {
        await run_it(page);
        await page.locator(".tl-decide__map svg").waitFor();
        await check_axe(page, `${width} pixels`);
        await check_reflow(page, `${width} pixels`);
        await run.shot(page, `decide-${width}-${scheme}`);
      },
    );
  }
}
