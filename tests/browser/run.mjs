// Drives the pages in a browser as a person would.   node tests/browser/run.mjs [--only WORDS] [--url ADDRESS]
//
// --only WORDS    only the tests whose names hold these words
// --url ADDRESS   against a server that runs already and asks nobody to sign in
import { chromium, Run } from "./harness.mjs";
import { sign_in, start_server } from "./server.mjs";
import { measure_tests } from "./measure.mjs";
import { shell_tests } from "./shell.mjs";

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const url = option("--url");
const server = url === undefined ? await start_server() : { base: url, stop: async () => undefined };
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let failed = 1;
try {
  const storage = url === undefined ? await sign_in(browser, server) : undefined;
  const run = new Run({ browser, base: server.base, storage, only: option("--only") });
  await shell_tests(run);
  await measure_tests(run);
  console.log(`${run.passed} passed, ${run.failed} failed`);
  failed = run.failed;
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = failed === 0 ? 0 : 1;
