// Drives the pages in a browser as a person would.   node tests/browser/run.mjs [--only WORDS] [--url ADDRESS]
//
// --only WORDS    only the tests whose names hold these words
// --url ADDRESS   against a server that runs already and asks nobody to sign in
import { chromium, Run } from "./harness.mjs";
import { sign_in, start_server } from "./server.mjs";
import { claims_tests } from "./claims.mjs";
import { decide_tests } from "./decide.mjs";
import { profile_tests } from "./profile.mjs";
import { desk_tests } from "./desk.mjs";
import { evidence_tests } from "./evidence.mjs";
import { home_tests } from "./home.mjs";
import { measure_tests } from "./measure.mjs";
import { pages_looks } from "./pages_looks.mjs";
import { people_tests } from "./people.mjs";
import { search_tests } from "./search.mjs";
import { shell_tests } from "./shell.mjs";
import { trend_tests } from "./trend.mjs";

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
  for (const tests of [
    shell_tests,
    home_tests,
    measure_tests,
    claims_tests,
    decide_tests,
    profile_tests,
    trend_tests,
    evidence_tests,
    search_tests,
    pages_looks,
    people_tests,
  ]) {
    await tests(run);
  }
  const desk = url === undefined ? await desk_tests(browser, option("--only")) : { passed: 0, failed: 0 };
  console.log(`${run.passed + desk.passed} passed, ${run.failed + desk.failed} failed`);
  failed = run.failed + desk.failed;
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = failed === 0 ? 0 : 1;
