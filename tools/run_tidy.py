#!/usr/bin/env python3
"""Runs clang-tidy 19 over our sources, as many at a time as there are cores, and skips files that passed unchanged.

A file's result depends on it, on every header of ours and on .clang-tidy; when none of them changed since it passed, it is
not read again. Prints the findings; exits 1 when there is one.
"""

import concurrent.futures
import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/tidy"
PASSED = ROOT / "build/tidy-passed"


def common_hash():
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for path in sorted((ROOT / "src").rglob("*.h")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check(path, common):
    """Findings as text; empty when there are none."""
    mark = PASSED / hashlib.sha256(common.encode() + str(path).encode() + path.read_bytes()).hexdigest()
    if mark.exists():
        return ""
    done = subprocess.run(["clang-tidy-19", "--quiet", "-p", BUILD, path], capture_output=True, text=True)
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout or done.stderr


def main():
    PASSED.mkdir(parents=True, exist_ok=True)
    common = common_hash()
    sources = sorted(path for path in (ROOT / "src").rglob("*.cpp") if not path.name.endswith("_test.cpp"))
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for findings in pool.map(lambda path: check(path, common), sources):
            if findings:
                print(findings, flush=True)
                bad += 1
    print(f"tidy: {len(sources)} files, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
