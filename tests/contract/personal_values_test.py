"""No message, no list of rejections, no log and no file name holds a value of a person's row."""

import csv
import unittest

import examples_test
from examples_test import AGENCIES, ENCODINGS, PURPOSE
from program import BAD_COMMAND, REFUSED, ProgramTest, csv_rows

FILES = examples_test.Agencies.FILES
LENGTH_MIN = 6  # Shorter values stand in any text by chance.
COMMON_ROWS_MIN = 4  # What so many rows share is a force, a category or a role, not somebody's value.


def telling_values(name, faults):
    """Values of a file's first row and of its faulty ones that few other rows have: names, dates, addresses, texts."""
    (_, header), *rows = csv_rows(AGENCIES / name, ENCODINGS.get(name, "utf-8"))
    lines = {int(fault["line"]) for fault in faults if fault["file"] == name}
    lines.add(rows[0][0])
    holders = {}
    for line, fields in rows:
        for value in fields:
            holders.setdefault(value, set()).add(line)
    faulty = [fields for line, fields in rows if line in lines]
    pieces = {piece[:80] for fields in faulty for value in fields if len(holders[value]) < COMMON_ROWS_MIN for piece in value.splitlines()}
    return {piece for piece in pieces if len(piece) >= LENGTH_MIN} - set(header)


class PersonalValues(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(AGENCIES / "faults.csv", encoding="utf-8", newline="") as file:
            faults = list(csv.DictReader(file))
        cls.values = {name: telling_values(name, faults) for name in FILES}
        cls.extracts = {}
        cls.spoken = []
        for name in FILES:
            cls.say(cls.workspace.run("ingest", AGENCIES / name, *PURPOSE))
            answer = cls.say(cls.workspace.ingest(AGENCIES / name, *PURPOSE))
            (row,) = answer.rows("extract", "rows")
            cls.extracts[name] = row["extract"]

    @classmethod
    def say(cls, answer):
        cls.spoken.append((str(answer.arguments), answer.words))
        return answer

    def assert_silent(self):
        for arguments, words in self.spoken:
            for name, values in self.values.items():
                for value in values:
                    self.assertNotIn(value, words, f"{arguments} says a value of {name}")

    def test_the_values_looked_for_are_many(self):
        for name, values in self.values.items():
            self.assertGreater(len(values), 20, name)

    def test_the_values_looked_for_are_shown_where_they_may_be(self):
        for name, extract in self.extracts.items():
            rejections = self.workspace.json("records", extract, "--rejections", *PURPOSE).rows("record", "rule")
            words = self.workspace.run("trace", rejections[0]["record"], *PURPOSE).words
            self.assertTrue(any(value in words for value in self.values[name]), name)

    def test_neither_ingest_nor_rejections_nor_findings_say_one(self):
        for extract in self.extracts.values():
            self.say(self.workspace.run("records", extract, "--rejections", "--rows", "1000", *PURPOSE))
            self.say(self.workspace.json("records", extract, "--rejections", "--rows", "1000", *PURPOSE))
            self.say(self.workspace.json("trace", extract, *PURPOSE))
        self.say(self.workspace.json("records"))
        self.say(self.workspace.audit("show", "--rows", "1000"))
        self.assert_silent()

    def test_no_error_says_one(self):
        for name in FILES:
            for mapping in ("crime-reports", "intelligence-3x5x2", "missing-episodes", "police-uk-street"):
                self.say(self.workspace.json("ingest", AGENCIES / name, "--map", mapping, *PURPOSE))
            cut = self.file(f"cut-{name}", (AGENCIES / name).read_bytes()[: -len(name) * 7])
            self.say(self.workspace.json("ingest", cut, *PURPOSE))
            headless = self.file(f"headless-{name}", (AGENCIES / name).read_bytes().split(b"\n", 1)[1])
            self.say(self.workspace.json("ingest", headless, *PURPOSE))
        self.assert_silent()

    def test_no_ledger_and_no_file_name_holds_one(self):
        names = " ".join(str(path) for path in self.workspace.path.rglob("*"))
        ledger = b"".join(path.read_bytes() for path in self.workspace.path.glob("ledger.sqlite*"))
        for values in self.values.values():
            for value in values:
                self.assertNotIn(value, names)
                self.assertNotIn(value.encode(), ledger)

    def test_a_persons_row_is_shown_for_a_purpose_only_and_each_look_is_an_entry(self):
        extract = self.extracts["crime_reports.csv"]
        answer = self.workspace.json("records", extract)
        self.assert_ends(answer, REFUSED)
        before = self.workspace.audit("verify").fact("entries")
        looked = self.workspace.json("records", extract, *PURPOSE)
        self.assertNotIn(looked.status, (REFUSED, BAD_COMMAND), str(looked))
        self.assertGreaterEqual(self.workspace.audit("verify").fact("entries"), before + 2)


if __name__ == "__main__":
    unittest.main()
