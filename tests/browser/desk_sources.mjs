// Adding files: dropped, looked at, mapped, read in, stopped; and records of people, which are opened for a purpose.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { check, check_axe, k_root, k_shots, settled } from "./harness.mjs";

const k_examples = path.join(k_root, "examples/agencies");
// A browser tells its console that there is no draft yet, which is so for every new file.
const k_no_draft = ["api/drafts/"];
const k_rows_of_long_file = 1200000;

async function hand_in(page, file) {
  await page.getByLabel("The file").setInputFiles(file);
  await page.waitForURL(/upload=/);
  await settled(page);
}

// A file with a header that is known and enough rows that reading it in can be stopped.
function long_file() {
  const name = path.join(k_shots, "2025-09-otherford-street.csv");
  const header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n";
  const row = (at) =>
    `${at.toString(16).padStart(64, "0")},2025-09,Otherford Police,Otherford Police,1.06513,51.60572,On or near Specimen Close,E01021246,Basildon 002B,Drugs,Under investigation,\n`;
  writeFileSync(name, header + Array.from({ length: k_rows_of_long_file }, (_, at) => row(at)).join(""));
  return name;
}

async function own_mapping(run) {
  const csv = "Ref,When,What\nA-1,2025-01-02,Drugs\nA-2,2025-01-03,Drugs\n";
  await run.test(
    "a file that no mapping fits gets a draft, and faults are told at their lines",
    { address: "/sources/add", expected_faults: k_no_draft },
    async (page) => {
      await hand_in(page, { name: "own.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
      await page.getByRole("heading", { name: "No mapping fits it yet" }).waitFor();
      await run.shot(page, "add-no-mapping");
      await check_axe(page, "a file that nothing fits");
      const text = page.getByLabel("Which column is what, in TOML");
      await text.fill(`${await text.inputValue()}\nnonsense_key = 1\n`);
      await page.getByText(/Draft kept \d\d:\d\d/).waitFor();
      await page.getByRole("button", { name: "Check it and use it" }).click();
      await page.getByText("The mapping does not hold yet").waitFor();
      const line = page.getByRole("button", { name: /^Line \d+$/ }).first();
      await line.click();
      check((await page.evaluate(() => document.activeElement?.id)) === "toml", "the line leads into the text");
      await check_axe(page, "faults of a mapping");
      await run.shot(page, "add-faults");
      await page.reload();
      await settled(page);
      check((await text.inputValue()).includes("nonsense_key"), "the draft is there after loading again");
    },
  );
  await run.test(
    "a file that was handed in and not read in is listed, and can be taken away",
    { address: "/sources" },
    async (page) => {
      await page.getByRole("link", { name: "own.csv" }).waitFor();
      await page.getByRole("button", { name: "Take away own.csv" }).click();
      await page.getByRole("link", { name: "own.csv" }).waitFor({ state: "detached" });
    },
  );
}

async function reading_in(run) {
  await run.test(
    "a file of an agency is looked at, read in, and its rejections are told by rule",
    { address: "/sources/add", expected_faults: k_no_draft },
    async (page) => {
      await hand_in(page, path.join(k_examples, "crime_reports.csv"));
      await page.getByRole("heading", { name: /^Taken for/ }).waitFor();
      await run.shot(page, "add-look");
      await check_axe(page, "the look");
      check((await page.locator("main").innerText()).includes("Of the first"), "how its first rows fare is said");
      await page.getByRole("button", { name: "Read it in" }).click();
      await page.getByText("Done", { exact: true }).waitFor();
      await settled(page);
      await run.shot(page, "add-done");
      await check_axe(page, "the outcome");
      await page.getByRole("link", { name: "its rejections" }).click();
      await settled(page);
      await page.getByText("What stood there is told by its kind").waitFor();
      await run.shot(page, "rejections-found");
      await check_axe(page, "rejections");
    },
  );
  await run.test("the same content is known when it comes again", { address: "/sources/add" }, async (page) => {
    await hand_in(page, {
      name: "again.csv",
      mimeType: "text/csv",
      buffer: readFileSync(path.join(k_examples, "crime_reports.csv")),
    });
    await page.getByText("This content is here already").waitFor();
    check((await page.getByRole("button", { name: "Read it in" }).count()) === 0, "there is nothing to read in");
    await page.getByRole("button", { name: "Take the file away" }).click();
    await page.getByText("Drop a file here").waitFor();
  });
  await run.test(
    "a file that is not what its name says is answered with what to do",
    { address: "/sources/add", expected_faults: ["status of 4"] },
    async (page) => {
      const bytes = Buffer.from([0x50, 0x4b, 3, 4, 0, 1, 2, 0xff, 0xfe, 0, 0, 9, 9, 9, 9, 9]);
      await page.getByLabel("The file").setInputFiles({ name: "crimes.xlsx", mimeType: "text/csv", buffer: bytes });
      await page.locator(".tl-problem").first().waitFor();
      check((await page.locator(".tl-problem").first().innerText()).length > 30, "what is wrong is said");
      check((await page.getByRole("button", { name: "Read it in" }).count()) === 0, "it cannot be read in");
      await run.shot(page, "add-forged");
      await check_axe(page, "a forged file");
    },
  );
}

async function stopping(run) {
  await run.test(
    "sending can be stopped, and nothing of the file is kept",
    { address: "/sources/add" },
    async (page) => {
      const network = await page.context().newCDPSession(page);
      await network.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: 200000,
      });
      await page
        .getByLabel("The file")
        .setInputFiles({ name: "slow.csv", mimeType: "text/csv", buffer: Buffer.alloc(8 << 20, "a,b\n") });
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("Sending was stopped").waitFor();
      await page.reload();
      await settled(page);
      check((await page.getByRole("link", { name: "slow.csv" }).count()) === 0, "it is not among the files handed in");
    },
  );
  await run.test(
    "reading in can be stopped, and nothing half-read stays",
    { address: "/sources/add", expected_faults: k_no_draft },
    async (page) => {
      await hand_in(page, long_file());
      await page.getByRole("button", { name: "Read it in" }).click();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("Not done", { exact: true }).waitFor({ timeout: 60000 });
      await run.shot(page, "add-stopped");
      await check_axe(page, "stopped work");
      await page.getByRole("link", { name: "Sources", exact: true }).first().click();
      await settled(page);
      check(
        (await page.getByRole("heading", { name: "police-uk-street" }).count()) === 0,
        "no such source stands there",
      );
    },
  );
}

async function people_in_records(run) {
  await run.test(
    "a person's record asks for a purpose first, and opens once there is one",
    { address: "/sources", expected_faults: ["status of 403"] },
    async (page) => {
      await page
        .getByRole("button", { name: "Hide extracts" })
        .or(page.getByRole("button", { name: "Show extracts" }))
        .first()
        .waitFor();
      await page
        .getByRole("link", { name: /^[0-9a-f]{16}$/ })
        .first()
        .click();
      await settled(page);
      await page.getByRole("link", { name: "Rows as typed" }).click();
      await page.getByRole("heading", { name: "A purpose first" }).waitFor();
      await run.shot(page, "purpose-first");
      await check_axe(page, "a purpose first");
      const form = page.locator(".tl-ask");
      await form.getByLabel("Protecting somebody").check();
      await form.getByLabel("Why, in words").fill("A child may be at risk at this address");
      await form.getByRole("button", { name: "Act for this purpose" }).click();
      await page
        .getByRole("link", { name: /^[0-9a-f]{16}:\d+$/ })
        .first()
        .click();
      await settled(page);
      check((await page.locator(".tl-bar").innerText()).includes("Personal data"), "the mark says so");
      check(
        (await page.getByRole("columnheader", { name: "As it came" }).count()) === 1,
        "as it came stands beside as typed",
      );
      await run.shot(page, "record-person");
      await check_axe(page, "a record of a person");
    },
  );
}

export async function desk_sources_tests(run) {
  console.log("adding files");
  await own_mapping(run);
  await reading_in(run);
  await people_in_records(run);
  await stopping(run);
}
