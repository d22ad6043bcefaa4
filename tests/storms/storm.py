#!/usr/bin/env python3
"""Kills the program again and again, and checks that nothing was lost, doubled or half-visible.

A storm is one seed: it draws a history of verbs over small made-up extracts, kills most of them (at a named point of the
code, or after a drawn number of milliseconds), and after each kill opens the workspace again and compares what stands with
the only things that may stand: everything before the verb, or everything after it. At the end each verb is run to its end,
and the workspace must hold the same as one that was never killed.

    tests/storms/storm.py --binary build/release/src/cli/throughline --kills 100 --seed 1

Prints one line a storm and a closing line with counts; exits 1 at the first broken promise, naming seed and step.
"""

import argparse
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
CATEGORIES = ["Drugs", "Robbery", "Possession of weapons", "Violence and sexual offences", "Burglary"]
FORCES = ["Storm Constabulary", "Gale Police"]
SOURCE_ROOT = pathlib.Path(__file__).resolve().parents[2]


class Broken(Exception):
    """A promise did not hold."""


def street_file(folder, force, month, rows, version, chance):
    """A small made-up street-level extract; some rows cannot be typed."""
    lines = [HEADER]
    faults = 0
    for number in range(rows):
        bad = chance.random() < 0.03
        faults += bad
        lines.append(
            f"{chance.getrandbits(256):064x},{'2025-02-30' if bad else month},{force},{force},"
            f"{chance.uniform(0.1, 0.9):.6f},{chance.uniform(51.2, 51.9):.6f},On or near Example Road {number % 7},"
            f"E0199{chance.randrange(1000):04d},Exampleton 00{number % 9}A,{chance.choice(CATEGORIES)},"
            f"Under investigation,\n"
        )
    path = folder / f"{month}-{force.split()[0].lower()}-{version}-street.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path, rows, faults


def fault_points():
    """Every point at which the program can be told to die, read from its source."""
    names = set()
    for path in sorted((SOURCE_ROOT / "src").rglob("*.cpp")):
        names.update(re.findall(r'FAULT_POINT\("([^"]+)"\)', path.read_text(encoding="utf-8")))
    return sorted(names)


class Program:
    def __init__(self, binary, workspace):
        self.binary = binary
        self.workspace = workspace

    def command(self, *arguments):
        return [str(self.binary), arguments[0], "--workspace", str(self.workspace), "--quiet", "--json", *arguments[1:]]

    def run(self, *arguments):
        """Runs to the end; an unexpected end breaks the storm."""
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=120)
        if done.returncode not in (0, 1):
            raise Broken(f"{arguments[0]} ended with {done.returncode}: {done.stdout[-600:]}{done.stderr[-300:]}")
        return json.loads(done.stdout)

    def kill_within(self, milliseconds, *arguments):
        """Starts the verb and kills it after a while. True if it was still running."""
        process = subprocess.Popen(self.command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=milliseconds / 1000)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True

    def kill_at(self, point, count, *arguments):
        """The verb kills itself the count-th time it passes the point. True if it did."""
        done = subprocess.run(
            self.command(*arguments, "--die-at", f"{point}:{count}"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120
        )
        return done.returncode < 0


def facts(report, section):
    for candidate in report["sections"]:
        if candidate["name"] == section:
            return candidate
    raise Broken(f"the answer has no section '{section}'")


def standing(program):
    """What a workspace shows: each extract that stands, by content, with its rows."""
    report = program.run("records")
    rows = facts(report, "extracts")["tables"][0]["rows"]
    return {row["extract"]: (row["rows"], row["rejected"], row["state"]) for row in rows}


def verify(program):
    report = program.run("audit", "verify")
    if facts(report, "log")["facts"]["verdict"] != "sound":
        raise Broken("the audit log does not verify")


def counted(program):
    """Rows behind the one measure over everything: it must agree with the extracts."""
    report = program.run("measure", "crimes", "--by", "category", "--kind", "force")
    return sum(row["count"] for table in facts(report, "measure")["tables"] for row in table["rows"] if row["count"] is not None)


def accepted_total(extracts):
    return sum(rows - rejected for rows, rejected, state in extracts.values() if state == "stands")


def drawn_history(folder, chance):
    """Verbs to run: new extracts, corrected ones, the same again."""
    months = [f"2025-{month:02d}" for month in range(1, 10)]
    history = []
    for month in chance.sample(months, 4):
        for force in FORCES:
            path, _, _ = street_file(folder, force, month, chance.randrange(50, 4000), 1, chance)
            history.append(("ingest", str(path)))
            if chance.random() < 0.4:
                corrected, _, _ = street_file(folder, force, month, chance.randrange(50, 4000), 2, chance)
                history.append(("ingest", str(corrected)))
            if chance.random() < 0.2:
                history.append(("ingest", str(path)))
    return history


def check_between(before, now, step):
    """Between two states there is nothing: an extract is whole or absent, and none vanished."""
    for name, (rows, rejected, _) in before.items():
        if name not in now or now[name][:2] != (rows, rejected):
            raise Broken(f"step {step}: extract {name} was lost or changed by a kill")
    if len(now) - len(before) > 1:
        raise Broken(f"step {step}: one file became {len(now) - len(before)} extracts")


def storm(binary, seed, kills_wanted, points):
    """One seed. Returns how many kills hit."""
    chance = random.Random(seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="throughline-storm-"))
    hits = 0
    try:
        calm, rough = Program(binary, folder / "calm"), Program(binary, folder / "rough")
        for program in (calm, rough):
            program.run("init", "--agency", "Storm agency")
        for step, verb in enumerate(drawn_history(folder, chance)):
            before = standing(rough)
            for _ in range(chance.randrange(1, 4)):
                if points and chance.random() < 0.7:
                    hits += rough.kill_at(chance.choice(points), chance.randrange(1, 4), *verb)
                else:
                    hits += rough.kill_within(chance.uniform(1, 120), *verb)
                now = standing(rough)
                check_between(before, now, step)
                if counted(rough) != accepted_total(now):
                    raise Broken(f"step {step}: the measure counts other rows than the extracts hold")
            verify(rough)
            rough.run(*verb)
            calm.run(*verb)
            if hits >= kills_wanted:
                break
        if standing(calm) != standing(rough):
            raise Broken("the workspace that was killed holds something else than the one that was not")
        verify(rough)
        return hits
    except Broken as broken:
        raise Broken(f"seed {seed}: {broken}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=100, help="kills that must hit, in all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    points = fault_points()
    hits, seed, started = 0, options.seed, time.monotonic()
    print(f"storms: {len(points)} fault points, seed {options.seed}", flush=True)
    while hits < options.kills:
        try:
            fresh = storm(options.binary, seed, options.kills - hits, points)
        except Broken as broken:
            print(f"FAILED {broken}")
            print("0 passed, 1 failed")
            return 1
        hits += fresh
        print(f"  seed {seed}: {fresh} kills, nothing lost, doubled or half-visible ({time.monotonic() - started:.0f} s)", flush=True)
        seed += 1
    print(f"{seed - options.seed} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
