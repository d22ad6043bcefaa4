// Hot spots, and an area beside those most like it: what stands out, what of it is police activity alone, and that nothing
// is ranked that may not be.
import { check, check_axe, check_downloads, check_equal, check_reflow, settled } from "./harness.mjs";

const k_received = "/measure/hotspots?measure=crimes&category=drugs";
const k_like = "/measure/places?series=drug_deaths_by_authority.poisoning&beside=Hartlepool";

async function deaths_tests(run) {
  await run.test(
    "hot spots of deaths are told, drawn on outlines, and listed by name",
    { address: "/measure/hotspots" },
    async (page) => {
      await page.locator(".tl-picture svg.tl-plot").first().waitFor();
      await page
        .getByText(/\d+ circles hold more than their share beyond what chance makes\. \d+ places are hot/)
        .waitFor();
      check((await page.locator(".tl-picture svg.tl-plot path").count()) > 300, "every authority has its outline");
      await page.getByText("The last period, 2020, is not complete", { exact: false }).waitFor();
      await page.getByRole("heading", { name: "What a circle cannot say" }).waitFor();
      check_equal(await page.getByText("police activity alone").count(), 0, "deaths marked as police activity");
      await page.getByRole("button", { name: "Table" }).click();
      await page
        .getByRole("rowheader", { name: "Adur" })
        .or(page.getByRole("cell", { name: "Adur" }))
        .first()
        .waitFor();
      await check_downloads(page, page.locator(".tl-figure").first());
      await page.getByLabel("Places in the table").selectOption("standing_out");
      await page.waitForURL(/shown=standing_out/);
      check_equal(
        await page.getByRole("cell", { name: "Adur", exact: true }).count(),
        0,
        "places that do not stand out",
      );
    },
  );
  await run.test(
    "what a circle may hold and which years are taken stand in the address",
    { address: "/measure/hotspots" },
    async (page) => {
      await settled(page);
      await page.getByLabel("A circle holds").selectOption("0.5");
      await page.waitForURL(/circle=0\.5/);
      await page.locator(".tl-wide-words").getByText("North Tyneside").first().waitFor();
      await page.getByLabel("First year").fill("2010");
      await page.getByLabel("Last year").fill("2012");
      await page.keyboard.press("Enter");
      await page.waitForURL(/from=2010&to=2012/);
      await page.getByText("2010..2012", { exact: false }).first().waitFor();
      await page.reload();
      await settled(page);
      check_equal(await page.getByLabel("First year").inputValue(), "2010", "the first year after coming back");
    },
  );
  await run.test(
    "a year that is not complete is refused with what to do",
    { address: "/measure/hotspots?to=2020", expected_faults: ["403"] },
    async (page) => {
      await page
        .locator(".tl-problem")
        .getByText(/latest period is not complete/)
        .waitFor();
    },
  );
}

async function police_tests(run) {
  await run.test(
    "what only the police's own work shows is marked, beside deaths, and is not ranked",
    { address: k_received },
    async (page) => {
      await page.locator(".tl-picture svg.tl-plot").first().waitFor();
      await page
        .getByText(/circles hold more than their share beyond what chance makes, in police activity only\./)
        .waitFor();
      await page.getByText("Areas may not be ranked by what the police recorded").first().waitFor();
      await page.getByText("police activity alone").first().waitFor();
      await page.getByText("Beside it stands what the police's own work does not make", { exact: false }).waitFor();
      check_equal(
        await page.getByRole("button", { name: "Count", exact: true }).count(),
        0,
        "orders of places by counts",
      );
      check(
        (await page
          .locator(".tl-wide-words table")
          .getByText(/^\d+\.\d\d \(\d+\.\d\d to \d+\.\d\d\)$/)
          .count()) > 2,
        "the rate beside a circle has its interval",
      );
      const centres = await page.locator(".tl-wide-words table tbody tr > :first-child").allInnerTexts();
      check(centres.length > 2, "there are circles");
      check_equal(centres.join(), centres.toSorted((a, b) => a.localeCompare(b, "en-GB")).join(), "circles by name");
      await run.shot(page, "hot-spots-police");
    },
  );
}

async function like_tests(run) {
  await run.test(
    "an area stands beside those most like it, by likeness and with what they are alike in",
    { address: "/measure/places?series=drug_deaths_by_authority.poisoning" },
    async (page) => {
      await page.getByLabel("The area").selectOption("Hartlepool");
      await page.waitForURL(/beside=Hartlepool/);
      await page
        .getByText(
          /Hartlepool: 17\.1 \([\d.]+ to [\d.]+\) for each 100.000 residents\. Of 10 areas like it, \d+ had a lower rate/,
        )
        .waitFor();
      await page.getByRole("heading", { name: "Areas most like Hartlepool, the nearest first" }).waitFor();
      await page.getByText("What they are alike in", { exact: true }).waitFor();
      const figure = page.locator(".tl-figure").nth(1);
      await figure.getByRole("button", { name: "Table" }).click();
      await page.waitForURL(/likes=table/);
      const rows = await figure.locator("tbody tr > :first-child").allInnerTexts();
      check_equal(rows.slice(0, 2).join(), "Hartlepool,Darlington", "itself and the most alike");
      await check_downloads(page, figure);
    },
  );
  await run.test(
    "forces and regions are held beside no like areas",
    { address: "/measure/places?series=knife_crime.recorded" },
    async (page) => {
      await settled(page);
      check_equal(
        await page.getByRole("heading", { name: "One area beside those most like it" }).count(),
        0,
        "like areas",
      );
    },
  );
}

const k_looks = [
  ["hot-spots", "/measure/hotspots", "Hot spots"],
  ["hot-spots-table", `${k_received}&look=table`, "Hot spots"],
  ["like-areas", k_like, "Places compared"],
];

export async function hotspot_tests(run) {
  console.log("hot spots and like areas");
  await deaths_tests(run);
  await police_tests(run);
  await like_tests(run);
  for (const [name, address, title] of k_looks) {
    for (const [width, scheme] of [
      [1280, "light"],
      [1280, "dark"],
      [768, "light"],
      [320, "light"],
    ]) {
      const options = { width, scheme, address };
      await run.test(`${name} reads well at ${width} pixels, ${scheme}`, options, async (page) => {
        await page.getByRole("heading", { name: title, level: 1 }).waitFor();
        await page.locator(".tl-picture svg.tl-plot").first().waitFor({ state: "attached" });
        check_equal(await page.locator(".tl-problem").count(), 0, "problems on the page");
        await run.shot(page, `${name}-${width}-${scheme}`);
        await check_axe(page, title);
        await check_reflow(page, title);
      });
    }
  }
}
