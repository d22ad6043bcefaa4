#!/usr/bin/env python3
"""Checks that the documents are true where a program can tell: links resolve, and files and tests they name exist.

1. Every relative link in a .md file leads to a file, and its #anchor to a heading there.
2. Every `path` in backquotes in docs/needs.md and docs/explanation/security.md that has a slash exists.
3. Every test that these two name as `Suite.a_true_sentence` or `module.a_true_sentence` exists in a *_test file.

Usage: tools/check_docs.py [ROOT]. Prints one line a fault; exits 1 when there is one.
"""

import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TEST_NAME = re.compile(r"`(?:\w+\.)?([a-z0-9]+(?:_[a-z0-9]+){2,})`")
PATH_NAME = re.compile(r"`((?:src|docs|tests|examples|tools|mappings|fuzz|bench)/[\w./-]+)`")
PAGES_OF_PROOF = ["docs/needs.md", "docs/explanation/security.md"]
SKIPPED = {"build", "node_modules", "third_party", ".git"}


def documents(root):
    for path in sorted(root.rglob("*.md")):
        if not any(part in SKIPPED for part in path.relative_to(root).parts):
            yield path


def anchors(path):
    """The anchors of a document's headings, as code hosts make them."""
    made = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
            made.add(heading.replace(" ", "-"))
    return made


def test_names(root):
    names = set()
    for path in [*root.glob("src/**/*_test.cpp"), *root.glob("tests/**/*_test.py"), *root.glob("tools/tests/*_test.py")]:
        text = path.read_text(encoding="utf-8")
        names.update(re.findall(r"\b(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\s*\(\s*\w+\s*,\s*(\w+)", text))
        names.update(name.removeprefix("test_") for name in re.findall(r"def (test_\w+)", text))
    return names


def check_links(root, path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for target in LINK.findall(line):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            aim = (path.parent / name).resolve() if name else path
            if not aim.exists():
                yield f"{path.relative_to(root)}:{number}: the link to {target} leads nowhere"
            elif anchor and aim.suffix == ".md" and anchor not in anchors(aim):
                yield f"{path.relative_to(root)}:{number}: {name or path.name} has no heading for #{anchor}"


def check_named(root, page):
    """What a page names as proof is there."""
    known = test_names(root)
    for number, line in enumerate((root / page).read_text(encoding="utf-8").splitlines(), 1):
        for name in PATH_NAME.findall(line):
            if not (root / name).exists():
                yield f"{page}:{number}: {name} does not exist"
        for name in TEST_NAME.findall(line):
            if name not in known:
                yield f"{page}:{number}: there is no test {name}"


def check(root):
    faults = [fault for path in documents(root) for fault in check_links(root, path)]
    if not (root / "docs/needs.md").exists():
        faults.append("docs/needs.md:1: is missing")
    return faults + [fault for page in PAGES_OF_PROOF if (root / page).exists() for fault in check_named(root, page)]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    faults = check(root)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
