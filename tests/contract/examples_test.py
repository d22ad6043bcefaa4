"""The bundled examples: every row is a record or a rejection, totals are those of the inventory, and what is sound is taken."""

import collections
import csv
import tempfile
import unittest

from program import DONE, EXAMPLES, FINDINGS, ProgramTest, Workspace, csv_rows

HOME_COUNTIES = EXAMPLES / "home_counties"
AGENCIES = EXAMPLES / "agencies"
PURPOSE = ("--purpose", "PROTECT", "--reason", "a test of the examples")
ENCODINGS = {"emergency_attendances.csv": "cp1252", "intelligence_reports.csv": "cp1252", "missing_episodes.csv": "utf-16"}
REFUSED_KINDS = {"cannot be typed", "too long"}


def inventory():
    """Rows by file, boundaries apart: those are drawn, not counted."""
    with open(HOME_COUNTIES / "inventory.csv", encoding="utf-8", newline="") as file:
        return {row["file"]: int(row["rows"]) for row in csv.DictReader(file) if not row["file"].endswith(".geojson.gz")}


class HomeCounties(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expected = inventory()
        cls.answer = cls.workspace.ingest(*(HOME_COUNTIES / name for name in cls.expected))
        if cls.answer.status not in (DONE, FINDINGS):
            raise AssertionError(cls.answer)
        cls.rows = {row["file"]: row for row in cls.answer.rows("file", "rows", "records", "rejected")}

    def test_every_file_gives_the_rows_of_the_inventory_as_records_and_rejections(self):
        self.assertEqual(len(self.rows), len(self.expected))
        for name, rows in self.expected.items():
            row = self.rows[name.split("/")[-1]]
            self.assertEqual((row["rows"], row["records"] + row["rejected"]), (rows, rows), name)

    def test_totals_by_folder_are_those_of_the_readme(self):
        totals = collections.Counter()
        for name in self.expected:
            totals[name.split("/")[0]] += self.rows[name.split("/")[-1]]["rows"]
        self.assertEqual({key: totals[key] for key in ("street", "stop_search", "borough_counts")},
                         {"street": 412_375, "stop_search": 123_363, "borough_counts": 45_123})
        self.assertEqual(set(totals), {"street", "stop_search", "borough_counts", "reference"})

    def test_figures_count_what_another_reader_counts(self):
        crimes, refused = collections.Counter(), 0
        for name in self.expected:
            if not name.startswith("street/"):
                continue
            (_, header), *rows = csv_rows(HOME_COUNTIES / name)
            column = header.index("Crime type")
            crimes.update(fields[column] for _, fields in rows)
            refused += self.rows[name.split("/")[-1]]["rejected"]
        shown = self.workspace.json("measure", "crimes", "--by", "category").rows("words", "count")
        counted = {row["words"]: row["count"] for row in shown}
        self.assertEqual(sum(counted.values()), crimes.total() - refused)
        if refused == 0:
            self.assertEqual(counted, dict(crimes))

    def test_the_same_files_again_change_nothing(self):
        before = self.workspace.shown()
        again = self.workspace.ingest(*(HOME_COUNTIES / name for name in self.expected))
        self.assert_ends(again, DONE)
        self.assertEqual({row["state"] for row in again.rows("file", "state")}, {"known"})
        self.assertEqual(self.workspace.shown(), before)

    def test_every_figure_can_be_followed_to_its_rows(self):
        figures = self.workspace.json("measure", "crimes", "--category", "drugs", "--kind", "force", "--by", "area").rows("cell", "count")
        self.assertEqual(len(figures), 5, figures)
        for figure in figures:
            trace = self.workspace.json("trace", figure["cell"])
            self.assertEqual(trace.status, DONE, str(trace))
            self.assertIn(str(figure["count"]), trace.out)

    def test_a_month_that_was_never_received_is_absent_and_not_zero(self):
        answer = self.workspace.json("measure", "crimes", "--area", "Essex", "--kind", "force", "--from", "2024-11", "--to", "2025-02")
        counts = [row["count"] for row in answer.rows("cell", "count")]
        self.assertEqual(counts[:2], [None, None], str(answer))
        self.assertTrue(all(count > 0 for count in counts[2:]))
        self.assertIn("ABSENT_NOT_ZERO", answer.out)

    def test_the_log_holds(self):
        self.assertTrue(self.workspace.log_is_sound())


class Demo(unittest.TestCase):
    def test_a_second_run_does_nothing_new(self):
        with tempfile.TemporaryDirectory(prefix="throughline-test-") as folder:
            workspace = Workspace(f"{folder}/demo")
            first = workspace.json("demo", "--examples", HOME_COUNTIES)
            self.assertIn(first.status, (DONE, FINDINGS), str(first))
            before = workspace.shown()
            self.assertGreaterEqual(len(before[0]), len(inventory()))
            self.assertGreater(sum(before[1].values()), 400_000)
            second = workspace.json("demo", "--examples", HOME_COUNTIES)
            self.assertIn(second.status, (DONE, FINDINGS), str(second))
            self.assertEqual(workspace.shown(), before)


class Agencies(ProgramTest):
    """Exactly the rows that faults.csv says cannot be typed are refused; what is odd but sound is not."""

    FILES = sorted(path.name for path in AGENCIES.glob("*.csv") if path.name != "faults.csv")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(AGENCIES / "faults.csv", encoding="utf-8", newline="") as file:
            cls.faults = list(csv.DictReader(file))
        cls.answers = {name: cls.workspace.ingest(AGENCIES / name, *PURPOSE) for name in cls.FILES}

    def lines(self, name, *kinds):
        return sorted({int(fault["line"]) for fault in self.faults if fault["file"] == name and fault["kind"] in kinds})

    def test_every_row_is_a_record_or_a_rejection(self):
        for name, answer in self.answers.items():
            self.assertEqual(answer.status, FINDINGS, str(answer))
            (row,) = answer.rows("extract", "rows", "records", "rejected")
            rows = len(csv_rows(AGENCIES / name, ENCODINGS.get(name, "utf-8"))) - 1
            self.assertEqual((row["rows"], row["rejected"]), (rows, len(self.lines(name, *REFUSED_KINDS))), name)
            self.assertEqual(row["records"], rows - row["rejected"], name)

    def test_the_rows_refused_are_those_that_cannot_be_typed_and_no_others(self):
        for name, answer in self.answers.items():
            (row,) = answer.rows("extract", "rejected")
            shown = self.workspace.json("records", row["extract"], "--rejections", "--rows", "1000", *PURPOSE)
            self.assertEqual(sorted({each["line"] for each in shown.rows("line", "rule")}), self.lines(name, *REFUSED_KINDS), name)

    def test_a_word_never_seen_is_a_finding_of_its_column(self):
        for name, answer in self.answers.items():
            for fault in self.faults:
                if fault["file"] == name and fault["kind"] == "new category":
                    self.assertIn(fault["column"], answer.notes(), name)


if __name__ == "__main__":
    unittest.main()
