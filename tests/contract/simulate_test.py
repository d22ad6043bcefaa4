"""The market model as people use it: run, stopped, resumed, compared, described; and what it says to a wrong command."""

import csv
import hashlib
import json
import pathlib
import tempfile
import unittest

from program import BAD_COMMAND, DAMAGED, DONE, EXAMPLES, call

SCENARIOS = EXAMPLES / "simulate"


class Simulate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="throughline-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def simulate(self, *arguments):
        return call("simulate", *arguments, "--quiet", "--json")

    def run_to(self, name, days, *arguments):
        answer = self.simulate("run", "--days", days, "--output", self.folder / name, *arguments)
        self.assertEqual(answer.status, DONE, str(answer))
        return self.folder / name

    def test_a_run_leaves_its_series_and_a_manifest_with_their_hashes(self):
        folder = self.run_to("run", 60)
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["days"], 60)
        for name, told in manifest["files"].items():
            self.assertEqual(hashlib.sha256((folder / name).read_bytes()).hexdigest(), told)
        with (folder / "series.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["name"] for row in rows if row["area"] == "all"}, {"All places"})
        self.assertEqual(len(rows), 9 * 9, "eight places and all of them, nine weeks")
        for row in rows:
            self.assertGreater(float(row["users_active"]), 0)

    def test_one_thread_and_four_give_the_same_bytes_and_another_seed_others(self):
        one = self.run_to("one", 40, "--threads", 1) / "series.csv"
        four = self.run_to("four", 40, "--threads", 4) / "series.csv"
        other = self.run_to("other", 40, "--seed", 2) / "series.csv"
        self.assertEqual(one.read_bytes(), four.read_bytes())
        self.assertNotEqual(one.read_bytes(), other.read_bytes())

    def test_a_run_that_goes_on_comes_to_the_same_bytes(self):
        scenario = ("--scenario", SCENARIOS / "stops_on_the_way.toml")
        whole = self.run_to("whole", 150, *scenario)
        self.run_to("parts", 130, *scenario)
        parts = self.run_to("parts", 150, *scenario, "--resume")
        for name in ("series.csv", "checkpoint.bin", "manifest.json"):
            self.assertEqual((whole / name).read_bytes(), (parts / name).read_bytes(), name)

    def test_a_checkpoint_of_another_run_or_a_spoilt_one_is_refused(self):
        folder = self.run_to("run", 20)
        again = ("run", "--output", folder, "--resume")
        for arguments, code in (
            (("--days", 30, "--seed", 2), "checkpoint_seed"),
            (("--days", 30, "--every", "month"), "checkpoint_periods"),
            (("--days", 10), "checkpoint_beyond"),
        ):
            answer = self.simulate(*again, *arguments)
            self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, code), str(answer))
        checkpoint = folder / "checkpoint.bin"
        checkpoint.write_bytes(checkpoint.read_bytes()[:-7])
        answer = self.simulate(*again, "--days", 30)
        self.assertEqual((answer.status, answer.error["code"]), (DAMAGED, "checkpoint_damaged"), str(answer))

    def test_no_change_makes_no_difference_and_every_example_is_read(self):
        for scenario in sorted(SCENARIOS.glob("*.toml")):
            answer = self.simulate("compare", "--scenario", scenario, "--days", 400, "--replicates", 5)
            self.assertEqual(answer.status, DONE, str(answer))
            rows = answer.rows("outcome", "difference", "low", "high")
            self.assertGreater(len(rows), 20)
            is_any = any(row["difference"] != 0 for row in rows)
            self.assertEqual(is_any, scenario.stem != "no_change", scenario)
            self.assertEqual("No pair of runs differs in anything" in str(answer), scenario.stem == "no_change", scenario)
            if scenario.stem == "no_change":
                self.assertEqual({(row["low"], row["high"]) for row in rows}, {(None, None)})

    def test_another_run_is_not_overwritten(self):
        folder = self.run_to("run", 20)
        before = (folder / "series.csv").read_bytes()
        answer = self.simulate("run", "--days", 30, "--output", folder)
        self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, "output_taken"), str(answer))
        self.assertEqual((folder / "series.csv").read_bytes(), before)

    def test_more_pairs_and_periods_than_memory_should_hold_are_refused(self):
        answer = self.simulate("compare", "--scenario", SCENARIOS / "no_change.toml", "--years", 50, "--every", "day", "--replicates", 10000)
        self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, "too_much"), str(answer))

    def test_a_comparison_says_what_happened_elsewhere(self):
        output = self.folder / "compared"
        answer = self.simulate("compare", "--scenario", SCENARIOS / "controllers.toml", "--days", 400, "--replicates", 5, "--output", output)
        self.assertEqual([table["name"] for table in answer.tables()], ["everywhere", "acted_on", "elsewhere"], str(answer))
        with (output / "differences.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["where"] for row in rows}, {"everywhere", "acted on", "elsewhere"})
        self.assertIn("children_charged", {row["outcome"] for row in rows})

    def test_the_description_names_every_parameter_of_the_file(self):
        path = self.folder / "model.md"
        self.assertEqual(self.simulate("describe", "--output", path).status, DONE)
        text = path.read_text()
        for line in (pathlib.Path(__file__).resolve().parents[2] / "data/simulate/parameters.toml").read_text().splitlines():
            if line.startswith("["):
                group = line.strip("[]")
            elif "= {" in line:
                self.assertIn(f"`{group}.{line.split(' =')[0]}`", text)

    def test_what_is_wrong_is_said_with_the_nearest_name(self):
        mine = self.folder / "mine.toml"
        mine.write_text("[line]\nclosing_probabilty = 0.8\n")
        for arguments, words in (
            (("rum",), "Did you mean run?"),
            (("run", "--world", "smal"), "Did you mean small?"),
            (("run", "--parameters", mine), f"{mine} line 2). Did you mean line.closing_probability?"),
            (("run", "--days", 30, "--scenario", SCENARIOS / "controllers.toml"), "outside the run from 2024-01-01 to 2024-01-31"),
            (("compare",), "at least one scenario"),
            (("run", "--resume"), "--output"),
        ):
            answer = call("simulate", *arguments, "--quiet")
            self.assertEqual(answer.status, BAD_COMMAND, str(answer))
            self.assertIn(words, answer.err)


if __name__ == "__main__":
    unittest.main()
