"""The Decide page's operations: a scenario read, run, stopped and downloaded; page and command line agree to the byte."""

import csv
import io
import time
import unittest

import api_schema
import program
import served

CONTRACT = api_schema.Contract()
SCENARIO = (program.EXAMPLES / "simulate/controllers.toml").read_text(encoding="utf-8")
ONE = {"scenario": SCENARIO, "over": "one", "days": "210", "replicates": "5", "seed": "7"}
ENSEMBLE = {key: value for key, value in ONE.items() if key not in ("over", "replicates")} | {"days": "200"}  # Both as they are usual.
FILES = ("differences.csv", "periods.csv", "places.csv", "manifest.json")
COMPARISONS = "/api/simulate/comparisons"


class SimulateApiTest(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workspace.must("accounts", "add", "other", "--person", "A Person", "--agency", "Example Agency", "--role", "analyst")
        cls.server = served.Server(cls.workspace, cls.folder / "program.log")
        cls.addClassCleanup(cls.server.stop)
        cls.person = cls.server.founder()

    def fits(self, name, reply):
        self.assertEqual(CONTRACT.answer_faults(name, reply.status, reply.type, reply.json if "json" in reply.type else None), [], str(reply))
        return reply

    def refused(self, reply, status, code):
        self.assertEqual((reply.status, (reply.json or {}).get("code")), (status, code), str(reply))
        return reply.json

    def ended(self, job):
        while True:
            shown = self.person.get(f"/api/jobs/{job}").json
            if shown["ended_at"]:
                return shown
            time.sleep(0.05)

    def compared(self, asked=ONE, **changes):
        job = self.fits("startComparison", self.person.must("POST", COMPARISONS, asked | changes)).json["job"]
        shown = self.ended(job)
        self.assertEqual((shown["kind"], shown["state"]), ("comparison", "done"), shown)
        return job

    def file(self, job, name):
        return self.person.must("GET", f"{COMPARISONS}/{job}/files/{name}")

    def test_the_model_is_told_with_its_areas_and_sources(self):
        model = self.fits("getModel", self.person.get("/api/simulate/model")).json
        self.assertEqual((model["world"], len(model["areas"])), ("small", 8))
        self.assertEqual(sum(each["is_assumption"] for each in model["parameters"]), model["assumptions"])
        self.assertIn("children_charged", {each["name"] for each in model["outcomes"]})
        self.assertEqual(model["ensemble"]["members"], 42)
        self.assertEqual((model["bounds"]["place_days_most"], model["bounds"]["warm_up_days"]), (20_000_000, 180))
        self.assertLess(set(model["ensemble"]["parameters"]), {each["name"] for each in model["parameters"]})
        everywhere = self.fits("getModel", self.person.get("/api/simulate/model", world="england-and-wales")).json
        self.assertEqual(len(everywhere["areas"]), 331)
        self.assertIn("small", self.refused(self.person.get("/api/simulate/model", world="smal"), 400, "name_unknown")["remedy"])

    def test_its_description_is_the_command_lines(self):
        path = self.folder / "model.md"
        self.assertEqual(program.call("simulate", "describe", "--output", path).status, program.DONE)
        self.assertEqual(self.fits("getModelDescription", self.person.get("/api/simulate/model/description")).json["text"], path.read_text())
        file = self.fits("getModelDescription", self.person.get("/api/simulate/model/description", format="md"))
        self.assertEqual(file.bytes, path.read_bytes())
        self.assertIn("market-model.md", file.headers["Content-Disposition"])

    def test_page_and_command_line_give_the_same_files(self):
        job = self.compared(parameters="line.revenue_per_year = 800000\n", every="week")
        given = self.folder / "given"
        given.mkdir()
        for name in ("scenario.toml", "parameters.toml"):
            (given / name).write_bytes(self.file(job, name).bytes)
        self.assertEqual((given / "scenario.toml").read_text(), SCENARIO)
        output = self.folder / "typed"
        answer = program.call("simulate", "compare", "--scenario", given / "scenario.toml", "--parameters", given / "parameters.toml", "--days", "210",
                              "--replicates", "5", "--seed", "7", "--every", "week", "--by-place", "--output", output)
        self.assertEqual(answer.status, program.DONE, str(answer))
        for name in FILES:
            with self.subTest(name):
                self.assertEqual(self.file(job, name).bytes, (output / name).read_bytes())

    def test_the_ensemble_is_what_a_comparison_runs_on_and_its_files_are_the_command_lines(self):
        job = self.compared(ENSEMBLE)
        shown = self.fits("getComparison", self.person.get(f"{COMPARISONS}/{job}")).json
        self.assertEqual((shown["over"], shown["members"], shown["replicates"], shown["limits"]), ("ensemble", 42, 5, "middle"))
        self.assertIn("hold 95 of 100 accepted sets of parameters", shown["limits_words"])
        given = self.folder / "asked.toml"
        given.write_bytes(self.file(job, "scenario.toml").bytes)
        output = self.folder / "over"
        answer = program.call("simulate", "compare", "--scenario", given, "--ensemble", "built-in", "--days", "200", "--seed", "7", "--every", "month",
                              "--by-place", "--output", output)
        self.assertEqual(answer.status, program.DONE, str(answer))
        for name in (*FILES, "rivals.csv"):
            with self.subTest(name):
                self.assertEqual(self.file(job, name).bytes, (output / name).read_bytes())
        self.assertEqual(sorted(path.name for path in output.iterdir()), sorted((*FILES, "rivals.csv")))
        for name in ("differences", "rivals", "periods", "places"):
            self.assertEqual(self.fits("getComparisonFile", self.file(job, f"{name}.xlsx")).bytes[:2], b"PK")
        self.holds_together(shown, output)

    def holds_together(self, shown, output):
        rows = list(csv.DictReader((output / "differences.csv").open(newline="")))
        number = lambda text: float(text) if text else None
        self.assertEqual([(row["where"], row["outcome"], number(row["low"]), number(row["share_between"])) for row in rows],
                         [(total["where"], total["outcome"], total["low"], total["share_between"]) for total in shown["totals"]])
        for total in shown["totals"]:
            if total["low"] is None:
                continue
            # One set far from all others draws the mean past limits that leave it out; nothing else does.
            is_outside = not total["low"] <= total["difference"] <= total["high"]
            self.assertLessEqual(total["higher_in"] + total["lower_in"] if is_outside else 0, 2, total)
            self.assertLessEqual(total["higher_in"] + total["lower_in"], 42)
            self.assertLessEqual(total["mean_low"], total["difference"])
            self.assertLessEqual(total["difference"], total["mean_high"])
            # The middle 95 per cent of 42 leaves one set out at either end, and comes near the next.
            self.assertTrue(total["low"] <= 0 or total["higher_in"] >= 40, total)
            self.assertTrue(total["high"] >= 0 or total["lower_in"] >= 40, total)
            self.assertTrue(total["low"] > 0 or total["higher_in"] < 42, total)
            self.assertTrue(total["high"] < 0 or total["lower_in"] < 42, total)
        rivals = {(each["parameter"], each["figure"]): each for each in shown["rivals"]}
        self.assertEqual(rivals["line.revenue_per_year", 80000]["members"] + rivals["line.revenue_per_year", 800000]["members"], 42)
        arrested = {name: next(total for total in each["totals"] if total["outcome"] == "children_arrested") for name, each in rivals.items()}
        everywhere = next(total for total in shown["totals"] if total["outcome"] == "children_arrested")
        mean = sum(arrested["line.revenue_per_year", figure]["difference"] * rivals["line.revenue_per_year", figure]["members"] for figure in (80000, 800000)) / 42
        self.assertAlmostEqual(mean, everywhere["difference"], 9)
        courses = {course["outcome"]: course for course in shown["courses"]}
        counts = sum(courses["children_arrested"]["difference"])
        self.assertAlmostEqual(counts, everywhere["difference"], 9)

    def test_a_parameter_that_every_set_holds_is_refused_over_the_ensemble(self):
        told = self.refused(self.person.send("POST", COMPARISONS, ENSEMBLE | {"parameters": "line.revenue_per_year = 800000\n"}), 400, "option_unused")
        self.assertEqual((told["where"], told["remedy"]), ("parameters.toml", "Choose one set of parameters to set it, or leave it out"))

    def test_a_file_of_rivals_is_there_over_the_ensemble_alone(self):
        job = self.compared()
        for name in ("rivals.csv", "rivals.xlsx"):
            self.refused(self.person.get(f"{COMPARISONS}/{job}/files/{name}"), 400, "file_unknown")

    def test_the_answer_is_what_the_files_hold(self):
        job = self.compared()
        shown = self.fits("getComparison", self.person.get(f"{COMPARISONS}/{job}")).json
        rows = list(csv.DictReader(io.StringIO(self.file(job, "differences.csv").bytes.decode())))
        self.assertEqual([(row["where"], row["outcome"], float(row["difference"])) for row in rows],
                         [(total["where"], total["outcome"], total["difference"]) for total in shown["totals"]])
        self.assertEqual({total["where"] for total in shown["totals"]}, {"everywhere", "acted on", "elsewhere"})
        places = list(csv.DictReader(io.StringIO(self.file(job, "places.csv").bytes.decode())))
        whole = [row for row in places if row["days"] == "210"]
        self.assertEqual([(row["area"], float(row["difference"])) for row in whole],
                         [(total["area"], total["difference"]) for total in shown["area_totals"]])
        self.assertEqual(len(places), len(whole) + sum(len(course["difference"]) for course in shown["areas"]))
        self.assertEqual(shown["scenario"], SCENARIO)

    def test_every_file_comes_with_its_type_and_name(self):
        job = self.compared()
        for name in (*FILES, "scenario.toml", "parameters.toml", "description.md", "differences.xlsx", "periods.xlsx", "places.xlsx"):
            with self.subTest(name):
                reply = self.fits("getComparisonFile", self.file(job, name))
                self.assertIn(f'filename="{name}"', reply.headers["Content-Disposition"])
                self.assertEqual(reply.bytes[:2] == b"PK", name.endswith(".xlsx"))
        self.assertEqual(self.person.get(f"{COMPARISONS}/{job}/files/series.csv").status, 400)

    def test_a_scenarios_file_is_read_in_or_its_fault_named_with_the_line(self):
        read = self.fits("readScenario", self.person.must("POST", "/api/simulate/scenarios", {"scenario": SCENARIO})).json
        self.assertEqual([(each["lever"], each["multiply"], each["areas"]) for each in read["changes"]],
                         [("carrier_arrests", 0.5, ["Essex"]), ("controller_arrests", 2, ["Essex"])])
        for text, code, where in (
            (SCENARIO.replace('"Essex"', '"Esex"', 1), "name_unknown", "scenario.toml line 9"),
            (SCENARIO.replace("= 0.5", "= 101"), "out_of_range", "scenario.toml line 7"),
            (SCENARIO.replace("2024-07-01", "2034-07-01", 1), "date_outside", "scenario.toml line 8"),
            ("name = ", "toml_malformed", "scenario.toml line 1"), ("name = \"x\"\n", "scenario_empty", "scenario.toml"),
        ):
            with self.subTest(code):
                told = self.refused(self.person.send("POST", "/api/simulate/scenarios", {"scenario": text}), 400, code)
                self.assertTrue(told["where"].startswith(where), told)
                self.refused(self.person.send("POST", COMPARISONS, ONE | {"scenario": text}), 400, code)

    def test_what_would_eat_the_machine_is_refused(self):
        for changes, code in (
            ({"days": "3651"}, "out_of_bounds"), ({"days": "two"}, "number_malformed"), ({"replicates": "401"}, "out_of_bounds"),
            ({"replicates": "-5"}, "number_malformed"), ({"seed": "x"}, "number_malformed"), ({"every": "day"}, "field_choice"),
            ({"over": "all"}, "field_choice"), ({"over": "ensemble", "replicates": "14"}, "out_of_bounds"),
            ({"over": "ensemble", "world": "england-and-wales", "days": "730"}, "too_much"),
            ({"world": "england-and-wales", "days": "3650", "replicates": "200"}, "too_much"),
            ({"world": "england-and-wales", "every": "week", "days": "730"}, "too_much"), ({"scenario": "x" * 20001}, "field_too_long"),
            ({"world": "/etc/world.toml"}, "name_unknown"), ({"scenario": "[[change]]\nlever = \"imports\"\nmultiply = 0.5\n" * 41}, "out_of_bounds"),
        ):
            with self.subTest(code):
                self.refused(self.person.send("POST", COMPARISONS, ONE | changes), 400, code)

    def test_a_comparison_can_be_stopped_and_then_has_no_answer(self):
        job = self.person.must("POST", COMPARISONS, ONE | {"days": "3650", "replicates": "200"}).json["job"]
        self.refused(self.person.get(f"{COMPARISONS}/{job}"), 409, "comparison_not_done")
        self.person.must("DELETE", f"/api/jobs/{job}")
        self.assertEqual(self.ended(job)["problem"]["code"], "interrupted")
        self.refused(self.person.get(f"{COMPARISONS}/{job}"), 409, "comparison_not_done")

    def test_another_persons_comparison_is_as_if_it_were_not_there(self):
        job = self.compared()
        link = self.person.must("POST", "/api/accounts/other/invitation").json["link"]
        other = served.Person(self.server)
        other.must("POST", "/api/session/invitation", {"token": link.split("invitation=")[1], "password": "a long sentence for the tests"})
        for path in (f"{COMPARISONS}/{job}", f"{COMPARISONS}/{job}/files/scenario.toml"):
            self.refused(other.get(path), 404, "job_unknown")
        self.refused(served.Person(self.server).get(f"{COMPARISONS}/{job}"), 401, "signed_out")


if __name__ == "__main__":
    unittest.main()
