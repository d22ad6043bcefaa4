"""Runs the program as a person would and reads what it answers. Shared by the contract tests and the storms."""

import csv
import gzip
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
BINARY = os.environ.get("THROUGHLINE", str(ROOT / "build/release/src/cli/throughline"))
SECONDS_MAX = 120
LOGIN = pwd.getpwuid(os.geteuid()).pw_name
AUDITOR = "watcher"

DONE, FINDINGS, BAD_COMMAND, REFUSED, DAMAGED, WORLD = range(6)


class Answer:
    """What one call gave: exit status, both streams, and the JSON document where --json was asked for."""

    def __init__(self, arguments, done):
        self.arguments, self.status, self.out, self.err = arguments, done.returncode, done.stdout, done.stderr
        self.document = json.loads(self.out) if "--json" in arguments and self.out else {}

    def __str__(self):
        return f"throughline {' '.join(self.arguments)} ended with {self.status}\n{self.out[-1500:]}\n{self.err[-1500:]}"

    @property
    def error(self):
        return self.document.get("error", {})

    @property
    def words(self):
        """Everything that a person would read, in either form of answer."""
        return self.out + self.err

    def tables(self):
        return [table for section in self.document.get("sections", []) for table in section["tables"]]

    def rows(self, *columns):
        """The rows of the first table that has these columns; none when there is no such table."""
        for table in self.tables():
            if table["rows"] and all(column in table["rows"][0] for column in columns):
                return table["rows"]
        return []

    def fact(self, name):
        for section in self.document.get("sections", []):
            if name in section["facts"]:
                return section["facts"][name]
        return None

    def notes(self):
        return " ".join(note for section in self.document.get("sections", []) for note in section["notes"])


def call(*arguments, **options):
    """The program with these arguments and nothing else."""
    arguments = [str(argument) for argument in arguments]
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, errors="replace", timeout=SECONDS_MAX, check=False, **options)
    return Answer(arguments, done)


class Workspace:
    """A workspace in a folder; every call names it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.keys = pathlib.Path(f"{path}.keys")

    def run(self, verb, *arguments, **options):
        return call(verb, "--workspace", self.path, "--quiet", *arguments, **options)

    def json(self, verb, *arguments, **options):
        return self.run(verb, "--json", *arguments, **options)

    def must(self, verb, *arguments):
        """A call that has no reason to fail."""
        answer = self.json(verb, *arguments)
        if answer.status not in (DONE, FINDINGS):
            raise AssertionError(str(answer))
        return answer

    def audit(self, act, *arguments):
        """Asks of the log are the auditor's."""
        return self.json("audit", act, "--as", AUDITOR, *arguments)

    def make(self):
        """Made, with an auditor beside the analyst who runs the tests."""
        self.must("init", "--agency", "Example Agency")
        self.must("accounts", "add", AUDITOR, "--person", "A. Watcher", "--agency", "Example Agency", "--role", "auditor")
        return self

    def copy_to(self, path):
        """The same workspace in another place, to be spoilt."""
        other = Workspace(path)
        shutil.copytree(self.path, other.path)
        shutil.copytree(self.keys, other.keys)
        return other

    def ingest(self, *arguments, **options):
        return self.json("ingest", *arguments, **options)

    def extracts(self):
        """Every extract: (rows, rejected, state) by name."""
        rows = self.must("records", "--rows", "100000").rows("extract", "rows", "rejected")
        return {row["extract"]: (row["rows"], row["rejected"], row.get("state")) for row in rows}

    def shown(self):
        """What anybody can see of it, to hold two moments against each other."""
        return self.extracts(), self.counted()

    def counted(self):
        """Records that the figures count, by category, whatever their area."""
        rows = self.must("measure", "crimes", "--by", "category").rows("category", "count")
        return {row["category"]: row["count"] for row in rows}

    def log_is_sound(self):
        answer = self.audit("verify")
        return answer.status == DONE and answer.fact("verdict") == "sound"


class ProgramTest(unittest.TestCase):
    """A class of tests over one folder, with a workspace in it that is made once."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="throughline-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.workspace = Workspace(cls.folder / "workspace").make()

    def assert_ends(self, answer, status, code=None):
        """With that status; and as an error of that code, which says what, where and what to do."""
        self.assertEqual(answer.status, status, str(answer))
        if code is None:
            return
        self.assertEqual(answer.error.get("code"), code, str(answer))
        self.assertTrue(answer.error["what"] and answer.error["remedy"], str(answer))

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


STREET_HEADER = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name", "Crime type",
    "Last outcome category", "Context",
]
STREET_ROW = {
    "Crime ID": "", "Month": "2025-01", "Reported by": "Sample Constabulary", "Falls within": "Sample Constabulary", "Longitude": "0.512345",
    "Latitude": "51.512345", "Location": "On or near Example Road", "LSOA code": "E01999001", "LSOA name": "Exampleton 001A",
    "Crime type": "Drugs", "Last outcome category": "Under investigation", "Context": "",
}


def street_text(*changes, header=None, delimiter=","):
    """A street-level extract of made-up rows, each changed as told; every row has a Crime ID of its own."""
    header = header or STREET_HEADER
    lines = [delimiter.join(header)]
    for number, change in enumerate(changes):
        row = {**STREET_ROW, "Crime ID": f"{number + 1:064x}", **change}
        lines.append(delimiter.join(row.get(name, "") for name in header))
    return "\n".join(lines) + "\n"


def csv_rows(path, encoding="utf-8-sig"):
    """The rows of a CSV file, read by Python: each as (line on which it begins, fields)."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding=encoding, newline="") as file:
        reader, rows, line = csv.reader(file), [], 1
        for fields in reader:
            rows.append((line, fields))
            line = reader.line_num + 1
    return rows
