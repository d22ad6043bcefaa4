// What every browser test needs: a page that counts its own faults, axe, screenshots, and tests with names that are sentences.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const k_root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const k_shots = path.join(k_root, "build/browser");
const require_web = createRequire(path.join(k_root, "web/package.json"));
const k_axe = readFileSync(require_web.resolve("axe-core/axe.min.js"), "utf8");
const k_rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const { chromium } = require_web("playwright-core");

export class Failed extends Error {}

export function check(is_so, sentence) {
  if (!is_so) throw new Failed(sentence);
}

export function check_equal(found, wanted, what) {
  check(Object.is(found, wanted), `${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
}

// Everything that a browser complains of fails the test: errors on its console, exceptions, and what the content policy blocked.
function listen(page) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    const is_fault = message.type() === "error" || message.text().includes("could not be loaded"); // The map only warns.
    if (is_fault) faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (
      !["data:", "blob:"].includes(url.protocol) &&
      url.origin !== new URL(page.url() === "about:blank" ? request.url() : page.url()).origin
    ) {
      faults.push(`asked another host: ${url.host}`);
    }
  });
  return faults;
}

export class Run {
  constructor({ browser, base, storage, only }) {
    Object.assign(this, { browser, base, storage, only, passed: 0, failed: 0 });
    mkdirSync(k_shots, { recursive: true });
  }

  // A page of its own for each test. Options: width, height, scheme ("light" or "dark"), path, expect_faults.
  async test(name, options, body) {
    if (this.only !== undefined && !name.includes(this.only)) return;
    const { width = 1280, height = 900, scheme = "light", address = null } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: "reduce",
      locale: "en-GB",
      storageState: this.storage,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30000);
    const faults = listen(page);
    try {
      if (address !== null) await this.open(page, address);
      await body(page, this);
      const wrong = faults.filter((fault) => !(options.expected_faults ?? []).some((part) => fault.includes(part)));
      check(wrong.length === 0, `the browser complained: ${wrong.join("; ")}`);
      this.passed += 1;
      console.log(`  ok    ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(`  FAIL  ${name}\n        ${error instanceof Failed ? error.message : error.stack}`);
      await page
        .screenshot({ path: path.join(k_shots, `failed-${name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`) })
        .catch(() => undefined);
    } finally {
      await context.close();
    }
  }

  async open(page, address) {
    await page.goto(this.base + address);
    await settled(page);
  }

  async shot(page, name, options = {}) {
    await page.screenshot({ path: path.join(k_shots, `${name}.png`), fullPage: true, ...options });
  }

  // The page as it prints, as a PDF and as a picture of A4's width.
  async print(page, name) {
    await page.pdf({
      path: path.join(k_shots, `${name}.pdf`),
      format: "A4",
      preferCSSPageSize: true,
      printBackground: false,
    });
  }
}

// Nothing is on its way any more.
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => document.querySelector(".tl-waiting, [aria-busy=true]") === null);
}

export async function check_axe(page, where) {
  // Run by the debugger, which the content policy of the page does not bind.
  await page.evaluate(k_axe);
  const found = await page.evaluate(async (rules) => {
    const results = await globalThis.axe.run(document, { runOnly: { type: "tag", values: rules } });
    return results.violations.map(
      (each) =>
        `${each.id}: ${each.nodes
          .map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)
          .slice(0, 3)
          .join(" | ")}`,
    );
  }, k_rules);
  check(found.length === 0, `axe, ${where}: ${found.join("; ")}`);
}

// Nothing sticks out sideways: the page is read by scrolling one way.
export async function check_reflow(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${where}: the page is ${wide} pixels wider than the window`);
}

// A figure is there as a file of each kind.
export async function check_downloads(page, figure) {
  for (const format of ["CSV", "XLSX"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("link", { name: format }).click(),
    ]);
    check(download.suggestedFilename().endsWith(`.${format.toLowerCase()}`), `${format} is a file`);
  }
}
