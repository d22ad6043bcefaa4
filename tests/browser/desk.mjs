// What changes something: signing in, adding files, looking at a person's record, people and their roles. On a workspace of its
// own, made anew, whose tests follow each other as a working day does.
import { Run } from "./harness.mjs";
import { make_empty_workspace, start_server } from "./server.mjs";
import { desk_people_tests } from "./desk_people.mjs";
import { desk_session_tests } from "./desk_session.mjs";
import { desk_sources_tests } from "./desk_sources.mjs";

export async function desk_tests(browser, only) {
  const server = await start_server(await make_empty_workspace("Otherford Police"));
  try {
    const run = new Run({ browser, base: server.base, storage: undefined, only });
    await desk_session_tests(run, server);
    await desk_sources_tests(run);
    await desk_people_tests(run);
    return { passed: run.passed, failed: run.failed };
  } finally {
    await server.stop();
  }
}
