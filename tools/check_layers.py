#!/usr/bin/env python3
"""Checks the include rule: which module may see which, and where third-party headers may stand.

1. A module includes only the modules its CMakeLists.txt declares in DEPENDS, and those form no cycle.
2. From another stage only model.h, tables.h, stage.h and the nouns named below are included; base, store, ledger and app are open to all above.
3. Third-party headers stand in .cpp files, and in headers named *_internal.h, which only .cpp files of the same folder include.
   What only tests share (testing_*.h, *made_up_*.h, *_for_tests.h) may bring GoogleTest and RapidCheck, and only tests include it.
4. Inside a stage only tables*, stage* and their tests touch store or ledger; the nouns of ledger, its model.h, are open to all.

Usage: tools/check_layers.py [ROOT]. Prints one line a fault as file:line: what; exits 1 when there is one.
"""

import pathlib
import re
import sys

STAGES = {"records", "linkage", "network", "safeguard", "evidence", "evaluate", "simulate", "share"}
OPEN_HEADERS = {"model.h", "tables.h", "stage.h", "gss.h", "record_id.h"}  # The last two are nouns of records, a file each.
INTERNAL = "_internal.h"
FOR_TESTS = re.compile(r"^testing_\w+\.h$|^(\w+_)?made_up_\w+\.h$|_for_tests\.h$")
TEST_LIBRARIES = ("gtest/", "gmock/", "rapidcheck")
STORE_FILES = re.compile(r"^(tables|stage)(_[a-z0-9_]+)?(_test)?\.(h|cpp)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
DEPENDS = re.compile(r"throughline_module\(\s*(\w+)(.*?)\)", re.S)
STANDARD_C = {"sys/", "unistd.h", "fcntl.h", "pwd.h", "dirent.h", "signal.h", "immintrin.h", "emmintrin.h", "cpuid.h"}


def declared(root):
    """Module → the modules it declares, from the CMake files."""
    modules = {}
    for path in sorted((root / "src").glob("*/CMakeLists.txt")):
        found = DEPENDS.search(path.read_text(encoding="utf-8"))
        if not found:
            continue
        words = found.group(2).split()
        depends = []
        if "DEPENDS" in words:
            for word in words[words.index("DEPENDS") + 1 :]:
                if word == "LIBRARIES":
                    break
                depends.append(word)
        modules[found.group(1)] = depends
    return modules


def cycle_in(modules):
    """A module that depends on itself by some way round, or None."""
    done = set()

    def visit(name, way):
        if name in way:
            return name
        if name in done:
            return None
        for next_name in modules.get(name, []):
            found = visit(next_name, way + [name])
            if found:
                return found
        done.add(name)
        return None

    for name in modules:
        found = visit(name, [])
        if found:
            return found
    return None


def is_standard(header):
    return "." not in header or any(header == known or header.startswith(known) for known in STANDARD_C)


def fault_of(path, folder, mark, header, modules):
    """What is wrong with one include in a file of src/folder, or None."""
    module = folder.split("/")[0]
    is_test = path.name.endswith("_test.cpp") or bool(FOR_TESTS.search(path.name))
    if mark == "<":
        if is_standard(header) or path.suffix == ".cpp" or path.name.endswith(INTERNAL):
            return None
        if is_test and header.startswith(TEST_LIBRARIES):
            return None
        return f"third-party header <{header}> in a header: keep it in a .cpp file, or in a header named *{INTERNAL}"
    other = header.split("/")[0]
    if "/" not in header or other not in modules:
        return f'"{header}" is not a path from src/ that begins with a module'
    if header.endswith(INTERNAL) and (path.suffix != ".cpp" or header.rsplit("/", 1)[0] != folder):
        return f"{header} is internal: only .cpp files of {header.rsplit('/', 1)[0]} may include it"
    if FOR_TESTS.search(pathlib.PurePath(header).name) and not is_test:
        return f"{header} is for tests: only they may include it"
    if other == module:
        return None
    if other not in modules[module]:
        return f"{module} may not include {other}: its CMakeLists.txt declares only {' '.join(modules[module]) or 'nothing'}"
    if other in STAGES and not is_test and pathlib.PurePath(header).name not in OPEN_HEADERS and module != "app":
        return f"of {other} only model.h, tables.h and stage.h are open, not {header}"
    touches_store = other in {"store", "ledger"} and header != "ledger/model.h"
    if module in STAGES and touches_store and not is_test and not STORE_FILES.match(path.name):
        return f"only tables.* and stage.* of {module} may touch {other}"
    return None


def check(root):
    modules = declared(root)
    faults = []
    looped = cycle_in(modules)
    if looped:
        faults.append(f"src/{looped}/CMakeLists.txt:1: the modules form a cycle through {looped}")
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        folder = path.parent.relative_to(root / "src").as_posix()
        module = folder.split("/")[0]
        if module not in modules:
            faults.append(f"{path.relative_to(root)}:1: the module {module} declares nothing in its CMakeLists.txt")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            what = found and fault_of(path, folder, found.group(1), found.group(2), modules)
            if what:
                faults.append(f"{path.relative_to(root)}:{number}: {what}")
    return faults


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    faults = check(root)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
