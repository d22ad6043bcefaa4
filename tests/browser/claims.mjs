// Claims: a statement checked, and the register of what published reports print.
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

const k_address = "/measure/claims";

async function check_statement(page, words) {
  await page.getByLabel("One sentence with one figure").fill(words);
  await page.keyboard.press("Enter");
  await settled(page);
}

export async function claims_tests(run) {
  console.log("claims");
  await run.test(
    "a statement is checked, and its words are not in the address",
    { address: k_address },
    async (page) => {
      await check_statement(page, "drug stop and search fell 61 per cent from 2012 to 2018");
      await page.getByText("holds on another basis", { exact: true }).first().waitFor();
      check_equal(new URL(page.url()).search, "", "the query");
      check((await page.locator("main").innerText()).includes("−60.8 %"), "the working is shown");
      await check_axe(page, "the answer");
      await run.shot(page, "claims-answer");
    },
  );
  await run.test("the register keeps the rows of one status", { address: k_address }, async (page) => {
    await page.getByLabel("Status", { exact: true }).selectOption("conflicts");
    await page.waitForURL(/status=conflicts/);
    await page.getByText(/^18 figures$/).waitFor();
  });
  for (const width of [1280, 360]) {
    await run.test(`the register reads well at ${width} pixels`, { width, address: k_address }, async (page) => {
      await page.getByText(/^245 figures$/).waitFor();
      await run.shot(page, `claims-${width}`);
      await check_axe(page, "the register");
      await check_reflow(page, "the register");
    });
  }
}
