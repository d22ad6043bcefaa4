#!/usr/bin/env python3
"""The event kernel of the market model beside Mesa, turn about, in one run: people who change state after 60 days on average.

    tools/build.sh bench event_calendar_bench
    bench/peers/calendar_beside_mesa.py --people 100000 --years 2 --rounds 3

Ours is the first line of event_calendar_bench: the model's calendar on one thread. Mesa has an agent for each person and its own
scheduler of events, in an environment of its own from PyPI. Both have the same people, days, law of waiting and number of states; the
chance is each program's own, so that the numbers of events agree to a few thousandths and no better, which is checked. Prints CPU
microseconds an event of each and the ratio; CPU is the figure to read where others use the machine too.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEER = pathlib.Path(__file__).with_name("mesa_calendar.py")
# The newest for Python 3.11; later ones ask for 3.12.
PINS = ["mesa==3.3.1", "numpy==2.4.6", "pandas==3.1.1", "scipy==1.17.1", "tqdm==4.70.1"]
OURS = re.compile(r"^calendar, towns at once, 1 thread +(\d+) events .*; +([\d.]+) s of cores", re.MULTILINE)
# Of a Poisson-like number of events: far outside what chance does to 100,000 people.
ALIKE = 0.02


def environment(folder):
    """The Python of an environment that holds Mesa; made when it is not there."""
    place = folder / PINS[0].replace("==", "-")
    python = place / "bin/python"
    if not (place / "complete").exists():
        print(f"making an environment for {PINS[0]} in {place}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS], check=True)
        (place / "complete").touch()
    return python


def printed(command):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def ours(options):
    """Events and CPU seconds of the calendar on one thread."""
    found = OURS.search(printed([options.program, options.people, options.years, 1]))
    if found is None:
        raise SystemExit(f"{options.program} did not print the line of one thread")
    return int(found[1]), float(found[2])


def theirs(options, python):
    events, seconds, version = printed([python, PEER, options.people, options.years]).split()
    return int(events), float(seconds), version


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/bench/bench/event_calendar_bench")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "throughline-bench")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    python = environment(options.folder)
    print(f"{options.people:,} people, {options.years} years, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':18} {'events':>12} {'CPU s':>9} {'CPU us an event':>16}")
    ratios = []
    for _ in range(options.rounds):
        our_events, our_seconds = ours(options)
        events, seconds, version = theirs(options, python)
        if abs(events / our_events - 1) > ALIKE:
            raise SystemExit(f"not the same model: {our_events:,} events and Mesa's {events:,}")
        for name, count, took in (("throughline", our_events, our_seconds), (f"mesa {version}", events, seconds)):
            print(f"{name:18} {count:12,} {took:9.3f} {took / count * 1e6:16.3f}", flush=True)
        ratios.append((seconds / events) / (our_seconds / our_events))
    print(f"CPU of an event, Mesa to throughline: median {sorted(ratios)[len(ratios) // 2]:.0f}, of {[round(one) for one in ratios]}")


if __name__ == "__main__":
    main()
