// The program itself on the bundled example: what the tests look at is what people get.
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Failed, k_root, k_shots } from "./harness.mjs";

const k_program = process.env.THROUGHLINE ?? path.join(k_root, "build/release/src/cli/throughline");
const k_workspace = path.join(k_shots, "workspace");
const k_endings = ["", ".keys"]; // Of the folders that are a workspace.
const k_start_ms = 60000;

const remove = (folder) => rmSync(folder, { recursive: true, force: true });

// What the workspace is made of, and when each file of it last changed.
function made_of(examples, people) {
  const files = [examples, people].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)),
  );
  return [k_program, ...files].map((file) => `${file} ${statSync(file).mtimeMs}`).join("\n");
}

// The bundled example. Made once and kept for the next run, until the program or an example is another than it was.
export async function make_workspace() {
  if (!existsSync(k_program)) throw new Failed("the program is not built; run tools/build.sh release throughline");
  const examples = path.join(k_root, "examples/home_counties");
  const people = path.join(k_root, "examples/people");
  const stamp = `${k_workspace}.made-of`;
  const now = made_of(examples, people);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return k_workspace;
  for (const old of [stamp, ...k_endings.map((ending) => k_workspace + ending)]) remove(old);
  mkdirSync(k_shots, { recursive: true });
  const words = ["demo", "--examples", examples, "--people", people, "--workspace", k_workspace];
  await promisify(execFile)(k_program, words).catch((error) => {
    if (error.code !== 1) throw error; // 1 is done, with findings.
  });
  writeFileSync(stamp, now);
  return k_workspace;
}

// A copy for a second server: one workspace has one server.
export function copy_workspace(workspace, number) {
  const copy = path.join(k_shots, `workspace-${number}`);
  for (const ending of k_endings) {
    remove(copy + ending);
    cpSync(workspace + ending, copy + ending, { recursive: true, preserveTimestamps: true });
  }
  return copy;
}

export const throughline = (...words) => promisify(execFile)(k_program, words);

// A workspace with nothing in it but its agency, made anew for tests that change what they find.
export async function make_empty_workspace(agency) {
  const workspace = path.join(k_shots, "desk");
  for (const ending of k_endings) remove(workspace + ending);
  await throughline("init", "--workspace", workspace, "--agency", agency);
  return workspace;
}

// Starts the server on a free port and gives the one-time link that it prints.
export async function start_server(workspace) {
  const child = spawn(k_program, ["serve", "--workspace", workspace, "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const link = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Failed(`the server printed no link in a minute: ${said}`)), k_start_ms);
    const hear = (data) => {
      said += data;
      const found = /https?:\/\/\S+\/sign-in#link=\S+/.exec(said);
      if (found === null) return;
      clearTimeout(late);
      resolve(new URL(found[0]));
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => reject(new Failed(`the server ended with ${code}: ${said}`)));
  });
  // A server that ends before it is asked to fails every test after it; what it said last is why.
  child.removeAllListeners("exit");
  child.on("exit", (code, signal) =>
    console.log(`  the server ended by itself, with ${signal ?? code}: ${said.slice(-2000)}`),
  );
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.removeAllListeners("exit");
      child.on("exit", resolve);
      child.kill("SIGTERM");
    });
  return { base: link.origin, token: link.hash.replace("#link=", ""), stop };
}

// Signs in as the one-time link does, and gives what the browser keeps of it.
export async function sign_in(browser, { base, token }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${base}/sign-in`);
  const status = await page.evaluate(async (value) => {
    const answer = await fetch("/api/session/link", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: value }),
    });
    return answer.status;
  }, token);
  if (status !== 200) throw new Failed(`signing in by link was answered with ${status}`);
  const storage = await context.storageState();
  await context.close();
  return storage;
}
