// The Measure page: what a person asks, reads, checks, prints and hands on.
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

// The question of the person test, as its answer's address has it.
const k_question = "/measure?measure=crimes&category=drugs&area=E06000033&area=E06000034&from=2025-01&to=2025-09";

const text_of = (page, selector) => page.locator(selector).allInnerTexts();

async function headline(page) {
  return (await text_of(page, ".tl-headline p")).join("\n");
}

async function looks(run) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 768, 360]) {
      await run.test(
        `the answer reads well at ${width} pixels, ${scheme}`,
        { width, scheme, address: k_question },
        async (page) => {
          await run.shot(page, `measure-${width}-${scheme}`);
          await check_axe(page, "the answer");
          await check_reflow(page, "the answer");
        },
      );
    }
    for (const [state, more] of [
      ["table", "&look=table"],
      ["rates", "&show=rate"],
      ["trace", "&trace=crimes/drugs/E06000033/2025-03"],
    ]) {
      await run.test(`the ${state} is accessible, ${scheme}`, { scheme, address: k_question + more }, async (page) => {
        await run.shot(page, `measure-${state}-${scheme}`, { fullPage: state !== "trace" });
        await check_axe(page, state);
      });
    }
  }
  await run.test(
    "at twice the size nothing is lost sideways",
    { width: 640, height: 450, address: k_question },
    async (page) => {
      await check_reflow(page, "at 200 per cent");
      await run.shot(page, "measure-zoomed");
    },
  );
}

async function question(run) {
  await run.test("the page opens on an answer and never empty", { address: "/measure" }, async (page) => {
    check((await text_of(page, ".tl-headline li")).length >= 2, "the first areas received stand side by side");
    check((await page.locator(".tl-picture svg.tl-plot").count()) > 0, "their months are drawn");
    await run.shot(page, "measure-first");
    await check_axe(page, "the first view");
  });
  await run.test(
    "a newcomer finds drugs in Southend-on-Sea beside Thurrock by typing names",
    { address: "/measure" },
    async (page) => {
      await page.getByRole("button", { name: "Keep only the first" }).click();
      for (const [typed, name] of [
        ["southend", "Southend-on-Sea"],
        ["thurr", "Thurrock"],
      ]) {
        await page.getByRole("combobox", { name: "Areas, side by side" }).fill(typed);
        await page.getByRole("option", { name }).click();
      }
      await page.getByRole("button", { name: /^Take out Essex/ }).click();
      await page.getByLabel("Offence", { exact: true }).selectOption({ label: "Drugs" });
      await page.getByLabel("From", { exact: true }).selectOption("2025-01");
      await page.getByLabel("To, included").selectOption("2025-09");
      await page.locator(".tl-headline li").nth(1).waitFor();
      await settled(page);
      const words = await headline(page);
      check(words.includes("Southend-on-Sea") && words.includes("638"), `Southend-on-Sea has 638: ${words}`);
      check(words.includes("Thurrock") && words.includes("516"), `Thurrock has 516: ${words}`);
      check((await text_of(page, ".tl-activity")).join("").includes("police activity"), "it is called police activity");
    },
  );
  await run.test(
    "a misspelt area is answered with what to do",
    { address: "/measure?measure=crimes&category=drugs&area=Southent", expected_faults: ["status of 4"] },
    async (page) => {
      check((await page.locator(".tl-problem").count()) === 1, "a problem is shown");
      check(
        (await page.getByRole("combobox", { name: "Areas, side by side" }).count()) === 1,
        "another area can still be chosen",
      );
      await check_axe(page, "a problem");
    },
  );
}

async function picking(run) {
  await run.test("the whole question is asked by keyboard alone", { address: k_question }, async (page) => {
    await page.getByRole("combobox", { name: "Areas, side by side" }).focus();
    await page.keyboard.type("basil");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".tl-headline p", { hasText: "Basildon" }).waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".tl-headline p", { hasText: "Basildon" }).waitFor({ state: "detached" });
    check((await headline(page)).includes("Thurrock"), "only the chip before the field was taken out");
  });
  await run.test("the list says which areas have nothing received", { address: k_question }, async (page) => {
    await page.getByRole("combobox", { name: "Areas, side by side" }).fill("manchester");
    check(
      (await text_of(page, "[role=option]")).some((words) => words.includes("nothing received")),
      "Manchester has nothing",
    );
    await check_axe(page, "the open list");
    await run.shot(page, "measure-list", { fullPage: false });
  });
  for (const scheme of ["light", "dark"]) {
    await run.test(
      `the map chooses what the list chooses, ${scheme}`,
      { scheme, address: k_question },
      async (page) => {
        await page.getByRole("button", { name: "local authorities" }).click();
        await page.waitForSelector(".tl-map canvas");
        await page.waitForTimeout(2500); // The map draws by itself and says nothing to the page when it has done.
        await run.shot(page, `measure-map-${scheme}`);
        await check_axe(page, "the map");
        const box = await page.locator(".tl-map canvas").boundingBox();
        await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.72);
        await settled(page);
        check_equal((await text_of(page, ".tl-area-chip")).length, 3, "areas chosen after a click on Kent");
      },
    );
  }
}

async function state(run) {
  await run.test(
    "the address holds the question, and back leads to the one before",
    { address: k_question },
    async (page) => {
      await page.getByRole("button", { name: "Per 100,000 residents" }).click();
      await page.getByRole("button", { name: "Table" }).click();
      await settled(page);
      check(
        page.url().includes("show=rate") && page.url().includes("look=table"),
        `the address says so: ${page.url()}`,
      );
      await page.reload();
      await settled(page);
      check_equal(
        await page.getByRole("button", { name: "Table" }).getAttribute("aria-pressed"),
        "true",
        "the table after loading again",
      );
      await page.goBack();
      check_equal(
        await page.getByRole("button", { name: "Picture" }).getAttribute("aria-pressed"),
        "true",
        "the picture after going back",
      );
    },
  );
  await run.test(
    "missing months are gaps that are named, never noughts",
    { address: k_question.replace("to=2025-09", "to=2025-11") },
    async (page) => {
      check(
        (await page.locator(".tl-plot rect[fill='url(#tl-hatch)'], .tl-plot g[fill='url(#tl-hatch)'] rect").count()) >=
          2,
        "two months are hatched",
      );
      check((await text_of(page, ".tl-comparison")).join("").includes("Cannot tell"), "there is no total");
      await run.shot(page, "measure-gap");
      await page.getByRole("button", { name: "Table" }).click();
      check((await text_of(page, ".tl-monthly td.tl-cannot")).includes("not received"), "the table says not received");
      await check_axe(page, "gaps");
    },
  );
  await run.test(
    "as of a day before anything came there is no figure and a way on",
    { address: `${k_question}&as_of=2020-01-01`, expected_faults: ["status of 4"] },
    async (page) => {
      check((await page.locator(".tl-headline").count()) === 0, "nothing is counted");
      check((await text_of(page, "main")).join("").length > 40, "the page says why");
      await run.shot(page, "measure-before-anything");
      await check_axe(page, "as of before anything");
    },
  );
}

async function proof(run) {
  await run.test(
    "a figure leads to its rows, their file, and the entry whose proof is handed on",
    { address: k_question },
    async (page) => {
      await page.getByRole("link", { name: "How do we know? About the total of Southend-on-Sea" }).first().click();
      const panel = page.getByRole("dialog", { name: "How do we know?" });
      await panel.getByRole("heading", { name: "Extracts" }).or(panel.getByText("Extracts")).first().waitFor();
      await panel
        .getByRole("link", { name: /^[0-9a-f]{16}$/ })
        .first()
        .click();
      await panel.getByText("Proof to hand on").waitFor();
      const link = panel.getByRole("link", { name: /^Entry \d+ and its proof$/ });
      check(/^\/govern\/log\/\d+$/.test(await link.getAttribute("href")), "the proof has an address");
      await run.print(page, "print-trace");
      await panel.getByRole("button", { name: "Back" }).click();
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
      check(!page.url().includes("trace="), "the closed trace is out of the address");
    },
  );
  await run.test("closing a trace gives the focus back to what opened it", { address: k_question }, async (page) => {
    const link = page.getByRole("link", { name: "How do we know? About the total of Thurrock" }).first();
    await link.focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
    check(
      (await page.evaluate(() => document.activeElement?.textContent ?? "")).includes("Thurrock"),
      "the focus is on the link again",
    );
  });
  await run.test("a caveat opens one plain sentence", { address: k_question }, async (page) => {
    await page.getByRole("button", { name: "police activity" }).click();
    check(
      (await text_of(page, ".tl-caveats__sentence")).join("").includes("more looking gives higher figures"),
      "the sentence is shown",
    );
    await check_axe(page, "an open caveat");
  });
  await run.test("the figures come as CSV and as XLSX", { address: k_question }, async (page) => {
    for (const [name, begin] of [
      ["CSV", /Southend-on-Sea/],
      ["XLSX", /^PK/],
    ]) {
      const href = await page
        .getByRole("link", { name: new RegExp(`^${name}`) })
        .first()
        .getAttribute("href");
      const body = await page.evaluate(async (address) => (await fetch(address)).text(), href);
      check(begin.test(body), `${name} holds the figures: ${body.slice(0, 60)}`);
    }
  });
  await run.test("a print stands by itself", { address: k_question }, async (page) => {
    await run.print(page, "print-measure");
    await page.emulateMedia({ media: "print" });
    const words = (await page.locator("body").innerText()).replaceAll(/\s+/g, " ");
    for (const part of [
      "638",
      "516",
      "crimes/drugs/E06000033/2025-01..2025-09",
      "more looking gives higher figures",
      "Handling:",
      "root",
      "/measure?",
    ]) {
      check(words.includes(part), `the print has “${part}”`);
    }
    check(!words.includes("Per 100,000 residents Areas"), "the form is not printed");
    await run.shot(page, "print-measure");
  });
}

export async function measure_tests(run) {
  console.log("measure");
  await question(run);
  await picking(run);
  await state(run);
  await proof(run);
  await looks(run);
}
