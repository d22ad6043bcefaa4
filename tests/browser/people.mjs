// People: a purpose first; who else knows; a person with lanes and links; the waterfall; review by keys; what stays unseen.
import { readFile } from "node:fs/promises";
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

// What the browser's session acts for from now on; null: for nothing.
async function act_for(page, code) {
  const status = await page.evaluate(async (purpose) => {
    const session = await (await fetch("/api/session")).json();
    const answer = await fetch("/api/session/purpose", {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRF": session.csrf },
      body: JSON.stringify({
        code: purpose,
        reason: purpose === null ? "" : "A test",
      }),
    });
    return answer.status;
  }, code);
  check_equal(status, 200, "choosing a purpose");
}

// Asking past the page, for whatever purpose the session has.
async function refused_status(page) {
  return page.evaluate(async () => {
    const session = await (await fetch("/api/session")).json();
    const answer = await fetch("/api/people/who", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF": session.csrf },
      body: JSON.stringify({ surname: "Vexworthy" }),
    });
    return answer.status;
  });
}

async function ask(page, words) {
  await page.getByLabel(/Names, date of birth/).fill(words);
  await page.keyboard.press("Enter");
  await page.locator("main [role=status]").first().waitFor();
  await settled(page);
}

const k_misspelt = "Quilia Vexworthi 20/4/2009";

async function purpose(run) {
  await run.test("nothing of a person is asked before a purpose, and none is chosen", {}, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await run.open(page, "/people");
    await page.getByRole("heading", { name: "A purpose first" }).waitFor();
    check_equal(await page.locator("main input:checked").count(), 0, "purposes chosen beforehand");
    check(
      asked.every((path) => !/^\/api\/(people|links|review|linkage)/.test(path)),
      "nothing of a person was asked for",
    );
    await check_axe(page, "the purpose");
    await run.shot(page, "who-purpose");
    await page.getByLabel("Protecting somebody").check();
    await page.getByLabel("Why, in words").fill("A test");
    await page.getByRole("button", { name: "Act for this purpose" }).click();
    await page.getByRole("heading", { name: "Who else knows this person?" }).waitFor();
    await page.getByText("What can be asked").waitFor();
    await check_axe(page, "before asking");
  });
  await run.test(
    "counting shows nobody, and says for what one might ask",
    { address: "/people", expected_faults: ["status of 403"] },
    async (page) => {
      await act_for(page, "COUNT");
      await page.reload();
      await page.getByText("For the purpose that is chosen nobody is shown").waitFor();
      check_equal(await refused_status(page), 403, "what the program says to whoever asks all the same");
      await act_for(page, "PROTECT");
    },
  );
}

async function asking(run) {
  for (const width of [1280, 768, 360]) {
    await run.test(
      `who else knows is answered from misspelt words, at ${width} pixels`,
      { width, address: "/people" },
      async (page) => {
        await ask(page, k_misspelt);
        const words = await page.locator("main").innerText();
        for (const said of [
          "Otherford Police",
          "Specimen County Council",
          "harmed",
          "suspected",
          "in care",
          "01632 960004",
        ]) {
          check(words.includes(said), `${said} is in the answer`);
        }
        check_equal(
          new URL(page.url()).search + new URL(page.url()).hash,
          "",
          "what of the question is in the address",
        );
        check(
          (await page.locator("#who-read").innerText()).includes("20 Apr 2009"),
          "how the words were read is shown",
        );
        await check_axe(page, "the answer");
        await check_reflow(page, "the answer");
        await run.shot(page, `who-${width}`);
      },
    );
  }
  await run.test("harmed and suspected stand in rows of their own", { address: "/people" }, async (page) => {
    await ask(page, k_misspelt);
    const rows = page.locator(".tl-person__table tbody tr").filter({ hasText: "Otherford Police" });
    check_equal(await rows.count(), 2, "rows of the force that knows her as both");
  });
  await run.test("a twin is shown as himself", { address: "/people" }, async (page) => {
    await ask(page, "Vexworthy, 20/4/2009");
    check((await page.locator(".tl-person").count()) >= 2, "two people may be meant");
  });
  await run.test("what stands under seal elsewhere finds nobody", { address: "/people" }, async (page) => {
    await ask(page, "Sealda Hiddenham 3/3/1990, 7 Refuge Row, 07700 900902");
    await page.getByText("Nobody was found.").waitFor();
    check(!(await page.locator("main").innerText()).includes("Council"), "nor is it said who holds it");
    await run.shot(page, "who-nobody");
    await check_axe(page, "nobody");
  });
  await run.test(
    "details are put right field by field, and going back finds the question",
    { address: "/people" },
    async (page) => {
      await ask(page, "Vexworthy Quillia");
      await page.getByText("Put it right field by field").click();
      await page.getByLabel("Forename", { exact: true }).fill("Quillia");
      await page.getByLabel("Surname", { exact: true }).fill("Vexworthy");
      await page.getByLabel("Date of birth", { exact: true }).fill("2009");
      await page.getByRole("button", { name: "Ask" }).click();
      await settled(page);
      await page.locator(".tl-person h2 a").first().click();
      await page.getByRole("heading", { name: "As each agency holds them" }).waitFor();
      await page.goBack();
      await page.locator(".tl-person").first().waitFor();
      check_equal(await page.getByLabel(/Names, date of birth/).inputValue(), "Vexworthy Quillia", "what was typed");
    },
  );
}

async function open_person(page) {
  await ask(page, k_misspelt);
  await page.locator(".tl-person h2 a").first().click();
  await page.getByRole("heading", { name: "As each agency holds them" }).waitFor();
  await settled(page);
}

async function person(run) {
  for (const width of [1280, 768, 360]) {
    await run.test(`a person reads well at ${width} pixels`, { width, address: "/people" }, async (page) => {
      await open_person(page);
      check(/^\/people\/\d+$/.test(new URL(page.url()).pathname), `the address is a number: ${page.url()}`);
      await check_axe(page, "a person");
      await check_reflow(page, "a person");
      const overlaps = await page.evaluate(
        () =>
          [...document.querySelectorAll(".tl-lane")].filter((lane) => {
            const words = lane.querySelector(".tl-lane__elsewhere")?.getBoundingClientRect();
            return (
              words !== undefined &&
              [...lane.querySelectorAll(".tl-lane__mark")].some((each) => {
                const mark = each.getBoundingClientRect();
                const beside = mark.right <= words.left || mark.left >= words.right;
                return !(beside || mark.bottom <= words.top || mark.top >= words.bottom);
              })
            );
          }).length,
      );
      check((await page.locator(".tl-lane__elsewhere").count()) > 0, "other agencies hold something");
      check_equal(overlaps, 0, "lanes whose words lie over a mark");
      await run.shot(page, `person-of-records-${width}`);
    });
  }
  await run.test("values are one's own agency's, and differences are marked", { address: "/people" }, async (page) => {
    await open_person(page);
    const table = page.getByRole("region", { name: "Records side by side" });
    const heads = await table.locator("thead th").allInnerTexts();
    const names = await table.locator("tbody tr").filter({ hasText: "Name" }).first().locator("td").allInnerTexts();
    heads.forEach((head, at) => {
      if (/Council|Mockbridge|Sampleham/.test(head)) check(!names[at].includes("Vexw"), `${head} shows no name`);
    });
    check((await table.locator("mark").count()) > 0, "a misspelling is marked");
  });
  await run.test(
    "victim and suspect lie in lanes of their own, and the table says the same",
    { address: "/people" },
    async (page) => {
      await open_person(page);
      for (const lane of ["harmed", "suspected"]) {
        check((await page.locator(`.tl-lane--${lane} .tl-lane__mark`).count()) > 0, `a mark in the lane ${lane}`);
      }
      check(
        (await page.locator(".tl-lane--convicted").innerText()).includes("nothing received"),
        "an empty lane says so",
      );
      const figure = page.locator(".tl-figure").filter({ hasText: "What happened, in lanes" });
      await figure.getByRole("button", { name: "Table" }).click();
      await figure.getByRole("columnheader", { name: "Capacity" }).waitFor();
      await run.print(page, "print-person");
    },
  );
  await run.test(
    "the evidence of a link is a waterfall and a table with its file",
    { address: "/people" },
    async (page) => {
      await open_person(page);
      await page.getByRole("link", { name: /^Why/ }).first().click();
      await page.locator(".tl-fall__bar--whole").waitFor();
      await settled(page);
      check((await page.locator(".tl-fall__row").count()) >= 4, "a row for each comparison and the sum");
      await check_axe(page, "a waterfall");
      await run.shot(page, "link-1280");
      const [certificate] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download the certificate" }).click(),
      ]);
      check(/^link-[0-9a-f]{16}-.*\.json$/.test(certificate.suggestedFilename()), certificate.suggestedFilename());
      const certified = JSON.parse(await readFile(await certificate.path(), "utf8"));
      check_equal(certified.format, "throughline link certificate", "what was downloaded");
      check(!JSON.stringify(certified).includes("Vexw"), "no value of a record is in it");
      const figure = page.locator(".tl-figure").first();
      await figure.getByRole("button", { name: "Table" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        figure.getByRole("link", { name: /^CSV/ }).first().click(),
      ]);
      check(download.suggestedFilename().endsWith(".csv"), "the table downloads");
      for (const width of [768, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await figure.getByRole("button", { name: "Picture" }).click();
        await check_reflow(page, "a waterfall");
        await run.shot(page, `link-${width}`);
      }
    },
  );
  await run.test("whoever acts on links says so, and stands in the list", { address: "/people" }, async (page) => {
    await open_person(page);
    await page.getByText("I acted on these links").click();
    await page.getByLabel("What was done, in a few words").fill("Rang the council");
    await page.getByRole("button", { name: "Note it" }).click();
    await page.getByRole("cell", { name: "acted on them" }).first().waitFor();
  });
}

async function review(run) {
  await run.test(
    "a pair is judged by keys alone, and the next one comes",
    { address: "/people/review" },
    async (page) => {
      await page.locator(".tl-judge").waitFor();
      const waiting = async () => {
        const words = await page.getByText(/waits? for you/).innerText();
        return Number(words.split(";")[0].replaceAll(/\D/g, ""));
      };
      const before = await waiting();
      await page.keyboard.press("2");
      check(await page.getByLabel("Different people").isChecked(), "2 is different people");
      check_equal(await page.evaluate(() => document.activeElement?.id), "judge-reason", "the reason is next");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("Say why, in a few words").waitFor();
      await check_axe(page, "a reason that is missing");
      await run.shot(page, "review-1280");
      await page.getByLabel("Why, in a few words").focus();
      await page.keyboard.type("Other years of birth");
      await page.keyboard.press("Enter");
      await page.getByText(/Recorded: different/).waitFor();
      await page.getByText(/1 judged since you came/).waitFor();
      await settled(page);
      for (let waits = 0; waits < 50 && (await waiting()) === before; ++waits) await page.waitForTimeout(100);
      check_equal(await waiting(), before - 1, "pairs waiting");
      check((await page.locator("input[name=verdict]:checked").count()) === 0, "nothing is chosen for the next pair");
      await check_axe(page, "after a judgement");
    },
  );
  for (const width of [768, 360]) {
    await run.test(`the review reads well at ${width} pixels`, { width, address: "/people/review" }, async (page) => {
      await page.locator(".tl-judge").waitFor();
      await check_axe(page, "the review");
      await check_reflow(page, "the review");
      await run.shot(page, `review-${width}`);
    });
  }
}

async function linkage(run) {
  await run.test("linkage is run, watched to its end, and reported", { address: "/people/linkage" }, async (page) => {
    await page.getByRole("button", { name: "Link the records now" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /^Done$/ })
      .waitFor({ timeout: 60000 });
    await settled(page);
    await page.getByText("How right the links are, from what people judged").click();
    await page.getByRole("cell", { name: "recall among compared" }).first().waitFor();
    await check_axe(page, "linkage");
    await check_reflow(page, "linkage");
    await run.shot(page, "linkage");
  });
}

export async function people_tests(run) {
  console.log("people");
  await purpose(run);
  await asking(run);
  await person(run);
  await review(run);
  await linkage(run);
  await run.test("without a purpose again, nobody is shown", { address: "/people" }, async (page) => {
    await act_for(page, null);
    await page.reload();
    await page.getByRole("heading", { name: "A purpose first" }).waitFor();
  });
}
