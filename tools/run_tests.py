#!/usr/bin/env python3
"""Runs the steps of ./test, cheapest first, and counts what passed.

A step whose inputs are unchanged since it last passed is not run again (--again runs it all the same): its tests count as the
passed ones they were. A failing step does not stop the others, so that one run shows everything that is wrong; what failed is
said again at the end, above the last line. A step that tested nothing has failed.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback

from test_programs import Count, last_lines, run_gtests, run_unittests

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
PROGRAM = BUILD / "release/src/cli/throughline"
JOBS = os.cpu_count() or 2
STORM_KILLS = "100"
FUZZ_SECONDS = "10"
# Test programs that take longest, in how many parts they are run.
PARTS = {"app": 4}
THREAD_PARTS = {"serve": 2}
UNTRACKED = {".git", "build", "node_modules", "demo-workspace", "demo-workspace.keys", "demo-county", "__pycache__"}


def run(*command):
    """Runs a command in the root. Gives whether it went well, and the end of what it printed, which is also shown."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors="replace")
    printed = []
    for line in process.stdout:
        print(line, end="", flush=True)
        printed.append(line)
    return process.wait() == 0, last_lines("".join(printed))


def one(name, *command):
    """A command as one test."""
    went_well, printed = run(*command)
    return Count.of(went_well, name, printed)


def every_file():
    """Every file that git knows or would know; where git cannot say, every file but what is made here."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
    else:
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        names = [str(path) for path in paths if not UNTRACKED.intersection(path.parts)]
    return sorted(name for name in names if (ROOT / name).is_file())


def inputs_hash():
    """Of every file and of the compiler."""
    digest = hashlib.sha256()
    for name in every_file():
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    digest.update(subprocess.run(["g++", "--version"], capture_output=True, check=False).stdout)
    return digest.hexdigest()


def test_programs(preset, modules):
    return {name: BUILD / preset / "src" / name / f"{name}_test" for name in modules}


def modules_with_tests():
    return [path.parent.name for path in sorted((ROOT / "src").glob("*/CMakeLists.txt")) if any(path.parent.rglob("*_test.cpp"))]


def style():
    count = Count()
    for checker in ("check_layers.py", "check_style.py", "check_docs.py"):
        count.add(one(checker, "python3", f"tools/{checker}"))
    sources = [name for name in every_file() if name.endswith((".h", ".cpp")) and not name.startswith("third_party/")]
    count.add(one("clang-format", "clang-format-19", "--dry-run", "-Werror", *sources))
    return count


def checkers():
    return run_unittests("tools", ROOT, "tools/tests", JOBS)


def dev():
    return one("the dev build", "tools/build.sh", "dev")


def unit():
    built = dev()
    if built.failed:
        return built
    sanitizers = {"UBSAN_OPTIONS": "print_stacktrace=1"}
    count = run_gtests(test_programs("dev", modules_with_tests()), BUILD / "dev-results", JOBS, sanitizers, PARTS)
    if (ROOT / "tests/compile_fail/run.sh").exists():
        count.add(one("tests/compile_fail", "tests/compile_fail/run.sh"))
    return count


def threads():
    built = one("the tsan build", "tools/build.sh", "tsan", "base_test", "serve_test")
    if built.failed:
        return built
    sanitizers = {"TSAN_OPTIONS": "ignore_noninstrumented_modules=1"}
    return run_gtests(test_programs("tsan", ["base", "serve"]), BUILD / "tsan-results", JOBS, sanitizers, THREAD_PARTS)


def release():
    return one("the release build", "tools/build.sh", "release", "throughline", "serve_probe")


def contract():
    """Runs the real program the way a person would."""
    built = release()
    return built if built.failed else run_unittests("contract", ROOT, "tests/contract", JOBS, {"THROUGHLINE": str(PROGRAM)})


def pages():
    """What the pages work out by themselves, and how they are written."""
    node = subprocess.run(["tools/build_web.sh", "--node"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run(["tools/build_web.sh", "--test"], cwd=ROOT, capture_output=True, text=True, errors="replace", check=False,
                          env={**os.environ, "NO_COLOR": "1"})
    passed = re.search(r"Tests\s+(\d+) passed", done.stdout)
    count = Count(int(passed[1]) if passed else 0, 0, 0)
    if done.returncode != 0 or not passed:
        count.fail("the pages' unit tests", last_lines(done.stdout + done.stderr))
    prettier = ROOT / "web/node_modules/prettier/bin/prettier.cjs"
    count.add(one("prettier", node, prettier, "--check", "--log-level", "warn", "--config", "web/.prettierrc.json",
                  "--ignore-path", "web/.prettierignore", "web/src", "tests/browser"))
    return count


def browser():
    """Drives the pages in a browser on the bundled example; the pictures are kept in build/browser."""
    built = release()
    if built.failed:
        return built
    node = subprocess.run(["tools/build_web.sh", "--node"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    (BUILD / "browser").mkdir(parents=True, exist_ok=True)
    done = subprocess.run([node, "tests/browser/run.mjs"], cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    last = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.MULTILINE)
    count = Count(int(last[1]) if last else 0, 0, 0)
    if done.returncode != 0 or not last or int(last[2]) > 0:
        failed = re.findall(r"^  FAIL .*\n.*", done.stdout, re.MULTILINE)
        count.fail("the browser tests", "\n".join(failed) + "\n" + last_lines(done.stdout + done.stderr, 20))
    return count


def storms():
    built = release()
    return built if built.failed else one("storms", "python3", "tests/storms/storm.py", "--binary", PROGRAM, "--kills", STORM_KILLS)


def fuzz_one(path):
    program, corpus = BUILD / "dev/fuzz" / path.stem, ROOT / "fuzz/corpus" / path.stem.removesuffix("_fuzz")
    found = BUILD / "fuzz-found" / path.stem
    found.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([program, found, corpus, f"-max_total_time={FUZZ_SECONDS}", "-rss_limit_mb=2048", "-timeout=10",
                           f"-artifact_prefix={found}/"], cwd=BUILD, capture_output=True, text=True, errors="replace", check=False)
    return Count.of(done.returncode == 0, path.stem, last_lines(done.stderr))


def fuzz():
    built = dev()
    if built.failed:
        return built
    count = Count()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for result in pool.map(fuzz_one, sorted((ROOT / "fuzz").glob("*_fuzz.cpp"))):
            count.add(result)
    return count


def tidy():
    configured = one("the tidy build", "tools/build.sh", "tidy", "--configure-only")
    return configured if configured.failed else one("clang-tidy", "python3", "tools/run_tidy.py")


STEPS = [style, checkers, pages, unit, threads, contract, browser, storms, fuzz, tidy]


def record_of(step):
    return BUILD / "passed" / f"{step.__name__}.json"


def unchanged(step, inputs):
    path = record_of(step)
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return Count(record["passed"], 0, record["skipped"]) if record["inputs"] == inputs else None


def tested(step):
    """Runs a step. Whatever goes wrong in it, and an empty step too, is a failure that is counted."""
    try:
        count = step()
    except Exception:  # One step must not hide what the others have to say.
        return Count.of(False, step.__name__, traceback.format_exc())
    if count.passed + count.failed == 0:
        count.fail(f"{step.__name__}: tested nothing")
    return count


def run_step(step, inputs, again):
    """Runs one step or takes its last good result; prints how it went."""
    kept = None if again else unchanged(step, inputs)
    if kept:
        print(f"== {step.__name__}: unchanged since it passed ({kept.passed} passed)")
        return kept
    print(f"== {step.__name__}")
    started = time.monotonic()
    count = tested(step)
    for name, _ in count.failures:
        print(f"   FAILED {name}")
    print(f"== {step.__name__}: {count.passed} passed, {count.failed} failed ({time.monotonic() - started:.0f} s)")
    if count.failed == 0:
        record_of(step).parent.mkdir(parents=True, exist_ok=True)
        record = {"inputs": inputs, "passed": count.passed, "skipped": count.skipped}
        record_of(step).write_text(json.dumps(record), encoding="utf-8")
    return count


def run_steps(steps, again):
    """Runs the steps; the last thing printed is the one line of counts. Gives the exit status."""
    inputs, total, started = inputs_hash(), Count(), time.monotonic()
    for step in steps:
        total.add(run_step(step, inputs, again))
    for name, output in total.failures:
        print(f"\n-- FAILED {name}\n{last_lines(output)}")
    print(f"test: {time.monotonic() - started:.0f} s")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed or total.passed == 0 else 0


def main():
    parser = argparse.ArgumentParser(description="Runs Throughline's tests.")
    parser.add_argument("steps", nargs="*", help="only these")
    parser.add_argument("--again", action="store_true", help="also what is unchanged since it passed")
    parser.add_argument("--list", action="store_true", help="name the steps")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    names = [step.__name__ for step in STEPS]
    if options.list:
        print("\n".join(names))
        return 0
    unknown = [name for name in options.steps if name not in names]
    if unknown:
        print(f"test: no step is called {unknown[0]!r}; the steps are {' '.join(names)}", file=sys.stderr)
        return 2
    return run_steps([step for step in STEPS if not options.steps or step.__name__ in options.steps], options.again)


if __name__ == "__main__":
    sys.exit(main())
