#!/usr/bin/env python3
"""Parts the sources of each module into groups that are compiled together, for most of a small file's compiling is what it includes.

    tools/unity_groups.py FOLDER        writes a source for each group and a CMake file for each module, and only where one changed

Files stand together in one translation unit, so two that give one name to different things must not meet: a name that one defines in
its unnamed namespace is neither defined nor used by another of the group. Names are read from the text; clang-tidy, reading each
file by itself when it is named to tools/run_tidy.py, shows a file that lives on what another includes.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
ALONE = ("main.cpp", "_embedded.cpp", "base/parallel.cpp")  # Ends of the names of sources that hold a main() or have settings of their own.
LINES_MAX = 1600  # Of a group: enough to share the headers, little enough for two cores to share the groups.

COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
UNNAMED = re.compile(r"^(?:inline )?namespace \{\n(.*?)^\}  // namespace$", re.DOTALL | re.MULTILINE)
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
AT_LINE_START = re.compile(r"^[A-Za-z_:][^\n]*", re.MULTILINE)
TYPE = re.compile(r"^(?:template <[^>]*>\s*)?(?:class|struct|union|enum(?: class)?)\s+(\w+)|^using (\w+) =")
DECLARED = re.compile(r"(\w+)\s*(?:\(|=|\{|\[|;)")
CALLED = re.compile(r"(?<![\w.>:])(\w+)\s*\(")  # Not what is called of an object or by its full name.
DECLARATION = re.compile(r"^[A-Za-z_\[][^\n(=]*?(\w+)\(", re.MULTILINE)
CONSTANT_OR_TYPE = re.compile(r"\b(k_\w+|[A-Z]\w*)\b")
MACRO = re.compile(r"^#define (\w+)", re.MULTILINE)
TEST = re.compile(r"^(?:RC_GTEST_PROP|TEST|TEST_F|TEST_P)\((\w+),\s*(\w+)", re.MULTILINE)
USING = re.compile(r"^using (?:\w+::)+(\w+);", re.MULTILINE)
NO_DEFINITION = ("TEST", "RC_", "INSTANTIATE", "namespace ")
CONSTANT = re.compile(r"\b(k_\w+)\b[^;,()]*=")


def without_words(text):
    """The text without comments and literals."""
    return COMMENT_OR_TEXT.sub(" ", text)


def defined_in(raw):
    """Names that a file gives to things of its own, as far as its line starts tell."""
    text = without_words(raw)
    names = set(MACRO.findall(text)) | {"_".join(test) for test in TEST.findall(text)}
    for body in UNNAMED.findall(raw):
        for line in AT_LINE_START.findall(without_words(body)):
            if line.startswith(NO_DEFINITION):
                continue
            found = TYPE.match(line)
            if found:
                names.add(found[1] or found[2])
            elif not line.startswith("using ") and (found := DECLARED.search(line)):
                names.add(found[1])
    return names


class Source:
    """One file: what it defines, and the names it would notice if another file defined them."""

    def __init__(self, path, headers, types):
        raw = path.read_text(encoding="utf-8")
        text = without_words(raw)
        self.path = path
        self.lines = text.count("\n")
        # A name taken over from another module hides a type of this one.
        self.defined = defined_in(raw) | (set(USING.findall(raw)) & types)
        self.inner = set(CONSTANT.findall(text))  # Would hide a constant of another file, which is warned of.
        self.noticed = set(CALLED.findall(text)) | set(CONSTANT_OR_TYPE.findall(text)) | headers.noticed_by(path)

    def clashes_with(self, other):
        return bool(self.defined & other.told() or other.defined & self.told())

    def told(self):
        return self.defined | self.noticed | self.inner


class Headers:
    """The project's headers, each read once, with all that it includes."""

    def __init__(self):
        self.known = {}

    def noticed_by(self, path):
        if path not in self.known:
            self.known[path] = set()  # A header that includes itself, however far around, adds nothing.
            raw = path.read_text(encoding="utf-8")
            text = without_words(raw) if path.suffix == ".h" else ""
            names = set(CONSTANT_OR_TYPE.findall(text)) | set(DECLARATION.findall(text))
            for name in INCLUDE.findall(raw):
                if (ROOT / "src" / name).exists():
                    names |= self.noticed_by(ROOT / "src" / name)
            self.known[path] = names
        return self.known[path]


def types_of(module):
    """What the module's headers name."""
    texts = [path.read_text(encoding="utf-8") for path in module.rglob("*.h")]
    return {found[1] or found[2] for text in texts for line in AT_LINE_START.findall(text) if (found := TYPE.match(line))}


def grouped(sources, lines_max=LINES_MAX):
    """The first group with room in which a file clashes with nobody; else one of its own."""
    groups = []
    for source in sources:
        for group in groups:
            if sum(other.lines for other in group) + source.lines <= lines_max and not any(map(source.clashes_with, group)):
                group.append(source)
                break
        else:
            groups.append([source])
    return groups


def modules():
    return sorted(path for path in (ROOT / "src").iterdir() if path.is_dir())


def groups_of(module, headers, tests, lines_max=LINES_MAX):
    """The groups of a module's library, or of its tests. What stands alone is in none."""
    paths, types = sorted(module.rglob("*.cpp")), types_of(module)
    named = [path for path in paths if path.name.endswith("_test.cpp") == tests and not str(path).endswith(ALONE)]
    return grouped([Source(path, headers, types) for path in named], lines_max)


def write_where_changed(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def cmake_list(name, paths):
    return f"set({name}\n" + "".join(f'    "{path.resolve()}"\n' for path in paths) + ")\n"


def text_of(paths):
    """A source that includes those of a group, by their names below src/: the same text in every checkout, for a compiler cache."""
    return "".join(f'#include "{path.relative_to(ROOT / "src")}"\n' for path in paths)


def main():
    headers, folder = Headers(), pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for module in modules():
        lists, kept = "", set()
        for kind, tests in (("library", False), ("test", True)):
            named, covered = [], []
            for at, group in enumerate(groups_of(module, headers, tests)):
                paths = [source.path for source in group]
                named.append(folder / f"{module.name}_{kind}_{at}.cpp")
                write_where_changed(named[-1], text_of(paths))
                covered += paths
            lists += cmake_list(f"unity_{kind}", named) + cmake_list(f"unity_{kind}_covers", covered)
            kept |= set(named)
        for stale in set(folder.glob(f"{module.name}_*.cpp")) - kept:
            stale.unlink()
        write_where_changed(folder / f"{module.name}.cmake", lists)


if __name__ == "__main__":
    main()
