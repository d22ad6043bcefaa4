// Search: by a few words, misspelt or not, and never by an address.
import { check, check_axe, check_equal, settled } from "./harness.mjs";

async function seek(page, words) {
  await page.keyboard.press("/");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search/);
  await settled(page);
  await page.locator("main [role=status]").first().waitFor();
}

export async function search_tests(run) {
  console.log("search");
  await run.test(
    "a place is found by keyboard alone, and its words are not in the address",
    { address: "/" },
    async (page) => {
      await seek(page, "southend");
      check_equal(new URL(page.url()).search, "", "the query");
      const hit = page.getByRole("link", { name: "Southend-on-Sea", exact: true }).first();
      await hit.focus();
      await page.keyboard.press("ArrowDown");
      check_equal(await page.evaluate(() => document.activeElement?.tagName), "A", "an arrow key goes to the next hit");
      await hit.click();
      await settled(page);
      check(page.url().includes("/measure?area=E0"), `it leads to its figures: ${page.url()}`);
      await page.goBack();
      await page.getByText(/results? for “southend”/).waitFor();
      await check_axe(page, "the results");
      await run.shot(page, "search-results");
    },
  );
  await run.test("a misspelt place is offered as it is written", { address: "/search" }, async (page) => {
    await seek(page, "Southent on Sea");
    const meant = page.getByText("Did you mean").getByRole("button");
    await meant.click();
    await page
      .getByRole("link", { name: /Southend-on-Sea/ })
      .first()
      .waitFor();
  });
  await run.test("what is nowhere is said to be nowhere", { address: "/search" }, async (page) => {
    await seek(page, "qqqqxxxxzzzz");
    check((await page.locator("main").innerText()).includes("Nothing was found"), "it says so");
    await check_axe(page, "no results");
  });
}
