// Home: what arrived, which months there are, what is worth a look.
import { check, check_axe, check_equal, settled } from "./harness.mjs";

export async function home_tests(run) {
  console.log("home");
  await run.test("home opens on what arrived, and names nobody", { address: "/" }, async (page) => {
    const rows = await page.locator(".tl-home .tl-table tbody tr").count();
    check(rows >= 8, `extracts stand there: ${rows}`);
    check((await page.locator(".tl-findings li").count()) >= 3, "findings stand beside them");
    await page
      .locator(".tl-home .tl-table tbody tr")
      .filter({ hasText: "borough-counts" })
      .getByRole("link", { name: /^[0-9a-f]{16}$/ })
      .first()
      .click();
    await settled(page);
    check(/\/sources\/extracts\/[0-9a-f]{16}$/.test(page.url()), `an extract leads to its page: ${page.url()}`);
  });
  await run.test("absent months are hatched, told in words, and in the table", { address: "/" }, async (page) => {
    const words = await page
      .locator("svg.tl-strip[role=img]")
      .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
    check(
      words.some((each) => each.startsWith("Essex") && each.includes("absent Dec 2017 – Dec 2018")),
      `Essex has a gap: ${words.join(" | ").slice(0, 200)}`,
    );
    check((await page.locator("svg.tl-strip[role=img] rect[fill^='url(#']").count()) >= 4, "gaps are hatched");
    await page.getByRole("button", { name: "Table", exact: true }).first().click();
    check(page.url().includes("look=table"), "the address says so");
    const cells = await page.locator(".tl-figure:has-text('Stops and searches') tbody tr").allInnerTexts();
    check(
      cells.some((row) => row.includes("Essex") && row.includes("absent") && row.includes("13")),
      "the table has the gap",
    );
    await check_axe(page, "the coverage as a table");
  });
  await run.test("the coverage of every month comes as CSV", { address: "/?look=table" }, async (page) => {
    const href = await page.getByRole("link", { name: "CSV, a column a month" }).nth(1).getAttribute("href");
    const body = await page.evaluate(async (address) => (await fetch(address)).text(), href);
    check(body.includes("absent") && body.includes("Essex"), `it holds the gap: ${body.slice(0, 80)}`);
  });
  await run.test(
    "as of a day before anything came, home teaches what belongs there",
    { address: "/?as_of=2020-01-01" },
    async (page) => {
      const words = await page.locator("main").innerText();
      check(words.includes("Nothing was read in yet"), `it says so: ${words.slice(0, 200)}`);
    },
  );
  await run.test("home prints without its buttons", { address: "/" }, async (page) => {
    await run.print(page, "print-home");
    await page.emulateMedia({ media: "print" });
    const words = await page.locator("body").innerText();
    check(words.includes("What arrived lately") && words.includes("audit log"), "what arrived is printed");
    check(!words.includes("Add an extract"), "the button is not");
    check_equal(await page.locator(".tl-header").isVisible(), false, "the header on paper");
  });
}
