// What stands on every page: header, second bar, purpose, colours, skip link.
import { check, check_axe, check_equal, settled } from "./harness.mjs";

export async function shell_tests(run) {
  console.log("shell");
  await run.test("the first key leads past the header", { address: "/measure" }, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    check_equal(await page.evaluate(() => document.activeElement?.id), "main", "the focus");
  });
  await run.test("what has the focus is never hidden, and can be seen", { address: "/measure" }, async (page) => {
    const seen = new Set();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const box = element.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
        return {
          name: element.outerHTML.slice(0, 90),
          is_seen: getComputedStyle(element).outlineStyle !== "none",
          is_free: top !== null && (element.contains(top) || top.contains(element)),
        };
      });
      if (found === null) break;
      seen.add(found.name);
      check(found.is_seen, `the focus is drawn on ${found.name}`);
      check(found.is_free, `nothing covers ${found.name}`);
    }
    check(seen.size > 10, `the walk met ${seen.size} places`);
  });
  await run.test("targets are at least 24 pixels high or stand in text", { address: "/measure" }, async (page) => {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input")]
        .filter((each) => each.getClientRects().length > 0 && each.getBoundingClientRect().height < 24)
        .map((each) => each.outerHTML.slice(0, 90)),
    );
    check(small.length === 0, `too small: ${small.join(" ")}`);
  });
  await run.test("no purpose is chosen beforehand", { address: "/measure" }, async (page) => {
    await page.getByRole("button", { name: /^Purpose/ }).click();
    check_equal(await page.locator("input[name=purpose]:checked").count(), 0, "purposes chosen");
    check(
      await page.getByRole("button", { name: "Act for this purpose" }).isDisabled(),
      "there is nothing to act for yet",
    );
    await check_axe(page, "the purposes");
    await run.shot(page, "shell-purpose", { fullPage: false });
    await page.keyboard.press("Escape");
    check(
      (await page.evaluate(() => document.activeElement?.textContent ?? "")).startsWith("Purpose"),
      "Escape gives the focus back",
    );
  });
  await run.test(
    "the day as of which all is seen stands in the address and stays there",
    { address: "/measure" },
    async (page) => {
      await page.getByRole("button", { name: /^As of/ }).click();
      await page.getByLabel(/as it was known/).fill("2030-01-01");
      await check_axe(page, "the date");
      await page.getByRole("button", { name: "See it so" }).click();
      await settled(page);
      check(page.url().includes("as_of=2030-01-01"), `the address says so: ${page.url()}`);
      check((await page.getByRole("button", { name: /^As of/ }).innerText()).includes("1 Jan 2030"), "the bar says so");
      const href = await page.getByRole("link", { name: "Measure", exact: true }).getAttribute("href");
      check(href.includes("as_of=2030-01-01"), `the menu keeps it: ${href}`);
    },
  );
  await run.test("colours are chosen and kept", { address: "/measure" }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator(".tl-header__end .tl-popover__button").click();
    await page.getByRole("button", { name: "Dark" }).click();
    check((await ground()) !== light, "the ground is dark");
    await check_axe(page, "the account menu");
    await page.reload();
    await settled(page);
    check((await ground()) !== light, "and is so after loading again");
  });
}
