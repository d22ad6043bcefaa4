#!/usr/bin/env python3
"""Runs clang-tidy 19 over our sources, as many at a time as there are cores, and skips what passed unchanged.

    tools/run_tidy.py              the checks of .clang-tidy, over every source that is no test
    tools/run_tidy.py FILE…        over these only, each by itself, which also shows what a file forgot to include
    tools/run_tidy.py --deep       with the static analyzer as well, which takes more than twice as long

Most of a file's checking is reading what it includes, so sources are read in the groups of tools/unity_groups.py: a quarter of the
time. A group's result depends on its files, on every header of ours and on .clang-tidy; when none of them changed since it passed,
it is not read again. Prints the findings; exits 1 when there is one, or when there was nothing to read.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

import unity_groups

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/tidy"
GROUPS = BUILD / "groups"
PASSED = ROOT / "build/tidy-passed"
ANALYZER = "clang-analyzer-*"
GROUP_CHECKS = "-bugprone-suspicious-include"  # A group includes sources.
GROUP_LINES_MAX = 3000


def common_hash(extra):
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes() + " ".join(extra).encode())
    for path in sorted((ROOT / "src").rglob("*.h")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def group_files():
    """Writes one source for each group, which includes its files, and the compile commands beside them. Gives source → files."""
    commands = {entry["file"]: entry for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))}
    headers, files, written = unity_groups.Headers(), {}, []
    GROUPS.mkdir(parents=True, exist_ok=True)
    for module in unity_groups.modules():
        groups = [[source.path for source in group] for group in unity_groups.groups_of(module, headers, False, GROUP_LINES_MAX)]
        grouped = {path for group in groups for path in group}
        alone = [path for path in sorted(module.rglob("*.cpp")) if path not in grouped and not path.name.endswith("_test.cpp")]
        for at, group in enumerate(groups + [[path] for path in alone]):
            name = GROUPS / f"{module.name}_{at}.cpp"
            name.write_text(unity_groups.text_of(group), encoding="utf-8")
            entry = commands[str(group[0])]
            # In one group a file's own name may be another's inside a function: the builds, in smaller groups, look for shadows.
            command = entry["command"].replace(str(group[0]), str(name)).replace(" -Wshadow", "")
            written.append({**entry, "file": str(name), "command": command})
            files[name] = group
    (GROUPS / "compile_commands.json").write_text(json.dumps(written), encoding="utf-8")
    return files


def check(source, files, common, extra):
    """Findings as text; empty when there are none."""
    digest = hashlib.sha256(common.encode() + str(source).encode())
    for path in files:
        digest.update(str(path).encode() + path.read_bytes())
    mark = PASSED / digest.hexdigest()
    if mark.exists():
        return ""
    folder = GROUPS if source.parent == GROUPS else BUILD
    checks = "--checks=" + ",".join([*([GROUP_CHECKS] if folder == GROUPS else []), *extra])
    command = ["clang-tidy-19", "--quiet", "-p", folder, f"--config-file={ROOT / '.clang-tidy'}", checks, source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout or done.stderr or f"{source}: clang-tidy-19 ended with {done.returncode}"


def main():
    parser = argparse.ArgumentParser(description="Runs clang-tidy 19 over our sources.")
    parser.add_argument("files", nargs="*", type=pathlib.Path, help="only these")
    parser.add_argument("--deep", action="store_true", help="with the static analyzer as well")
    options = parser.parse_args()
    PASSED.mkdir(parents=True, exist_ok=True)
    extra = [ANALYZER] if options.deep else []
    common, started = common_hash(extra), time.monotonic()
    named = [path.resolve() for path in options.files]
    sources = {path: [path] for path in named} or group_files()
    # The longest first, so that no core waits at the end for one that began late.
    order = sorted(sources, key=lambda source: (-sum(path.stat().st_size for path in sources[source]), source))
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for findings in pool.map(lambda source: check(source, sources[source], common, extra), order):
            if findings:
                print(findings, flush=True)
                bad += 1
    count = sum(map(len, sources.values()))
    print(f"tidy: {count} files, read in {len(sources)} parts, {bad} parts with findings ({time.monotonic() - started:.0f} s)")
    return 1 if bad or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
