#!/usr/bin/env python3
"""Checks the rules of style that a program can check; the rest is for readers.

Lengths (line 120, file 400, function 60), names of files, types named once, a purpose at the top of each header, no banned calls, no left
notes to self, no commented-out code, words that name people as people, no paths of one machine.

Usage: tools/check_style.py [ROOT]. Prints one line a fault as file:line: what; exits 1 when there is one.
"""

import pathlib
import re
import sys

LINE_MAX, FILE_MAX, FUNCTION_MAX = 120, 400, 60
CODE = {".h", ".cpp"}
SCRIPT = {".py", ".sh", ".cmake"}
TEXT = {".md", ".toml"}
SKIPPED = {".git", "build", "node_modules", "third_party", "examples", "demo-workspace", "demo-workspace.keys", ".tools", "corpus"}

BANNED = [
    (re.compile(r"\busing namespace\b"), "no 'using namespace'"),
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "no notes to self: do it, or write it in an issue"),
    (re.compile(r"\bstd::regex\b"), "std::regex is slow and may overflow the stack: write a small scanner"),
    (re.compile(r"\b(s?rand|strtok|gmtime|localtime|atoi|atof)\s*\("), "not thread-safe or not checked: use base/"),
    (re.compile(r"\bstd::(mt19937|random_device|shuffle|normal_distribution|uniform_\w+_distribution)\b"), "chance comes from base/random.h"),
    (re.compile(r"^\s*(throw\s|.*\bthrow std::)"), "nothing is thrown by us"),
]
BELOW_APP = [
    (re.compile(r"_clock::now\b|\btime\s*\(\s*(NULL|nullptr|0)\s*\)|\bclock_gettime\b"), "no clock below app/: take base::Clock"),
    (re.compile(r"\bgetenv\b|\bsecure_getenv\b"), "no environment below app/"),
    (re.compile(r"\bsetlocale\b|\bstd::locale\b"), "no locale below app/"),
]
WORDS = [
    (re.compile(r"\bdrug runners?\b", re.I), "say 'person made to carry or sell'"),
    (re.compile(r"\bcuckooed hosts?\b", re.I), "say 'person whose home was taken over'"),
    (re.compile(r"\b(drug addicts?|drug abusers?|junk(ie|y))\b", re.I), "say 'people who use drugs'"),
    (re.compile(r"\bchildren used\b", re.I), "say 'children exploited'"),
    (re.compile(r"(?<![\w.])/(work|home|root)/\w"), "no path of one machine"),
]
CODE_IN_COMMENT = re.compile(r"^\s*//\s*(return\b.*;|[\w:.>-]+\(.*\);|(if|for|while)\s*\(.*\{?|[\w:<>*& ]+ = .*;|\}.*)\s*$")
SNAKE = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
FREE_NAMES = {"CMakeLists.txt", "CMakePresets.json", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SOURCES.md", "LICENSE", "CONTRIBUTING.md", "FindDuckDB.cmake"}


def files(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and not any(part in SKIPPED for part in parts):
            yield path


def blanked(text):
    """The same text with comments, strings and characters blanked, so that braces in them do not count."""
    pattern = re.compile(r'R"(\w*)\((?:.|\n)*?\)\1"|//[^\n]*|/\*(?:.|\n)*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'')
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text)


OPENER = re.compile(r"[\w>)&*\]]\s*(?:const|noexcept|override|final|mutable|->\s*[\w:<>&*, ]+|\s)*$")
NOT_FUNCTION = re.compile(r"\b(namespace|class|struct|enum|union|extern)\b[^;(){}]*$")


def long_functions(text):
    """(line, lines) of each function body longer than allowed, found by its outermost braces."""
    plain = blanked(text)
    stack, start, found, line = [], 0, [], 1
    for index, char in enumerate(plain):
        if char == "\n":
            line += 1
        elif char == "{":
            head = plain[start:index]
            is_scope = bool(NOT_FUNCTION.search(head)) and "(" not in head.split("\n")[-1].replace("()", "")
            inside = any(kind == "function" for kind, _ in stack)
            is_function = not inside and not is_scope and ")" in head
            stack.append(("function" if is_function else "scope", line))
            start = index + 1
        elif char == "}":
            if stack:
                kind, opened = stack.pop()
                if kind == "function" and line - opened + 1 > FUNCTION_MAX:
                    found.append((opened, line - opened + 1))
            start = index + 1
        elif char == ";":
            start = index + 1
    return found


def check_lines(path, name, lines):
    is_code = path.suffix in CODE
    is_below_app = is_code and name.startswith("src/") and not name.startswith(("src/app/", "src/cli/"))
    is_checker = name == "tools/check_style.py"
    for number, line in enumerate(lines, 1):
        if is_code and len(line) > LINE_MAX:
            yield number, f"{len(line)} columns; at most {LINE_MAX}"
        rules = (BANNED if is_code else []) + (BELOW_APP if is_below_app and not name.endswith("_test.cpp") else [])
        for pattern, what in rules + ([] if is_checker else WORDS):
            if pattern.search(line):
                yield number, what
        if is_code and '"store/permit_for_tests.h"' in line and not name.endswith("_test.cpp"):
            yield number, "a permit for tests stays in *_test.cpp"
        if is_code and CODE_IN_COMMENT.match(line):
            yield number, "looks like commented-out code"


def check_file(root, path):
    name = str(path.relative_to(root))
    if path.name not in FREE_NAMES and not path.name.startswith(".") and not SNAKE.match(path.name.replace("-", "_")):
        yield 1, "file names are snake_case"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    yield from check_lines(path, name, lines)
    if path.suffix not in CODE:
        return
    if len(lines) > FILE_MAX:
        yield len(lines), f"{len(lines)} lines; at most {FILE_MAX}: one idea a file"
    if path.suffix == ".h" and not (lines and lines[0].startswith("//")):
        yield 1, "a header begins with a comment that says what it is for"
    for opened, length in long_functions(text):
        yield opened, f"a function of {length} lines; at most {FUNCTION_MAX}"


def named_twice(root):
    """Types that headers of one module and namespace define under one name: the linker takes either for both."""
    seen = {}
    for path in files(root):
        parts = path.relative_to(root).parts
        if path.suffix != ".h" or parts[0] != "src":
            continue
        text = blanked(path.read_text(encoding="utf-8"))
        space = re.search(r"^namespace ([\w:]+) \{", text, re.MULTILINE)
        for found in re.finditer(r"^(?:struct|class|enum class|union) (\w+)(?: final)?(?: : [^;{]*)? \{|^using (\w+) =", text, re.MULTILINE):
            key = (parts[1], space and space[1], found[1] or found[2])
            line = text.count("\n", 0, found.start()) + 1
            first = seen.setdefault(key, path.relative_to(root))
            if first != path.relative_to(root):
                yield f"{path.relative_to(root)}:{line}: {key[2]} is defined in {first} too"


def check(root):
    faults = list(named_twice(root))
    for path in files(root):
        if path.suffix in CODE | SCRIPT | TEXT:
            faults += [f"{path.relative_to(root)}:{number}: {what}" for number, what in check_file(root, path)]
    return faults


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    faults = check(root)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
