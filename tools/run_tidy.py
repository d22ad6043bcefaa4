#!/usr/bin/env python3
"""Runs clang-tidy 19 over our sources, as many at a time as there are cores, and skips files that passed unchanged.

    tools/run_tidy.py              the checks of .clang-tidy, over every source that is no test
    tools/run_tidy.py FILE…        over these only
    tools/run_tidy.py --deep       with the static analyzer as well, which takes more than twice as long

A file's result depends on it, on every header of ours and on .clang-tidy; when none of them changed since it passed, it is
not read again. Prints the findings; exits 1 when there is one, or when there was nothing to read.
"""

import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/tidy"
PASSED = ROOT / "build/tidy-passed"
ANALYZER = "--checks=clang-analyzer-*"


def common_hash(extra):
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes() + " ".join(extra).encode())
    for path in sorted((ROOT / "src").rglob("*.h")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check(path, common, extra):
    """Findings as text; empty when there are none."""
    mark = PASSED / hashlib.sha256(common.encode() + str(path).encode() + path.read_bytes()).hexdigest()
    if mark.exists():
        return ""
    done = subprocess.run(["clang-tidy-19", "--quiet", "-p", BUILD, *extra, path], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout or done.stderr or f"{path}: clang-tidy-19 ended with {done.returncode}"


def main():
    parser = argparse.ArgumentParser(description="Runs clang-tidy 19 over our sources.")
    parser.add_argument("files", nargs="*", type=pathlib.Path, help="only these")
    parser.add_argument("--deep", action="store_true", help="with the static analyzer as well")
    options = parser.parse_args()
    PASSED.mkdir(parents=True, exist_ok=True)
    extra = [ANALYZER] if options.deep else []
    common, started = common_hash(extra), time.monotonic()
    sources = [path.resolve() for path in options.files]
    sources = sources or [path for path in (ROOT / "src").rglob("*.cpp") if not path.name.endswith("_test.cpp")]
    # The longest first, so that no core waits at the end for one that began late.
    sources.sort(key=lambda path: (-path.stat().st_size, path))
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for findings in pool.map(lambda path: check(path, common, extra), sources):
            if findings:
                print(findings, flush=True)
                bad += 1
    print(f"tidy: {len(sources)} files, {bad} with findings ({time.monotonic() - started:.0f} s)")
    return 1 if bad or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
