"""The made-up county of the demonstration: its agencies' extracts are made, read in and linked, and a second run begins where the first ended."""

import shutil

from program import BAD_COMMAND, DAMAGED, DONE, EXAMPLES, ProgramTest

DAYS = 90  # The demonstration itself has two years.


class County(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = cls.workspace.path.parent / "county"
        # The real figures beside it: one file is enough.
        cls.real = cls.workspace.path.parent / "real"
        shutil.copytree(EXAMPLES / "home_counties/borough_counts", cls.real / "borough_counts")
        for name in ("inventory.csv", "README.md", "SOURCES.md"):
            shutil.copy(EXAMPLES / "home_counties" / name, cls.real / name)
        cls.first = cls.demo()

    @classmethod
    def demo(cls, days=DAYS):
        return cls.workspace.json("demo", "--examples", cls.real, "--county", cls.folder, "--county-days", days)

    def county(self, answer):
        found = [section for section in answer.document["sections"] if section["name"] == "county"]
        self.assertEqual(len(found), 1, str(answer))
        return found[0]

    def test_every_row_is_read_in_and_links_are_nearly_all_right(self):
        self.assertEqual(self.first.status, DONE, str(self.first))
        county = self.county(self.first)
        facts = county["facts"]
        agencies = next(table for table in county["tables"] if table["name"] == "agencies")["rows"]
        self.assertEqual((facts["known"], facts["rejected"]), (0, 0))
        self.assertEqual(facts["agencies"], len(agencies))
        self.assertEqual(facts["rows"], sum(row["rows"] for row in agencies))
        self.assertGreater(facts["rows"], 1000)
        measures = {(row["of"], row["measure"]): row["value"] for row in self.first.rows("of", "measure", "value")}
        self.assertGreater(measures["all", "F1"], 0.9)

    def test_a_second_run_knows_every_extract_from_before(self):
        facts = self.county(self.demo())["facts"]
        self.assertEqual(facts["known"], facts["extracts"])

    def test_another_length_is_refused_while_the_county_stands(self):
        answer = self.demo(DAYS + 1)
        self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, "county_other"), str(answer))

    def test_a_manifest_that_is_broken_is_told_with_what_to_do(self):
        manifest = self.folder / "extracts" / "manifest.json"
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:200])
        try:
            answer = self.demo()
        finally:
            manifest.write_bytes(whole)
        self.assertEqual((answer.status, answer.error["code"]), (DAMAGED, "county_damaged"), str(answer))
        self.assertIn("Take the county's folder away", answer.error["remedy"])
