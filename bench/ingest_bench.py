#!/usr/bin/env python3
"""Ingest against DuckDB's own read_csv on the same file and machine, in one run, turn about.

    bench/ingest_bench.py --build build/bench --rows 5000000 --rounds 3
    bench/ingest_bench.py --build build/bench --rows 50000000 --rounds 1     the memory bar

The file is made by repeating the bundled street-level extracts; each repetition is the same rows, so it compresses better than
real data of that length, in both stores alike. Prints rows a second, CPU seconds, resident memory and disk of both, and ratios.
"""

import argparse
import gzip
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
STREET = ROOT / "examples/home_counties/street"


def make_file(path, rows_wanted):
    """One CSV with a single header and at least that many rows, cut to the exact number."""
    if path.exists():
        return
    header, body = None, []
    for source in sorted(STREET.glob("*.csv.gz")):
        lines = gzip.open(source, "rb").read().splitlines(keepends=True)
        header = lines[0]
        body += lines[1:]
    with open(path, "wb") as target:
        target.write(header)
        left = rows_wanted
        while left > 0:
            target.write(b"".join(body[:left]))
            left -= min(left, len(body))


def measured(command):
    """Runs a command; wall seconds, CPU seconds, peak resident MiB, what it printed."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}: {printed[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def folder_bytes(path):
    return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())


def run_ours(program, source, folder):
    workspace = folder / "workspace"
    for stale in (workspace, folder / "workspace.keys"):
        shutil.rmtree(stale, ignore_errors=True)
    measured([program, "init", "--workspace", workspace, "--quiet"])
    wall, cpu, resident, _ = measured([program, "ingest", source, "--map", "police-uk-street", "--workspace", workspace, "--quiet", "--json"])
    return wall, cpu, resident, (workspace / "records.duckdb").stat().st_size, folder_bytes(workspace / "archive")


def run_peer(program, source, folder):
    target = folder / "plain.duckdb"
    target.unlink(missing_ok=True)
    wall, cpu, resident, _ = measured([program, source, target])
    return wall, cpu, resident, target.stat().st_size, 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/bench")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "throughline-bench")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    source = options.folder / f"street-{options.rows}.csv"
    make_file(source, options.rows)
    print(f"{options.rows:,} rows, {source.stat().st_size / 2**20:,.0f} MiB of CSV, {os.cpu_count()} cores")
    print(f"{'':12} {'wall s':>8} {'CPU s':>8} {'rows/s':>12} {'peak MiB':>9} {'store MiB':>10} {'archive MiB':>12}")
    ratios = []
    for _ in range(options.rounds):
        results = {}
        for name, run, program in (
            ("read_csv", run_peer, options.build / "bench/peer_read_csv"),
            ("throughline", run_ours, options.build / "src/cli/throughline"),
        ):
            wall, cpu, resident, store, archive = results[name] = run(program, source, options.folder)
            print(f"{name:12} {wall:8.2f} {cpu:8.2f} {options.rows / wall:12,.0f} {resident:9.0f} {store / 2**20:10.1f} {archive / 2**20:12.1f}")
        ours, peer = results["throughline"], results["read_csv"]
        ratios.append((peer[0] / ours[0], ours[3] / peer[3], ours[1] / peer[1]))
    speed, disk, cpu = (sorted(column)[len(ratios) // 2] for column in zip(*ratios))
    print(f"median ratios: rows/s {speed:.2f} of read_csv (bar 0.80); store {disk:.2f} of the plain table (bar 1.30); CPU {cpu:.2f}")


if __name__ == "__main__":
    main()
