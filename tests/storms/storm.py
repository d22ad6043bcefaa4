#!/usr/bin/env python3
"""Kills the program again and again, and checks that nothing was lost, doubled or half-visible.

A storm is one seed: it draws a history of verbs over small made-up extracts (ingest, corrections, accounts, erasures,
compaction, backup and restore), and runs it in two workspaces. In the calm one each verb runs to its end. In the rough one it
is killed first, several times: at a named point of the code, or after a drawn part of the time it takes. After each kill the
workspace is opened again, and what it shows must be what the calm one showed before the verb, or what it shows after; the
audit log must hold, and no entry of it may be missing. Then the verb is run to its end, and both must show the same.

    tests/storms/storm.py --binary build/release/src/cli/throughline --kills 100 --seed 1

Prints one line a storm and a closing line with counts; exits 1 at the first broken promise, naming seed and step.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import itertools
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/contract"))

CATEGORIES = ["Drugs", "Robbery", "Possession of weapons", "Violence and sexual offences", "Burglary"]
FORCES = ["Storm Constabulary", "Gale Police"]
# Which points of the code a verb can pass, by the beginning of their names.
PASSED_BY = {
    "init": ("workspace.", "keyring.", "ledger.", "records.migration"),
    "ingest": ("ingest.", "archive.before_rename", "archive.after_rename", "records.", "ledger."),
    "accounts": ("ledger.",),
    "erase": ("erasure.", "erase.", "archive.", "records.", "ledger.", "workspace.before_compact", "keyring."),
    "compact": ("workspace.before_compact", "records.", "ledger."),
    "backup": ("backup.", "ledger."),
}
RESTORE_POINT = "restore.copied_one"
KILLS_A_VERB_MAX = 3
PASSES_MAX = 12


class Broken(Exception):
    """A promise did not hold."""


def fault_points():
    """Every point at which the program can be told to die, read from its source."""
    names = set()
    for path in sorted((ROOT / "src").rglob("*.cpp")):
        names.update(re.findall(r'FAULT_POINT\("([^"]+)"\)', path.read_text(encoding="utf-8")))
    return sorted(names)


class Extract:
    """A small made-up street-level file; some of its rows cannot be typed."""

    def __init__(self, program, folder, chance, month, force, version):
        rows = chance.randrange(40, 2500)
        self.references = [f"{chance.getrandbits(256):064x}" for _ in range(rows)]
        self.bad = {number for number in range(rows) if chance.random() < 0.03}
        changes = [
            {
                "Crime ID": reference, "Month": "2025-02-30" if number in self.bad else month, "Reported by": force, "Falls within": force,
                "Longitude": f"{chance.uniform(0.1, 0.9):.6f}", "Latitude": f"{chance.uniform(51.2, 51.9):.6f}",
                "Location": f"On or near Example Road {number % 7}", "Crime type": chance.choice(CATEGORIES),
            }
            for number, reference in enumerate(self.references)
        ]
        text = program.street_text(*changes)
        self.name = hashlib.sha256(text.encode()).hexdigest()[:16]
        self.lines = text.splitlines(keepends=True)
        self.path = folder / f"{month}-{force.split()[0].lower()}-{version}-street.csv"
        self.path.write_text(text, encoding="utf-8")

    def a_record(self, chance):
        """The id of a typed row, and a text that no other row has."""
        number = chance.choice([number for number in range(len(self.references)) if number not in self.bad])
        place = len("".join(self.lines[: number + 1]).encode())
        return f"{self.name}:{place}", self.references[number]


class Step:
    """One verb of a history, with what must be gone after it."""

    def __init__(self, *arguments, gone=None):
        self.arguments, self.gone = [str(argument) for argument in arguments], gone

    def __str__(self):
        return " ".join(self.arguments)


def drawn_history(program, folder, chance):
    """New extracts, corrected ones, the same again, accounts, erasures, compaction and backups. Gives the extracts too."""
    history, extracts = [], []
    for number, month in enumerate(chance.sample([f"2025-{month:02d}" for month in range(1, 10)], 3)):
        force = chance.choice(FORCES)
        for version in (1, 2) if chance.random() < 0.5 else (1,):
            extracts.append(Extract(program, folder, chance, month, force, version))
            history.append(Step("ingest", extracts[-1].path))
        if chance.random() < 0.3:
            history.append(Step("ingest", extracts[-1].path))
        account = f"worker{number}"
        history.append(Step("accounts", "add", account, "--person", "A. Worker", "--agency", "Example Agency", "--role", "analyst"))
        history.append(chance.choice([Step("accounts", "grant", account, "--role", "practitioner"), Step("accounts", "revoke", account, "--role", "analyst")]))
        if chance.random() < 0.8:
            record, reference = extracts[-1].a_record(chance)
            order = ("--basis", "UKGDPR_ART17", "--purpose", "GOVERN", "--reason", "an order")
            history.append(Step("erase", record, *order, gone=reference))
        history.append(chance.choice([Step("compact"), Step("backup", f"{{folder}}/backup-{number}", "--keys-to", f"{{folder}}/keys-{number}")]))
    return history, extracts


class Rough:
    """A workspace whose verbs are killed."""

    def __init__(self, workspace, points, chance, reached):
        self.workspace, self.points, self.chance, self.reached = workspace, points, chance, reached

    def command(self, binary, arguments):
        return [binary, arguments[0], "--workspace", str(self.workspace.path), "--quiet", *arguments[1:]]

    def kill(self, binary, arguments, seconds):
        """Runs a verb that is to be killed, and says whether it was."""
        command = self.command(binary, arguments)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if self.chance.random() < 0.3:
            process = subprocess.Popen(command, **quiet)
            time.sleep(self.chance.uniform(0, 1.1 * seconds))
            process.kill()
            return process.wait() < 0
        points = [point for point in self.points if point.startswith(PASSED_BY[arguments[0]])]
        fresh = [point for point in points if not self.reached[point]]
        point = self.chance.choice(fresh or points) if self.chance.random() < 0.6 else "any"
        passes = self.chance.choice((1, 1, 2)) if point != "any" else self.chance.randrange(1, PASSES_MAX)
        was_killed = subprocess.run([*command, "--die-at", f"{point}:{passes}"], timeout=120, check=False, **quiet).returncode < 0
        self.reached[point] += was_killed
        return was_killed


def standing(workspace):
    """What a workspace shows: extracts, figures, accounts. Figures must count the records that stand, each once."""
    extracts, counted = workspace.shown()
    accounts = workspace.must("accounts", "list").rows("account", "roles")
    return extracts, counted, sorted((row["account"], row["roles"] or "") for row in accounts)


def entries_of(workspace):
    """How many entries the log has. It must hold."""
    answer = workspace.audit("verify")
    if answer.fact("verdict") != "sound":
        raise Broken(f"the audit log does not hold: {answer}")
    return answer.fact("entries")


def files_with(workspace, text):
    needle = text.encode()
    return [path for path in workspace.path.rglob("*") if path.is_file() and needle in path.read_bytes()]


def check_backup(program, step, rough, expected):
    """A backup that was finished brings back what stood, after a restore that was killed half-way too."""
    _, target, _, keys = step.arguments
    back = program.Workspace(f"{target}-back")
    copied = rough.chance.randrange(1, 6)
    killed = back.json("restore", target, "--keys-from", keys, "--die-at", f"{RESTORE_POINT}:{copied}").status < 0
    rough.reached[RESTORE_POINT] += killed
    if killed and back.json("records").status in (0, 1):
        raise Broken("a restore that was killed half-way left something that opens as a workspace")
    for path in (back.path, back.keys):
        shutil.rmtree(path, ignore_errors=True)
    back.must("restore", target, "--keys-from", keys)
    if standing(back) != expected:
        raise Broken("a backup brought back something else than it was taken of")


def check_broken_backup(program, step, expected):
    """A backup that was killed is refused, or it was whole. Then it is taken away, so that it can be taken again."""
    _, target, _, keys = step.arguments
    back = program.Workspace(f"{target}-broken-back")
    answer = back.json("restore", target, "--keys-from", keys)
    if answer.status in (0, 1) and standing(back) != expected:
        raise Broken("a backup that was killed brought back something else than it was taken of")
    for path in (target, keys, back.path, back.keys):
        shutil.rmtree(path, ignore_errors=True)


def rough_step(program, rough, step, states, seconds):
    """Kills one verb several times. Gives the number of kills and whether the verb came through."""
    before, after = states
    kills, entries = 0, entries_of(rough.workspace)
    is_backup = step.arguments[0] == "backup"
    for _ in range(rough.chance.randrange(1, KILLS_A_VERB_MAX + 1)):
        was_killed = rough.kill(program.BINARY, step.arguments, seconds)
        kills += was_killed
        now = standing(rough.workspace)
        if now not in (before, after):
            raise Broken(f"after a kill the workspace shows neither what was before nor what comes after:\n{now}\n{before}\n{after}")
        fresh = entries_of(rough.workspace)
        if fresh <= entries:
            raise Broken(f"the log had {entries} entries and has {fresh} after a kill")
        entries = fresh
        if is_backup and was_killed:
            check_broken_backup(program, step, before)
        if not was_killed or (now == after and before != after):
            return kills, now == after and not (is_backup and was_killed)
    return kills, False


def kill_the_making(program, rough):
    """Kills `init` several times; a workspace can be made in the same place all the same."""
    kills = sum(rough.kill(program.BINARY, ["init", "--agency", "Example Agency"], 0.2) for _ in range(rough.chance.randrange(2, 5)))
    made = rough.workspace.json("init", "--agency", "Example Agency")
    if made.status != 0 and made.error.get("code") != "workspace_exists":
        raise Broken(f"a making that was killed cannot be done again: {made}")
    rough.workspace.must("accounts", "add", program.AUDITOR, "--person", "A. Watcher", "--agency", "Example Agency", "--role", "auditor")
    return kills


def storm(program, seed, points, reached):
    """One seed. Gives how many kills hit."""
    chance = random.Random(seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="throughline-storm-"))
    number, step = 0, "init"
    try:
        for name in ("calm-out", "rough-out"):
            (folder / name).mkdir()
        calm = program.Workspace(folder / "calm").make()
        rough = Rough(program.Workspace(folder / "rough"), points, chance, reached)
        kills = kill_the_making(program, rough)
        before = standing(calm)
        history, extracts = drawn_history(program, folder, chance)
        for number, drawn in enumerate(history, 1):
            step = drawn
            here = [[argument.replace("{folder}", str(folder / name)) for argument in drawn.arguments] for name in ("calm-out", "rough-out")]
            started = time.monotonic()
            calm.must(*here[0])
            seconds = time.monotonic() - started
            after = standing(calm)
            rough_drawn = Step(*here[1], gone=drawn.gone)
            hits, is_done = rough_step(program, rough, rough_drawn, (before, after), seconds)
            kills += hits
            if not is_done:
                rough.workspace.must(*rough_drawn.arguments)
            if standing(rough.workspace) != after:
                raise Broken(f"killed and then done, it shows something else than done at once:\n{standing(rough.workspace)}\n{after}")
            if drawn.gone and files_with(rough.workspace, drawn.gone):
                raise Broken(f"an erased row still lies in {files_with(rough.workspace, drawn.gone)}")
            if drawn.arguments[0] == "backup":
                check_backup(program, rough_drawn, rough, after)
            before = after
        for extract in extracts:
            step = Step("trace", extract.a_record(chance)[0])
            rough.workspace.must(*step.arguments)
        return kills
    except (Broken, AssertionError, subprocess.TimeoutExpired) as broken:
        raise Broken(f"seed {seed}, step {number} ({step}): {broken}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=100, help="kills that must hit, in all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["THROUGHLINE"] = str(options.binary.resolve())
    import program  # Reads where the program is from the environment.

    points, reached = fault_points(), collections.Counter()
    kills, seeds, started = 0, itertools.count(options.seed), time.monotonic()
    print(f"storms: {len(points)} fault points, seed {options.seed}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {pool.submit(storm, program, seed, points, reached): seed for seed in itertools.islice(seeds, os.cpu_count())}
        passed = 0
        while running:
            done, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                seed = running.pop(future)
                if isinstance(future.exception(), Broken):
                    print(f"FAILED {future.exception()}\n{passed} passed, 1 failed", flush=True)
                    return 1
                kills, passed = kills + future.result(), passed + 1
                print(f"  seed {seed}: {future.result()} kills, nothing lost, doubled or half-visible ({time.monotonic() - started:.0f} s)", flush=True)
                if kills < options.kills:
                    seed = next(seeds)
                    running[pool.submit(storm, program, seed, points, reached)] = seed
    never = [point for point in points if not reached[point]]
    print(f"storms: {kills} kills; {len(points) - len(never)} of {len(points)} fault points aimed at and hit; not: {' '.join(never) or 'none'}")
    print(f"{passed} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
