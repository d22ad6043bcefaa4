// The harm index, the unseen, the sentinel, who is searched and lags: what is told, what is refused, and that made-up figures say so.
import { check_axe, check_downloads, check_equal, check_reflow, settled } from "./harness.mjs";

const k_pages = [
  ["harm-index", "/measure/index", "Harm index"],
  ["unseen", "/measure/hidden", "The unseen"],
  ["who-is-searched", "/measure/disparity?area=Essex", "Who is searched"],
  ["sentinel", "/measure/sentinel", "Sentinel"],
  [
    "lag",
    "/measure/lag?leader=drug_deaths.misuse&follower=drug_deaths.any_opiate&low=0&high=2&hypothesis=They+move+together.",
    "Before and after",
  ],
];

async function index_tests(run) {
  await run.test(
    "the harm index says that it is made up, and is never shown without its parts",
    { address: "/measure/index" },
    async (page) => {
      await page.locator(".tl-picture svg.tl-plot").first().waitFor();
      check_equal(await page.getByText("A constructed example.").count(), 2, "warnings that figures are made up");
      await page.getByText(/107\.1 in period 2, period 0 being 100 \(95% interval/).waitFor();
      await page.getByRole("heading", { name: "What each harm did to the value" }).waitFor();
      await page.getByText(/severity score changed by \+.*Cambridge Crime Harm Index by −/).waitFor();
      await page.getByText("The two disagree about drug offences by design", { exact: false }).waitFor();
      await page.getByRole("button", { name: "Table" }).first().click();
      await page.getByRole("columnheader", { name: "Probability that it fell" }).waitFor();
      await check_downloads(page, page.locator(".tl-figure").first());
    },
  );
  await run.test(
    "the base and the area of published scores stand in the address",
    { address: "/measure/index" },
    async (page) => {
      await page.getByLabel("The period that is 100").selectOption("1");
      await page.waitForURL(/base=1/);
      await settled(page);
      await page.getByLabel("Area", { exact: true }).selectOption("Essex");
      await page.waitForURL(/area=Essex/);
      await page.getByRole("heading", { name: "Crime Severity Score as published: Essex" }).waitFor();
      await page.reload();
      await settled(page);
      check_equal(await page.getByLabel("Area", { exact: true }).inputValue(), "Essex", "the area after coming back");
    },
  );
}

async function hidden_tests(run) {
  await run.test(
    "an estimate of the unseen stands with what it hangs on, and is refused where lists share too little",
    { address: "/measure/hidden" },
    async (page) => {
      await page.getByText(/About 12.200 in all \(95% interval/).waitFor();
      await page.getByText(/Were one pair of lists to depend otherwise/).waitFor();
      check_equal(await page.locator(".tl-figure").count(), 2, "figures");
      await check_downloads(page, page.locator(".tl-figure").first());
      await page.getByText("Cannot tell what share is not in treatment.").waitFor();
      await page.getByLabel("Lists", { exact: true }).selectOption("constructed_small_overlap");
      await page.waitForURL(/lists=constructed_small_overlap/);
      await page.getByText("Cannot tell how many there are.").waitFor();
      await page.getByText(/Only 5 of \d+ cases are on two lists or more/).waitFor();
      check_equal(await page.locator(".tl-figure").count(), 0, "figures of lists that carry no estimate");
    },
  );
}

async function sentinel_tests(run) {
  await run.test(
    "a pattern is read both ways, and windows are chosen by keyboard",
    { address: "/measure/sentinel" },
    async (page) => {
      await page.getByText("To be looked into: 1 of 1 pattern.").waitFor();
      await page
        .getByText(/from 5100 to 22.245/)
        .first()
        .waitFor();
      await page.getByRole("heading", { name: "If recording or practice changed" }).waitFor();
      await page.getByRole("heading", { name: "If what happens changed" }).waitFor();
      await check_downloads(page, page.locator(".tl-figure").first());
      await page.getByLabel("The earlier window", { exact: true }).fill("2015");
      await page.getByLabel("The later window", { exact: true }).fill("2016");
      await page.keyboard.press("Enter");
      await page.waitForURL(/before=2015&after=2016/);
      await settled(page);
      await page.getByLabel("What is watched").selectOption("offences");
      await page.waitForURL(/of=offences/);
      await settled(page);
      check_equal(await page.locator(".tl-problem").count(), 0, "problems with what was received");
    },
  );
  await run.test(
    "windows that are not alike are refused with what to do",
    { address: "/measure/sentinel?before=2021&after=2024-01..2024-03", expected_faults: ["400"] },
    async (page) => {
      await page
        .locator(".tl-problem")
        .getByText(/equally long/)
        .waitFor();
    },
  );
}

async function disparity_tests(run) {
  await run.test(
    "who is searched is told with intervals, hit rates and every other footing, and downloads",
    { address: "/measure/disparity" },
    async (page) => {
      await page.getByText(/Black: \d+\.\d times as often as White \(95% interval/).waitFor();
      await page.getByLabel("Force").selectOption({ label: "Essex" });
      await page.waitForURL(/area=E23000028/);
      await settled(page);
      await page.getByRole("heading", { name: "The same on other footings" }).waitFor();
      await page.getByLabel("Group", { exact: true }).selectOption("self");
      await page.waitForURL(/ethnicity=self/);
      await settled(page);
      await page.getByRole("button", { name: "Table" }).first().click();
      await page.getByRole("columnheader", { name: "Risk ratio" }).first().waitFor();
      await check_downloads(page, page.locator(".tl-figure").first());
    },
  );
}

async function lag_tests(run) {
  await run.test(
    "nothing is looked at before it is declared; then the answer is that it cannot be told",
    { address: "/measure/lag" },
    async (page) => {
      check_equal(await page.locator(".tl-report").count(), 0, "answers before anything is declared");
      await page.getByRole("button", { name: "Declare and look" }).click();
      await page.getByRole("alert").getByText("Say what you expect and why").waitFor();
      await page.getByLabel("What you expect, and why").fill("More searches, more arrests.");
      await page.keyboard.press("Enter");
      await page.waitForURL(/hypothesis=More/);
      await page.getByText("Cannot tell.", { exact: true }).waitFor();
      await page.getByText(/worth 9\.2 independent periods/).waitFor();
      await page.getByText("SHA-256 of this").waitFor();
    },
  );
  await run.test(
    "series of unlike periods are refused with the reason",
    { address: "/measure/lag?follower=drug_deaths.misuse&hypothesis=x", expected_faults: ["400"] },
    async (page) => {
      await page
        .locator(".tl-problem")
        .getByText(/calendar year is not the year to March/)
        .waitFor();
    },
  );
}

export async function evidence_tests(run) {
  console.log("harm index, the unseen, sentinel, who is searched and lags");
  await index_tests(run);
  await hidden_tests(run);
  await sentinel_tests(run);
  await disparity_tests(run);
  await lag_tests(run);
  for (const [name, address, title] of k_pages) {
    // 320 pixels are what a window of 1280 has at a zoom of 400 per cent.
    for (const width of [1280, 320]) {
      await run.test(`${name} reads well at ${width} pixels`, { width, address }, async (page) => {
        await page.getByRole("heading", { name: title, level: 1 }).waitFor();
        check_equal(await page.locator(".tl-problem").count(), 0, "problems on the page");
        await run.shot(page, `${name}-${width}`);
        await check_axe(page, title);
        await check_reflow(page, title);
      });
    }
  }
}
