// Decide: a scenario built, run, stopped, read and downloaded, as a person would.
import { readFileSync } from "node:fs";
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

// Over one set of parameters, as an address has it that is older than the choice; and over the accepted sets.
const k_short = "?years=1&pairs=5&seed=3";
const k_over_sets = "?over=ensemble&years=1&seed=3";

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
    { address: `/decide${k_over_sets}` },
    async (page) => {
      check(await page.getByLabel(/^Over the 42 accepted sets/).isChecked(), "it runs over the accepted sets");
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
      check_equal([answer.over, answer.members, answer.replicates].join(), "ensemble,42,5", "what it ran over");
      const [most, way] = total.higher_in > total.lower_in ? [total.higher_in, "more"] : [total.lower_in, "less"];
      const sets = most === 42 ? `${way} in all 42 sets` : `${way} in ${most} of 42 sets`;
      check(told[3].includes(sets), `it says in how many sets: ${told[3]}, wanted ${sets}`);
      await page.getByRole("columnheader", { name: "Middle 95% of 42 sets" }).first().waitFor();
      await page.getByText(/hold 95 of 100 accepted sets of parameters/).waitFor();
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
      await page.getByRole("button", { name: "Show all outcomes" }).click();
      check_equal(
        await row.locator("td[data-label='By parameters']").innerText(),
        `${(100 * total.share_between).toFixed(0)}%`,
        "the share that the parameters make",
      );
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "rivals.csv", exact: true }).click(),
      ]);
      check(readFileSync(await file.path(), "utf8").startsWith("parameter,figure,members"), "rivals.csv");
    },
  );
  await run.test(
    "what the answer is under each rival figure stands side by side",
    { address: `/decide${k_over_sets}` },
    async (page) => {
      await run_it(page);
      const answer = await numbers_follow(page);
      const table = page.getByRole("region", { name: "What a line takes in a year: what differs under each" });
      const heads = await table.getByRole("columnheader").allInnerTexts();
      check(heads[1].startsWith("£80\u202f000") && heads[2].startsWith("£800\u202f000"), `the figures: ${heads}`);
      const told = await cells(page, table.locator("tr[data-rival=children_arrested]"));
      answer.rivals
        .filter((each) => each.parameter === "line.revenue_per_year")
        .forEach((rival, at) => {
          const { higher_in, lower_in } = rival.totals.find((each) => each.outcome === "children_arrested");
          const most = Math.max(higher_in, lower_in);
          const sets = most === rival.members ? `in all ${most} sets` : `in ${most}`;
          check(told[at].includes(sets), `${rival.figure}: ${told[at]}, wanted ${sets}`);
        });
    },
  );
  await run.test(
    "what the accepted sets hold is set over one set of parameters alone",
    { address: `/decide${k_over_sets}` },
    async (page) => {
      await page.getByText("What it takes as given: set figures of your own").click();
      const choice = page.getByLabel("Parameter", { exact: true });
      const offered = () => choice.locator("option[value='line.revenue_per_year']").count();
      await page.getByText(/^Each of the 42 accepted sets has a value of its own/).waitFor();
      check_equal(await offered(), 0, "offers of what the sets hold");
      await check_axe(page, "what the sets hold");
      await page.getByRole("button", { name: "Choose one set of parameters" }).click();
      await page.waitForURL(/over=one/);
      check(await page.getByLabel(/^Over one set/).isChecked(), "one set is chosen");
      check_equal(await page.getByLabel("Pairs of runs").inputValue(), "40", "its usual pairs");
      check_equal(await offered(), 1, "offers over one set");
      await choice.selectOption("line.revenue_per_year");
      await page.getByRole("button", { name: "Set it" }).click();
      await page.getByLabel("line.revenue_per_year").fill("800000");
      await page.getByLabel("Pairs of runs").fill("5");
      await run_it(page);
      await page.getByText(/^With figures of your own: line.revenue_per_year 800000/).waitFor();
      await page.getByRole("columnheader", { name: "95% interval" }).first().waitFor();
      check_equal(await page.getByRole("heading", { name: "Where sources do not agree" }).count(), 0, "rival figures");
      await page.getByLabel(/^Over the 42 accepted sets/).check();
      await page.getByRole("button", { name: /^Run it 210 times/ }).click();
      await page
        .getByRole("alert")
        .getByRole("link", { name: /has a value of its own for line.revenue_per_year/ })
        .waitFor();
    },
  );
  await run.test(
    "an address that is older than the choice runs what it ran",
    { address: "/decide?do=change~imports~0.5~~&name=A+drought&years=1" },
    async (page) => {
      check(await page.getByLabel(/^Over one set/).isChecked(), "one set is chosen");
      await page.getByRole("button", { name: "Run it 40 times with and without" }).waitFor();
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
  for (const [width, scheme, query] of [
    [320, "light", k_over_sets],
    [360, "light", k_over_sets],
    [640, "dark", k_short],
    [1280, "dark", k_over_sets],
  ]) {
    await run.test(
      `it reads well at ${width} pixels, ${scheme}`,
      { width, scheme, address: `/decide${query}` },
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
