// Drives the pages in a browser as a person would.   node tests/browser/run.mjs [--only WORDS] [--url ADDRESS]
//
// --only WORDS    only the tests whose names hold these words
// --url ADDRESS   against a server that runs already and asks nobody to sign in
import { chromium, Run } from "./harness.mjs";
import { copy_workspace, make_workspace, sign_in, start_server } from "./server.mjs";
import { claims_tests } from "./claims.mjs";
import { decide_tests } from "./decide.mjs";
import { profile_tests } from "./profile.mjs";
import { desk_tests } from "./desk.mjs";
import { evidence_tests } from "./evidence.mjs";
import { home_tests } from "./home.mjs";
import { hotspot_tests } from "./hotspots.mjs";
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

// Lanes run side by side, each with a server of its own and its suites in their order; the desk is one lane more.
const k_lanes = [
  [shell_tests, home_tests, measure_tests, claims_tests, trend_tests, hotspot_tests, evidence_tests],
  [decide_tests, profile_tests],
  [search_tests, pages_looks, people_tests],
];

async function run_lane(browser, suites, server, storage) {
  const run = new Run({ browser, base: server.base, storage, only: option("--only") });
  for (const tests of suites) {
    const started = performance.now();
    await tests(run);
    console.log(`  ${tests.name}: ${Math.round((performance.now() - started) / 1000)} s`);
  }
  return run;
}

async function serve_lane(browser, suites, workspace) {
  const server = await start_server(workspace);
  try {
    return await run_lane(browser, suites, server, await sign_in(browser, server));
  } finally {
    await server.stop();
  }
}

async function every_lane(browser) {
  const workspace = await make_workspace();
  const workspaces = k_lanes.map((_, at) => (at === 0 ? workspace : copy_workspace(workspace, at + 1)));
  const lanes = k_lanes.map((suites, at) => serve_lane(browser, suites, workspaces[at]));
  // Each lane is waited for, so that each stops its server; then what went wrong with one is said.
  const ended = await Promise.allSettled([...lanes, desk_tests(browser, option("--only"))]);
  return ended.map(({ status, value, reason }) => {
    if (status === "fulfilled") return value;
    console.log(`  FAIL  a lane of tests ended early\n        ${reason.stack}`);
    return { passed: 0, failed: 1 };
  });
}

const url = option("--url");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let failed = 1;
try {
  const runs = url === undefined ? await every_lane(browser) : [await run_lane(browser, k_lanes.flat(), { base: url })];
  const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  failed = sum("failed");
} finally {
  await browser.close();
}
process.exitCode = failed === 0 ? 0 : 1;
