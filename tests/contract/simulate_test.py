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

    def test_a_comparison_takes_the_place_of_an_earlier_one_and_of_nothing_else(self):
        compare = ("compare", "--scenario", SCENARIOS / "no_change.toml", "--days", 14, "--output")
        output = self.folder / "compared"
        for arguments in (("--ensemble", "built-in", "--members", 2, "--by-place"), ("--replicates", 5)):
            self.assertEqual(self.simulate(*compare, output, *arguments).status, DONE)
            manifest = json.loads((output / "manifest.json").read_text())
            self.assertEqual(sorted(path.name for path in output.iterdir()), sorted([*manifest["files"], "manifest.json"]))
        self.assertEqual(sorted(manifest["files"]), ["differences.csv", "periods.csv"])
        own = self.folder / "own"
        own.mkdir()
        (own / "places.csv").write_text("mine\n")
        self.assertEqual(self.simulate(*compare, own, "--replicates", 5).status, DONE)
        self.assertEqual((own / "places.csv").read_text(), "mine\n", "no comparison was there")
        run = self.run_to("run", 20)
        before = (run / "manifest.json").read_bytes()
        answer = self.simulate(*compare, run, "--replicates", 5)
        self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, "output_taken"), str(answer))
        self.assertEqual((run / "manifest.json").read_bytes(), before)
        self.assertFalse((run / "differences.csv").exists())

    def test_the_description_names_every_parameter_of_the_file(self):
        path = self.folder / "model.md"
        self.assertEqual(self.simulate("describe", "--output", path).status, DONE)
        text = path.read_text()
        data = pathlib.Path(__file__).resolve().parents[2] / "data/simulate"
        for line in (data / "parameters.toml").read_text().splitlines():
            if line.startswith("["):
                group = line.strip("[]")
            elif "= {" in line:
                self.assertIn(f"`{group}.{line.split(' =')[0]}`", text)
        observation = text.split("## Observation")[1]
        for line in (data / "agencies.toml").read_text().splitlines():
            if line.startswith("["):
                rows = observation.split(f"### {line.strip('[]')}\n")[1].split("###")[0]
            elif "= {" in line:
                self.assertIn(f"| `{line.split(' =')[0]}` | ", rows)

    def observe_to(self, name, *arguments):
        answer = self.simulate("observe", "--days", 20, "--output", self.folder / name, *arguments)
        self.assertEqual(answer.status, DONE, str(answer))
        return answer, self.folder / name

    def test_what_agencies_would_hold_is_the_same_at_one_thread_and_at_four(self):
        answer, one = self.observe_to("one", "--threads", 1)
        _, four = self.observe_to("four", "--threads", 4)
        files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
        self.assertEqual(files, sorted(path.relative_to(four) for path in four.rglob("*") if path.is_file()))
        for file in files:
            self.assertEqual((one / file).read_bytes(), (four / file).read_bytes(), file)
        manifest = json.loads((one / "manifest.json").read_text())
        for told in manifest["files"]:
            self.assertEqual(hashlib.sha256((one / told["file"]).read_bytes()).hexdigest(), told["sha256"])
        rows = answer.rows("file", "rows")
        self.assertEqual({row["file"] for row in rows}, {told["file"] for told in manifest["files"]})
        self.assertEqual((one / "truth").stat().st_mode & 0o777, 0o700)
        self.assertNotIn("seed", manifest)

    def test_extracts_are_not_written_over_others_and_figures_of_agencies_are_checked(self):
        _, folder = self.observe_to("one")
        again = self.simulate("observe", "--days", 20, "--output", folder)
        self.assertEqual((again.status, again.error["code"]), (BAD_COMMAND, "output_taken"), str(again))
        mine = self.folder / "mine.toml"
        for text, words in (
            ("[crime-reports]\ndetecton = 0.5\n", "Did you mean crime-reports.detection?"),
            ('[agency."Esex Police".crime-reports]\ndetection = 1\n', "Did you mean Essex Police?"),
            ("[police]\neffort = 11\n", f"{mine} line 2"),
        ):
            mine.write_text(text)
            answer = call("simulate", "observe", "--days", 20, "--agencies", mine, "--output", self.folder / "other", "--quiet")
            self.assertEqual(answer.status, BAD_COMMAND, str(answer))
            self.assertIn(words, answer.err)
            self.assertFalse((self.folder / "other").exists())

    def study(self, name, *arguments):
        return self.simulate("sensitivity", "--days", 14, "--vary", "line.contestants,violence.contests_per_year", "--outcomes", "fights,lines_open",
                             "--output", self.folder / name, *arguments)

    def test_a_study_of_sensitivity_ranks_what_it_varies(self):
        for method, number, runs, columns in (
            ("morris", "--trajectories", 3, ["outcome", "parameter", "mu_star", "low", "high", "mu", "sigma", "noise_floor"]),
            ("sobol", "--samples", 4, ["outcome", "parameter", "first", "first_low", "first_high", "total", "total_low", "total_high", "noise_floor"]),
        ):
            answer = self.study(method, "--method", method, number, runs)
            self.assertEqual(answer.status, DONE, str(answer))
            self.assertEqual([table["name"] for table in answer.tables()], ["lines_open", "fights"])
            with (self.folder / method / "indices.csv").open(newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(list(rows[0]), columns)
            self.assertEqual({row["parameter"] for row in rows}, {"line.contestants", "violence.contests_per_year"})
            manifest = json.loads((self.folder / method / "manifest.json").read_text())
            for name, told in manifest["files"].items():
                self.assertEqual(hashlib.sha256((self.folder / method / name).read_bytes()).hexdigest(), told)

    def test_a_study_goes_on_to_the_same_bytes_without_a_torn_line(self):
        self.assertEqual(self.study("whole", "--trajectories", 3).status, DONE)
        self.assertEqual(self.study("parts", "--trajectories", 3).status, DONE)
        runs = self.folder / "parts/runs.csv"
        lines = runs.read_text().splitlines(keepends=True)
        self.assertEqual(len(lines), 1 + 9 + 3)
        # As it was left by an interrupt: out of order, the last line half written.
        runs.write_text("".join([lines[0], lines[5], lines[2]]) + lines[3][:-4])
        for name in ("indices.csv", "manifest.json"):
            (self.folder / "parts" / name).unlink()
        self.assertEqual(self.study("parts", "--trajectories", 3, "--resume").status, DONE)
        for name in ("runs.csv", "indices.csv", "manifest.json", "plan.json"):
            self.assertEqual((self.folder / "whole" / name).read_bytes(), (self.folder / "parts" / name).read_bytes(), name)

    def test_a_plan_is_not_mixed_with_another(self):
        self.assertEqual(self.study("one", "--trajectories", 2).status, DONE)
        for arguments, code, words in (
            (("--trajectories", 2), "output_taken", "--resume"),
            (("--trajectories", 3, "--resume"), "plan_other", "rounds differs"),
            (("--trajectories", 2, "--seed", 9, "--resume"), "plan_other", "seed differs"),
        ):
            answer = self.study("one", *arguments)
            self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, code), str(answer))
            self.assertIn(words, str(answer.error))
        runs = self.folder / "one/runs.csv"
        runs.write_text(runs.read_text() + "what,is,this\n")
        answer = self.study("one", "--trajectories", 2, "--resume")
        self.assertEqual((answer.status, answer.error["code"]), (DAMAGED, "runs_damaged"), str(answer))
        self.assertIn("runs.csv line 10", str(answer.error))

    ACCEPTANCE = """world = "small"
[[design]]
name = "sums"
[[design]]
name = "runs"
days = 14
scale = 0.1
[[criterion]]
name = "few, or not"
what = "contestants"
source = "a test"
design = "sums"
top = [{ parameter = "line.contestants" }]
high = 2
[[criterion]]
name = "seldom"
what = "fights"
source = "a test"
design = "runs"
top = [{ outcome = "fights" }]
high = 1000
share_least = 0.95
"""

    def test_an_ensemble_is_drawn_judged_and_compared_over(self):
        mine = self.folder / "acceptance.toml"
        mine.write_text(self.ACCEPTANCE)
        drawn = ("ensemble", "--draws", 12, "--acceptance", mine, "--output")
        answer = self.simulate(*drawn, self.folder / "drawn")
        self.assertEqual(answer.status, DONE, str(answer))
        counts = {row["criterion"]: row for row in answer.rows("criterion", "judged", "failed", "over_accepted")}
        failed = counts["few, or not"]["failed"]
        self.assertTrue(0 < failed < 12, counts)
        self.assertEqual(counts["seldom"]["judged"], 12 - failed, "what fails a sum is not run")
        self.assertEqual(counts["seldom"]["over_accepted"], "holds")
        with (self.folder / "drawn/draws.csv").open(newline="") as file:
            draws = list(csv.DictReader(file))
        self.assertEqual([int(row["draw"]) for row in draws], list(range(12)))
        self.assertEqual({row["failed"] for row in draws if row["accepted"] == "no"}, {"few, or not"})
        with (self.folder / "drawn/ensemble.csv").open(newline="") as file:
            members = list(csv.DictReader(file))
        self.assertEqual(len(members), 12 - failed)
        self.assertTrue(all(float(member["line.contestants"]) <= 2 for member in members))
        # Gone on with after an interrupt it comes to the same.
        self.assertEqual(self.simulate(*drawn, self.folder / "again").status, DONE)
        kept = self.folder / "again/draws.csv"
        kept.write_text("".join(kept.read_text().splitlines(keepends=True)[:5]) + "5,ye")
        self.assertEqual(self.simulate(*drawn, self.folder / "again", "--resume").status, DONE)
        for name in ("draws.csv", "ensemble.csv", "criteria.csv", "manifest.json"):
            self.assertEqual((self.folder / "drawn" / name).read_bytes(), (self.folder / "again" / name).read_bytes(), name)
        self.compare_over(self.folder / "drawn/ensemble.csv")

    def compare_over(self, ensemble):
        output = self.folder / "compared"
        answer = self.simulate("compare", "--scenario", SCENARIOS / "no_change.toml", "--days", 14, "--ensemble", ensemble, "--members", 3, "--output", output)
        self.assertEqual(answer.status, DONE, str(answer))
        with (output / "differences.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({(row["difference"], row["low"], row["share_between"]) for row in rows}, {("0", "", "")})
        manifest = json.loads((output / "manifest.json").read_text())
        priors = pathlib.Path(__file__).resolve().parents[2] / "data/simulate/priors.toml"
        self.assertEqual(manifest["priors_hash"], hashlib.sha256(priors.read_bytes()).hexdigest())
        self.assertEqual(manifest["ensemble"], {"hash": hashlib.sha256(ensemble.read_bytes()).hexdigest(), "members": 3})
        self.assertIn("parameters_hash", manifest)
        self.assertIn("No pair of runs differs in anything", str(answer))
        self.assertIn("the outermost of the 3 accepted sets", str(answer))

    def test_the_built_in_ensemble_carries_doubt_and_tells_it_by_rival(self):
        output = self.folder / "compared"
        scenario = self.folder / "effort.toml"
        scenario.write_text('name = "effort"\n[[change]]\nlever = "recording"\nmultiply = 2\n')
        answer = self.simulate("compare", "--scenario", scenario, "--days", 14, "--members", 6, "--by-place", "--output", output)
        self.assertEqual(answer.status, DONE, str(answer))
        rows = {row["outcome"]: row for row in answer.rows("outcome", "difference", "low", "high", "share_between")}
        self.assertGreater(rows["drug_offences_recorded"]["low"], 0)
        self.assertLess(rows["drug_offences_recorded"]["low"], rows["drug_offences_recorded"]["high"])
        self.assertIn("doubt about the parameters", str(answer))
        with (output / "rivals.csv").open(newline="") as file:
            rivals = list(csv.DictReader(file))
        self.assertIn("line.revenue_per_year", {row["parameter"] for row in rivals})
        self.assertLessEqual({row["figure"] for row in rivals if row["parameter"] == "line.revenue_per_year"}, {"80000", "800000"})
        manifest = json.loads((output / "manifest.json").read_text())
        self.assertEqual(sorted(manifest["files"]), ["differences.csv", "periods.csv", "places.csv", "rivals.csv"])
        for name, told in manifest["files"].items():
            self.assertEqual(hashlib.sha256((output / name).read_bytes()).hexdigest(), told)
        self.by_place_and_period_adds_up(output, rows["drug_offences_recorded"]["difference"])

    def by_place_and_period_adds_up(self, output, difference):
        def sum_of(name, days):
            with (output / name).open(newline="") as file:
                rows = [row for row in csv.DictReader(file) if row["outcome"] == "drug_offences_recorded" and row["days"] == days]
            for row in rows:
                self.assertTrue(row["low"] == "" or float(row["low"]) <= float(row["difference"]) <= float(row["high"]), row)
            return sum(float(row["difference"]) for row in rows)
        self.assertAlmostEqual(sum_of("periods.csv", "7"), difference, 9)
        with (output / "places.csv").open(newline="") as file:
            self.assertEqual({row["outcome"] for row in csv.DictReader(file)} & {"fights", "lines_open"}, {"fights", "lines_open"})

    def test_what_agrees_over_members_is_the_same_at_one_thread_and_at_four(self):
        over = ("compare", "--scenario", SCENARIOS / "controllers.toml", "--days", 190, "--every", "month", "--ensemble", "built-in", "--members", 3, "--by-place")
        for threads in (1, 4):
            self.assertEqual(self.simulate(*over, "--threads", threads, "--output", self.folder / str(threads)).status, DONE)
        for name in ("differences.csv", "rivals.csv", "periods.csv", "places.csv", "manifest.json"):
            self.assertEqual((self.folder / "1" / name).read_bytes(), (self.folder / "4" / name).read_bytes(), name)

    def test_an_option_that_an_act_has_no_use_for_is_refused(self):
        compare = ("compare", "--scenario", SCENARIOS / "no_change.toml")
        for arguments, option, words in (
            (("run", "--replicates", 20), "--replicates", "it is for compare without --ensemble"),
            (("run", "--draws", 3), "--draws", "it is for ensemble"),
            (("run", "--agencies", self.folder / "a.toml"), "--agencies", "it is for observe"),
            (("describe", "--years", 3), "--years", "it is for run, compare, observe, sensitivity"),
            (("observe", "--every", "month", "--output", self.folder / "o"), "--every", "it is for run, compare"),
            (compare + ("--members", 3, "--replicates", 5), "--members", "it is for compare over an ensemble"),
            (compare + ("--member-pairs", 5, "--replicates", 5), "--member-pairs", "it is for compare over an ensemble"),
            (compare + ("--resume",), "--resume", "it is for run, sensitivity, ensemble"),
            (compare + ("--ensemble", "built-in", "--replicates", 20), "--replicates", "--member-pairs says how many pairs each member has"),
            (("sensitivity", "--samples", 8, "--output", self.folder / "s"), "--samples", "it is for sensitivity --method sobol"),
            (("ensemble", "--vary", "line.contestants", "--output", self.folder / "e"), "--vary", "it is for sensitivity"),
        ):
            with self.subTest(option):
                answer = self.simulate(*arguments)
                self.assertEqual((answer.status, answer.error["code"]), (BAD_COMMAND, "option_unused"), str(answer))
                self.assertIn(option, str(answer.error))
                self.assertIn(words, str(answer.error))
        for folder in ("o", "s", "e"):
            self.assertFalse((self.folder / folder).exists(), "nothing is begun")

    def test_what_is_wrong_with_studies_and_ensembles_is_said(self):
        mine = self.folder / "mine.toml"
        mine.write_text("[factor]\nassumption = 1.5\nsource = 1.1\n[[prior]]\nname = \"line.contestant\"\nfixed = true\n")
        old = self.folder / "old.csv"
        old.write_text("draw,model_version,line.contestants\n0,1,2\n")
        set_by_hand = self.folder / "set.toml"
        set_by_hand.write_text("line.contestants = 3\n")
        none = self.folder / "none.toml"
        none.write_text('world = "small"\n')
        over = ("compare", "--scenario", SCENARIOS / "no_change.toml", "--days", 14, "--ensemble", "built-in")
        drawn = ("ensemble", "--draws", 2, "--output", self.folder / "drawn")
        for arguments, words in (
            (("sensitivity",), "Nobody said where the runs go"),
            (("sensitivity", "--output", self.folder / "a", "--vary", "line.contestant"), "Did you mean line.contestants?"),
            (("sensitivity", "--output", self.folder / "a", "--outcomes", "figths"), "Did you mean fights?"),
            (("sensitivity", "--output", self.folder / "a", "--method", "moris"), "Say morris"),
            (("sensitivity", "--output", self.folder / "a", "--resume"), "Run without --resume first"),
            (("ensemble",), "Nobody said where the draws go"),
            (drawn + ("--priors", mine), f"{mine} line 4). Did you mean line.contestants?"),
            (drawn + ("--acceptance", mine), "There is no setting factor"),
            (drawn + ("--world", "england-and-wales"), "Draws are held against runs of small"),
            (drawn + ("--days", 30), "lengths of their own"),
            (drawn + ("--scenario", SCENARIOS / "no_change.toml"), "without a scenario"),
            (("compare", "--scenario", SCENARIOS / "no_change.toml", "--ensemble", old), "version 1 of the model"),
            (over + ("--replicates", 20), "--member-pairs says how many pairs"),
            (over + ("--by-place",), "Nobody said where places.csv goes"),
            (over + ("--parameters", set_by_hand), "line.contestants is set to 3, but every member has a value of its own"),
            (drawn + ("--acceptance", none), "every draw would be accepted"),
        ):
            answer = call("simulate", *arguments, "--quiet")
            self.assertEqual(answer.status, BAD_COMMAND, str(answer))
            self.assertIn(words, answer.err)

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
