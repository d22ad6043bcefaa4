#!/usr/bin/env python3
"""Who is who in one file of made-up people: `throughline link` beside Splink on DuckDB, turn about, in one run.

    bench/peers/link_beside_splink.py --generator gen1m.py --rows 1000000 --rounds 3
    bench/peers/link_beside_splink.py --generator gen1m.py --rows 100000 --splink 4.0.17

The generator is called as `python gen1m.py ROWS FILE` in its own folder, and writes unique_id, cluster (the truth), first_name,
surname, dob, postcode, phone and gender. Rows are shuffled before anybody reads them; the truth is never given to either program.
Each version of Splink gets an environment of its own, from PyPI, with what it stands on pinned. Prints CPU seconds, wall time, peak
resident memory and pairwise F1 (all true pairs in the denominator) of each, and ratios. CPU seconds are the figure to
read where others use the machine too.
"""

import argparse
import collections
import csv
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEER = pathlib.Path(__file__).with_name("splink_dedupe.py")
PINS = {
    "4.0.17": ["splink==4.0.17", "duckdb==1.4.4", "sqlglot==27.29.0"],
    "5.0.0": ["splink==5.0.0", "duckdb==1.4.4", "pandas==2.3.3", "pyarrow==21.0.0"],
}


def environment(folder, version):
    """The Python of an environment that holds this version; made when it is not there."""
    place = folder / f"splink-{version}"
    python = place / "bin/python"
    if not (place / "complete").exists():
        print(f"making an environment for Splink {version} in {place}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS[version]], check=True)
        (place / "complete").touch()
    return python


def make_people(options, python):
    """The generated file with its rows shuffled; made once."""
    people = options.folder / f"people-{options.rows}.csv"
    if people.exists():
        return people
    ordered = options.folder / f"ordered-{options.rows}.csv"
    generator = options.generator.resolve()
    subprocess.run([python, generator, str(options.rows), ordered], check=True, cwd=generator.parent, stdout=subprocess.DEVNULL)
    header, *rows = ordered.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    people.write_text(header + "".join(rows), encoding="utf-8")
    ordered.unlink()
    return people


def without_truth(people):
    """What the programs read: the same rows, and no column that tells."""
    blind = people.with_name("blind-" + people.name)
    with open(people, newline="", encoding="utf-8") as source, open(blind, "w", newline="", encoding="utf-8") as target:
        rows = csv.reader(source)
        at = next(rows).index("cluster")
        source.seek(0)
        csv.writer(target, lineterminator="\n").writerows(row[:at] + row[at + 1 :] for row in csv.reader(source))
    return blind


def measured(command):
    """Runs a command; wall seconds, CPU seconds, peak resident MiB, what it printed."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}: {printed[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def column_by_id(path, name):
    with open(path, newline="", encoding="utf-8") as source:
        return {row["unique_id"]: row[name] for row in csv.DictReader(source)}


def pairs_in(labels):
    return sum(size * (size - 1) // 2 for size in collections.Counter(labels).values())


def f1_of(truth, clusters_file):
    """Precision, recall and F1 over pairs of records; a record that a program left out stands alone."""
    found = column_by_id(clusters_file, "cluster_id")
    labels = {record: found.get(record, f"alone {record}") for record in truth}
    true, linked = pairs_in(truth.values()), pairs_in(labels.values())
    right = pairs_in((truth[record], labels[record]) for record in truth)
    precision, recall = right / max(linked, 1), right / max(true, 1)
    return precision, recall, 2 * right / max(true + linked, 1)


def commands(options, blind, pythons):
    """For each program its command and where its clusters go."""
    ours = options.folder / "clusters-throughline.csv"
    runs = {"throughline": ([options.program, "link", "--input", blind, "--id", "unique_id", "--output", ours, "--quiet"], ours)}
    for version, python in pythons.items():
        theirs = options.folder / f"clusters-splink-{version}.csv"
        runs[f"splink {version}"] = ([python, PEER, blind, theirs, "--threshold", options.threshold], theirs)
    return runs


def told(results):
    ours = results["throughline"]
    for name, figures in results.items():
        if name == "throughline":
            continue
        cpu, wall, resident = (sorted(column)[len(column) // 2] for column in zip(*figures))
        our_cpu, our_wall, our_resident = (sorted(column)[len(column) // 2] for column in zip(*ours))
        print(f"median ratios, {name} to throughline: CPU {cpu / our_cpu:.1f}, wall {wall / our_wall:.1f}, peak {resident / our_resident:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/src/cli/throughline")
    parser.add_argument("--generator", type=pathlib.Path, required=True, help="gen1m.py, with its names beside it")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--splink", nargs="*", choices=sorted(PINS), default=sorted(PINS))
    parser.add_argument("--threshold", type=float, default=0.95, help="at which Splink's pairs are clustered")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "throughline-bench")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    pythons = {version: environment(options.folder, version) for version in options.splink}
    people = make_people(options, next(iter(pythons.values()), sys.executable))
    truth = column_by_id(people, "cluster")
    runs = commands(options, without_truth(people), pythons)
    print(f"{len(truth):,} rows, {pairs_in(truth.values()):,} true pairs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':14} {'CPU s':>8} {'wall s':>8} {'peak MiB':>9} {'precision':>10} {'recall':>8} {'F1':>8}")
    results = collections.defaultdict(list)
    for _ in range(options.rounds):
        for name, (command, clusters) in runs.items():
            wall, cpu, resident, printed = measured(command)
            precision, recall, f1 = f1_of(truth, clusters)
            print(f"{name:14} {cpu:8.2f} {wall:8.2f} {resident:9.0f} {precision:10.4f} {recall:8.4f} {f1:8.4f}", flush=True)
            if name != "throughline":
                print(printed, end="")
            results[name].append((cpu, wall, resident))
    told(results)


if __name__ == "__main__":
    main()
