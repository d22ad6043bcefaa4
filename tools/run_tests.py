#!/usr/bin/env python3
"""Runs the steps of ./test, cheapest first, and counts what passed.

A step whose inputs are unchanged since it last passed is not run again (--again runs it all the same): its tests count as the
passed ones they were. A failing step does not stop the others, so that one run shows everything that is wrong.
"""

import argparse
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
JOBS = str(os.cpu_count() or 2)
STORM_KILLS = "100"
FUZZ_SECONDS = "10"


class Count:
    """Tests of one step."""

    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped


def run(*command, env=None, quiet=False):
    """Runs a command in the root; True when it went well. What it prints is shown."""
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})}, stdout=out).returncode == 0


def one(went_well):
    return Count(passed=1) if went_well else Count(failed=1)


def tracked(*suffixes):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(name for name in listed.stdout.splitlines() if name.endswith(suffixes) and (ROOT / name).exists())


def inputs_hash():
    """Of every file that git knows or would know, and of the compiler."""
    digest = hashlib.sha256()
    for name in tracked(""):
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    digest.update(subprocess.run(["g++", "--version"], capture_output=True, check=False).stdout)
    return digest.hexdigest()


def gtest_counts(folder):
    """Sums the result files that GoogleTest wrote."""
    count = Count()
    for path in sorted(folder.glob("*.xml")):
        suite = ElementTree.parse(path).getroot()
        total, failed = int(suite.get("tests")), int(suite.get("failures")) + int(suite.get("errors"))
        skipped = sum(1 for case in suite.iter("testcase") if case.find("skipped") is not None)
        count.passed += total - failed - skipped
        count.failed += failed
        count.skipped += skipped
    return count


def run_gtests(preset, names):
    """Runs test programs, two at a time, and counts their tests; a program that dies counts as one failure."""
    results = BUILD / f"{preset}-results"
    results.mkdir(parents=True, exist_ok=True)
    for stale in results.glob("*.xml"):
        stale.unlink()
    waiting, running, deaths = list(names), [], 0
    while waiting or running:
        while waiting and len(running) < int(JOBS):
            name = waiting.pop(0)
            program = BUILD / preset / "src" / name / f"{name}_test"
            log = open(results / f"{name}.log", "wb")
            environment = {**os.environ, "TSAN_OPTIONS": "ignore_noninstrumented_modules=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
            process = subprocess.Popen([program, f"--gtest_output=xml:{results / name}.xml", "--gtest_brief=1"], cwd=ROOT, stdout=log,
                                       stderr=subprocess.STDOUT, env=environment)
            running.append((name, process))
        time.sleep(0.05)
        for name, process in [entry for entry in running if entry[1].poll() is not None]:
            running.remove((name, process))
            text = (results / f"{name}.log").read_text(encoding="utf-8", errors="replace")
            if process.returncode != 0:
                print(text)
            if not (results / f"{name}.xml").exists():
                print(f"{name}_test died with {process.returncode}")
                deaths += 1
    count = gtest_counts(results)
    count.failed += deaths
    return count


def modules():
    return [path.parent.name for path in sorted((ROOT / "src").glob("*/CMakeLists.txt")) if any(path.parent.rglob("*_test.cpp"))]


def style():
    count = Count()
    for checker in ("check_layers.py", "check_style.py", "check_docs.py"):
        went_well = run("python3", f"tools/{checker}")
        count.passed += went_well
        count.failed += not went_well
    sources = tracked(".h", ".cpp")
    sources = [name for name in sources if not name.startswith("third_party/")]
    went_well = run("clang-format-19", "--dry-run", "-Werror", *sources)
    count.passed += went_well
    count.failed += not went_well
    return count


def checkers():
    done = subprocess.run(["python3", "-m", "unittest", "discover", "-s", "tools/tests", "-p", "*_test.py"], cwd=ROOT, capture_output=True,
                          text=True)
    found = re.search(r"Ran (\d+) test", done.stderr)
    if done.returncode != 0 or not found:
        print(done.stderr)
        return Count(failed=1)
    return Count(passed=int(found.group(1)))


def unit():
    if not run("tools/build.sh", "dev"):
        return Count(failed=1)
    count = run_gtests("dev", modules())
    refused = one(run("tests/compile_fail/run.sh")) if (ROOT / "tests/compile_fail/run.sh").exists() else Count()
    return Count(count.passed + refused.passed, count.failed + refused.failed, count.skipped)


def threads():
    if not run("tools/build.sh", "tsan", "base_test"):
        return Count(failed=1)
    return run_gtests("tsan", ["base"])


def release():
    return one(run("tools/build.sh", "release", "throughline"))


def contract():
    """Runs the real program the way a person would: tests/contract/*_test.py against the release build."""
    if not run("tools/build.sh", "release", "throughline"):
        return Count(failed=1)
    environment = {"THROUGHLINE": str(BUILD / "release/src/cli/throughline")}
    done = subprocess.run(["python3", "-m", "unittest", "discover", "-s", "tests/contract", "-p", "*_test.py"], cwd=ROOT, capture_output=True,
                          text=True, env={**os.environ, **environment})
    ran = re.search(r"Ran (\d+) test", done.stderr)
    bad = sum(int(number) for number in re.findall(r"(?:failures|errors)=(\d+)", done.stderr))
    skipped = sum(int(number) for number in re.findall(r"skipped=(\d+)", done.stderr))
    if done.returncode != 0 or not ran:
        print(done.stderr)
        bad = max(bad, 1)
    total = int(ran.group(1)) if ran else bad
    return Count(max(total - bad - skipped, 0), bad, skipped)


def storms():
    if not run("tools/build.sh", "release", "throughline"):
        return Count(failed=1)
    return one(run("python3", "tests/storms/storm.py", "--binary", BUILD / "release/src/cli/throughline", "--kills", STORM_KILLS))


def fuzz():
    if not run("tools/build.sh", "fuzz"):
        return Count(failed=1)
    count = Count()
    for path in sorted((ROOT / "fuzz").glob("*_fuzz.cpp")):
        program, corpus = BUILD / "fuzz/fuzz" / path.stem, ROOT / "fuzz/corpus" / path.stem.removesuffix("_fuzz")
        found = BUILD / "fuzz-found" / path.stem
        found.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([program, found, corpus, f"-max_total_time={FUZZ_SECONDS}", "-rss_limit_mb=2048", "-timeout=10",
                               f"-artifact_prefix={found}/"], cwd=BUILD, capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stderr[-3000:])
        count.passed += done.returncode == 0
        count.failed += done.returncode != 0
    return count


def tidy():
    if not run("tools/build.sh", "tidy", "help", quiet=True):
        return Count(failed=1)
    return one(run("python3", "tools/run_tidy.py"))


STEPS = [style, checkers, unit, threads, contract, storms, fuzz, tidy]


def record_of(step):
    return BUILD / "passed" / f"{step.__name__}.json"


def unchanged(step, inputs):
    path = record_of(step)
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return Count(record["passed"], 0, record["skipped"]) if record["inputs"] == inputs else None


def run_step(step, inputs, again):
    """Runs one step or takes its last good result; prints how it went."""
    kept = None if again else unchanged(step, inputs)
    if kept:
        print(f"== {step.__name__}: unchanged since it passed ({kept.passed} passed)", flush=True)
        return kept
    print(f"== {step.__name__}", flush=True)
    started = time.monotonic()
    count = step()
    print(f"== {step.__name__}: {count.passed} passed, {count.failed} failed ({time.monotonic() - started:.0f} s)", flush=True)
    if count.failed == 0:
        record_of(step).parent.mkdir(parents=True, exist_ok=True)
        record = {"inputs": inputs, "passed": count.passed, "skipped": count.skipped}
        record_of(step).write_text(json.dumps(record), encoding="utf-8")
    return count


def main():
    parser = argparse.ArgumentParser(description="Runs Throughline's tests.")
    parser.add_argument("steps", nargs="*", help="only these")
    parser.add_argument("--again", action="store_true", help="also what is unchanged since it passed")
    parser.add_argument("--list", action="store_true", help="name the steps")
    options = parser.parse_args()
    names = [step.__name__ for step in STEPS]
    if options.list:
        print("\n".join(names))
        return 0
    unknown = [name for name in options.steps if name not in names]
    if unknown:
        print(f"test: no step is called {unknown[0]!r}; the steps are {' '.join(names)}", file=sys.stderr)
        return 2
    inputs = inputs_hash()
    total = Count()
    for step in STEPS:
        if options.steps and step.__name__ not in options.steps:
            continue
        count = run_step(step, inputs, options.again)
        total.passed += count.passed
        total.failed += count.failed
        total.skipped += count.skipped
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed or total.passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
