"""throughline score as people use it: made-up people's links held against who is who, and what a wrong truth is told."""

import csv
import shutil

from program import BAD_COMMAND, DONE, EXAMPLES, ProgramTest

PEOPLE = EXAMPLES / "people"
# The column of each file that tells its rows apart.
KEYS = {"otherford_crimes.csv": "Crime reference", "mockbridge_crimes.csv": "Crime reference", "missing_unit_episodes.csv": "Episode reference"}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Score(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.county = cls.workspace.path.parent / "county"
        (cls.county / "truth").mkdir(parents=True)
        extracts = {}
        for name in KEYS:
            shutil.copy(PEOPLE / name, cls.county / name)
            extracts[name] = rows_of(PEOPLE / name)
        with (cls.county / "truth" / "records.csv").open("w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["extract", "row_key", "role", "person"])
            for row in rows_of(PEOPLE / "truth.csv"):
                if row["file"] in KEYS:
                    table.writerow([row["file"], extracts[row["file"]][int(row["row"]) - 1][KEYS[row["file"]]], row["item"], row["person"]])
        cls.workspace.must("ingest", *(cls.county / name for name in KEYS))
        cls.workspace.must("link", "run", "--purpose", "PROTECT")

    def score(self, truth, *arguments):
        return self.workspace.json("score", "--truth", truth, "--purpose", "COUNT", *arguments)

    def test_links_of_made_up_people_are_held_against_who_is_who(self):
        answer = self.score(self.county / "truth")
        self.assertEqual(answer.status, DONE, str(answer))
        self.assertEqual(answer.fact("extracts_here"), 3)
        self.assertEqual(answer.fact("records_matched"), answer.fact("records"))
        measures = {(row["of"], row["measure"]): row for row in answer.rows("of", "measure", "value")}
        f1 = measures["all", "F1"]
        self.assertGreater(f1["value"], 0.9, str(answer))
        self.assertTrue(f1["low"] <= f1["value"] <= f1["high"])
        self.assertEqual(sum(row["pairs"] for row in answer.rows("reason", "pairs")), answer.fact("missed"))
        self.assertEqual(sum(row["true_pairs"] for row in answer.rows("one", "other", "true_pairs")), answer.fact("true_pairs"))

    def test_no_name_is_told(self):
        words = self.workspace.run("score", "--truth", self.county / "truth", "--purpose", "COUNT").words
        for name in KEYS:
            for row in rows_of(PEOPLE / name):
                for column, value in row.items():
                    if column.lower().endswith(("forename", "surname", "date of birth", "phone")) and value:
                        self.assertNotIn(value, words)

    def test_a_wrong_truth_is_told_what_is_wrong_with_it(self):
        other = self.county / "other" / "truth"
        other.mkdir(parents=True)
        (other / "records.csv").write_text("extract,row_key,role,person\nlost.csv,1,victim,9\n")
        for folder, code in ((other, "truth_of_another"), (self.county, "truth_missing")):
            answer = self.score(folder)
            self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, code), str(answer))
            self.assertTrue(answer.error["remedy"])

    def test_each_look_is_an_entry(self):
        before = self.workspace.audit("verify").fact("entries")
        self.score(self.county / "truth")
        # Verifying is one, too.
        self.assertEqual(self.workspace.audit("verify").fact("entries"), before + 2)
