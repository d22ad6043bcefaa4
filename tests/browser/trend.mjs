// Trends, places beside one another, alerts and definitions: what stands on the page, and what stands where nothing can be said.
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

const k_pages = [
  ["trends", "/measure/trend", "Trends"],
  ["places", "/measure/places", "Places compared"],
  ["alerts", "/measure/alerts", "Alerts"],
  ["definitions", "/measure/definitions", "Definitions"],
];

async function main_text(page) {
  return page.locator("main").innerText();
}

async function trend_tests_of_a_series(run) {
  await run.test(
    "a trend opens on a series that says up to when it runs",
    { address: "/measure/trend" },
    async (page) => {
      await page.locator(".tl-picture svg.tl-plot").first().waitFor();
      check(
        /– up to \d{4}/.test(await page.getByLabel("Series").locator("option:checked").innerText()),
        "its end is on its face",
      );
      check(
        /– up to \d{4}/.test(await page.locator("main h2").first().innerText()),
        "the title says up to when it runs",
      );
      check((await page.getByRole("heading", { name: "Breaks" }).count()) === 1, "its breaks are listed");
    },
  );
  await run.test(
    "a change to a period that is not whole is refused with the reason, where the figure would stand",
    { address: "/measure/trend?series=drug_deaths.misuse" },
    async (page) => {
      await page.getByText("Cannot tell how it changed.").waitFor();
      check((await main_text(page)).includes("The latest period is not complete"), "the reason stands there");
      check((await page.getByText("Grey: not complete").count()) === 1, "the picture greys it");
      await page.getByRole("button", { name: "Table" }).click();
      await page
        .getByRole("cell", { name: /The latest period is not complete/ })
        .first()
        .waitFor();
      await page.getByRole("button", { name: "See the change up to 2020" }).click();
      await page.waitForURL(/to=2020/);
      await page.getByText(/over 5 years \(95% interval/).waitFor();
    },
  );
  await run.test(
    "a series, a line and an area are chosen by keyboard and stand in the address",
    { address: "/measure/trend" },
    async (page) => {
      await page.getByLabel("Series").selectOption({ value: "drug_offences_by_code" });
      await settled(page);
      const area = page.getByLabel("Area", { exact: true });
      await area.focus();
      await page.keyboard.type("Kent");
      await page.waitForURL(/area=Kent/);
      await settled(page);
      await page.getByLabel("Series").selectOption({ value: "knife_crime" });
      await page.waitForURL(/series=knife_crime\.recorded/);
      await settled(page);
      await page
        .getByText(/counted otherwise from/)
        .first()
        .waitFor();
      check((await page.locator(".tl-plot").getByText("known").count()) > 0, "the known break is drawn");
      await page.reload();
      await settled(page);
      check_equal(await page.getByLabel("Series").inputValue(), "knife_crime", "the series after coming back");
    },
  );
  await run.test("a trend downloads", { address: "/measure/trend?series=knife_crime.recorded" }, async (page) => {
    for (const format of ["CSV", "XLSX"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".tl-figure").getByRole("link", { name: format }).click(),
      ]);
      check(download.suggestedFilename().endsWith(`.${format.toLowerCase()}`), `${format} is a file`);
    }
  });
  await run.test(
    "a series that is not there is answered with the nearest",
    { address: "/measure/trend?series=drug_deaths.misus", expected_faults: ["400"] },
    async (page) => {
      await page.locator(".tl-problem").waitFor();
      check((await main_text(page)).includes("Did you mean “misuse”?"), "the nearest is offered");
      check_equal(await page.locator(".tl-plot").count(), 0, "pictures of another series");
    },
  );
}

async function place_tests(run) {
  await run.test(
    "areas are held against funnel limits, and ranked where that is fair",
    { address: "/measure/places?series=drug_deaths_by_authority.poisoning" },
    async (page) => {
      await page.locator(".tl-picture svg.tl-plot").first().waitFor();
      await page.getByText("The highest and the lowest").first().waitFor();
      check(!(await main_text(page)).includes("The latest period is not complete"), "the last year is complete");
      await page.getByRole("button", { name: /See the year to 2020, which is not complete/ }).click();
      await page.waitForURL(/to=2020/);
      await page.getByText("The latest period is not complete").first().waitFor();
      check_equal(
        await page.getByText("The highest and the lowest").count(),
        0,
        "ranks of a year that is not complete",
      );
      await page.getByRole("button", { name: "See the last year that is complete" }).click();
      await page.getByText("The highest and the lowest").first().waitFor();
      await page.getByRole("button", { name: "Table" }).click();
      await page.getByRole("columnheader", { name: "Stands" }).first().waitFor();
      await run.shot(page, "places-authorities");
    },
  );
  await run.test(
    "areas are not ranked by what the police recorded, and the page says why",
    { address: "/measure/places?series=knife_crime.recorded" },
    async (page) => {
      await page.getByText("Areas may not be ranked by what the police recorded").first().waitFor();
      check((await page.getByText("The highest and the lowest").count()) === 0, "nothing is ranked");
      await page.getByText("Areas without a place beside the others").first().waitFor();
      check_equal(await page.getByRole("button", { name: "Per 100,000" }).count(), 0, "orders of areas by their rates");
      check((await page.getByRole("button", { name: "Area", exact: true }).count()) > 0, "they stand by name");
    },
  );
}

async function alert_tests(run) {
  await run.test(
    "alerts say how many chance raises, and which are of the police alone",
    { address: "/measure/alerts" },
    async (page) => {
      await page.getByText("Of which to be expected by chance").waitFor();
      await page.getByText("police activity alone").first().waitFor();
      const all = await page.getByText(/^\d+ alerts$/).innerText();
      await page.getByLabel("Alerts shown").selectOption("not_police_alone");
      await page.waitForURL(/show=not_police_alone/);
      check((await page.getByText(/^\d+ alerts?$/).innerText()) !== all, "fewer are shown");
      check_equal(
        await page.getByText("police activity alone", { exact: true }).count(),
        0,
        "alerts of the police alone",
      );
      await page.getByLabel("False alarms of a quiet series").selectOption("0.05");
      await page.waitForURL(/level=0\.05/);
      await settled(page);
      await page.getByRole("heading", { name: "Categories seen for the first time" }).waitFor();
    },
  );
}

async function definition_tests(run) {
  await run.test(
    "rival readings of a term stand beside one another on one area",
    { address: "/measure/definitions" },
    async (page) => {
      await page.getByLabel("Term").selectOption("drug death");
      await page.waitForURL(/term=drug/);
      await page.getByRole("heading", { name: /what each reading gives/ }).waitFor();
      await page.getByLabel("Area", { exact: true }).selectOption("England and Wales");
      await page.waitForURL(/area=England/);
      await settled(page);
      await page.getByRole("columnheader", { name: /drug-misuse-death@1: death, England and Wales/ }).waitFor();
      await page.getByRole("link", { name: "drug-misuse-death@1" }).first().click();
      await page.waitForURL(/name=drug-misuse-death/);
      await page.getByText("It counts").first().waitFor();
      await check_axe(page, "a definition");
      await run.shot(page, "definition");
    },
  );
}

export async function trend_tests(run) {
  console.log("trends, places, alerts and definitions");
  await trend_tests_of_a_series(run);
  await place_tests(run);
  await alert_tests(run);
  await definition_tests(run);
  for (const [name, address, title] of k_pages) {
    // 320 pixels are what a window of 1280 has at a zoom of 400 per cent.
    for (const width of [1280, 360, 320]) {
      await run.test(`${name} read well at ${width} pixels`, { width, address }, async (page) => {
        await page.getByRole("heading", { name: title, level: 1 }).waitFor();
        check_equal(await page.locator(".tl-problem").count(), 0, "problems on the page");
        await run.shot(page, `${name}-${width}`);
        await check_axe(page, title);
        await check_reflow(page, title);
      });
    }
  }
}
