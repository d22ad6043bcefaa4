"""Runs test programs and counts what they tested, so that no crash, hang or empty run can pass for a good one.

A GoogleTest program writes a result file. One that dies, hangs, runs no test, or ends badly although its tests passed (a
sanitizer's report at the end, say) counts as one failure more than its file shows.
"""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import subprocess
import time
import xml.etree.ElementTree as ElementTree

PROGRAM_SECONDS_MAX = 1200
SHOWN_LINES_MAX = 60


@dataclasses.dataclass
class Count:
    """Tests of one step, and what there is to say about those that failed: (name, output)."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list = dataclasses.field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures

    def fail(self, name, output=""):
        self.failed += 1
        self.failures.append((name, output))

    @staticmethod
    def of(went_well, name, output=""):
        count = Count(passed=1 if went_well else 0)
        if not went_well:
            count.fail(name, output)
        return count


def last_lines(text, lines_max=SHOWN_LINES_MAX):
    lines = text.splitlines()
    cut = [f"… {len(lines) - lines_max} lines before"] if len(lines) > lines_max else []
    return "\n".join(cut + lines[-lines_max:])


def gtest_count(name, result_file):
    """What a result file of GoogleTest says; None when it is missing or broken off."""
    try:
        suites = ElementTree.parse(result_file).getroot()
    except (OSError, ElementTree.ParseError):
        return None
    count = Count()
    for case in suites.iter("testcase"):
        full_name = f"{name}.{case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None:
            count.fail(full_name, "\n".join(failure.text or failure.get("message", "") for failure in case.findall("failure")))
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            count.skipped += 1
        else:
            count.passed += 1
    if int(suites.get("errors", 0)) > 0:
        count.fail(f"{name}: errors outside its tests")
    return count


def judged(name, ended, result_file, log):
    """The tests of one program that has ended; `ended` is its exit status, or words where it has none."""
    count = gtest_count(name, result_file)
    if count is None:
        count = Count()
        count.fail(f"{name}: died with {ended} and left no result", last_lines(log))
    elif ended != 0 and count.failed == 0:
        count.fail(f"{name}: its tests passed, but it ended with {ended}", last_lines(log))
    elif count.passed + count.failed == 0:
        count.fail(f"{name}: ran no test", last_lines(log))
    return count


def clean_environment(extra):
    """Without the settings by which a test program can be told to leave tests out."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GTEST_", "RC_"))}
    return {**kept, **extra}


def in_parts(programs, parts):
    """Name → (path, environment): a program that `parts` names is run that often, each time over a share of its tests."""
    runs = {}
    for name, path in sorted(programs.items(), key=lambda item: -parts.get(item[0], 1)):  # The longest first.
        count = parts.get(name, 1)
        for at in range(count):
            runs[name if count == 1 else f"{name} {at + 1} of {count}"] = (path, {"GTEST_TOTAL_SHARDS": str(count), "GTEST_SHARD_INDEX": str(at)})
    return runs


def run_gtests(programs, results, jobs, environment=None, parts=None):
    """Runs test programs (name → path), `jobs` at a time, and counts their tests. Result files and logs go to `results`."""
    results.mkdir(parents=True, exist_ok=True)
    for stale in [*results.glob("*.xml"), *results.glob("*.log")]:
        stale.unlink()
    runs = in_parts(programs, parts or {})
    waiting, running, counts = dict(runs), {}, {}
    while waiting or running:
        while waiting and len(running) < jobs:
            name = next(iter(waiting))
            program, share = waiting.pop(name)
            if not pathlib.Path(program).exists():
                counts[name] = Count.of(False, f"{name}: {program} was not built")
                continue
            with open(results / f"{name}.log", "wb") as log:
                process = subprocess.Popen([program, f"--gtest_output=xml:{results / name}.xml"], stdout=log,
                                           stderr=subprocess.STDOUT, env=clean_environment({**(environment or {}), **share}))
            running[name] = (process, time.monotonic())
        time.sleep(0.02)
        for name, (process, started) in list(running.items()):
            late = time.monotonic() - started > PROGRAM_SECONDS_MAX
            if late:
                process.kill()
                process.wait()
            if process.poll() is None:
                continue
            running.pop(name)
            text = (results / f"{name}.log").read_text(encoding="utf-8", errors="replace")
            ended = f"no end after {PROGRAM_SECONDS_MAX} s" if late else process.returncode
            counts[name] = judged(name, ended, results / f"{name}.xml", text)
    total = Count()
    for name in runs:
        total.add(counts[name])
    return total


def unittest_count(name, status, output):
    """What Python's unittest printed, as a count."""
    ran = re.search(r"^Ran (\d+) test", output, re.M)
    parts = re.split(r"^={70}\n", output, flags=re.M)[1:]
    count = Count(skipped=sum(int(number) for number in re.findall(r"skipped=(\d+)", output)))
    for part in parts:
        heading, _, rest = part.partition("\n")
        rest = re.split(r"^-{70}\nRan ", rest, flags=re.M)[0]
        count.fail(f"{name}: {heading}", last_lines(rest))
    count.passed = max(int(ran.group(1)) - count.failed - count.skipped, 0) if ran else 0
    if status != 0 and count.failed == 0:
        count.fail(f"{name}: ended with {status}", last_lines(output))
    elif count.passed + count.failed == 0:
        count.fail(f"{name}: ran no test", last_lines(output))
    return count


def run_unittests(name, root, folder, jobs=1, environment=None):
    """Runs every *_test.py of a folder, each by itself and `jobs` at a time, the largest first. One that holds no test has failed."""
    def run(path):
        command = ["python3", "-m", "unittest", "discover", "-s", folder, "-p", path.name]
        try:
            done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace", check=False,
                                  timeout=PROGRAM_SECONDS_MAX, env={**os.environ, **(environment or {})})
        except subprocess.TimeoutExpired as late:
            said = (late.stderr or b"").decode(errors="replace")
            return Count.of(False, f"{name}/{path.stem}: no end after {PROGRAM_SECONDS_MAX} s", last_lines(said))
        return unittest_count(f"{name}/{path.stem}", done.returncode, done.stderr)

    paths = sorted(pathlib.Path(root, folder).glob("*_test.py"), key=lambda path: -path.stat().st_size)
    total = Count()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for count in pool.map(run, paths):
            total.add(count)
    return total
