"""An area's profile and a local plan, as the Measure page asks for them: the same figures as the program prints."""

import unittest

import api_schema
import program
import served

CONTRACT = api_schema.Contract()
COUNTIES = program.EXAMPLES / "home_counties"
PLAN = program.EXAMPLES / "plans/newham.toml"


def tables(report):
    return [table for section in report["sections"] for table in section["tables"]]


def printed_values(table):
    return [list(row.values()) for row in table["rows"]]


def page_values(table):
    """A number with the decimals it is shown with, as the number."""
    return [[cell["value"] if isinstance(cell, dict) else cell for cell in row] for row in table["rows"]]


class ProfileApiTest(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("lad_csp_pfa_lookup_dec2016.csv.gz", "population_lad_pfa_mid_year.csv.gz"):
            cls.workspace.must("ingest", COUNTIES / "reference" / name)
        for path in sorted((COUNTIES / "borough_counts").glob("*.csv.gz")):
            cls.workspace.must("ingest", path)
        cls.server = served.Server(cls.workspace, cls.folder / "program.log")
        cls.addClassCleanup(cls.server.stop)
        cls.person = cls.server.founder()

    def fits(self, name, reply):
        self.assertEqual(CONTRACT.answer_faults(name, reply.status, reply.type, reply.json if "json" in reply.type else None), [], str(reply))
        return reply.json

    def refused(self, reply, status):
        self.assertEqual(reply.status, status, str(reply))
        return reply.json

    def test_a_profile_has_the_figures_that_the_program_prints(self):
        page = self.fits("getProfile", self.person.get("/api/profile", area="Newham"))
        printed = self.workspace.must("profile", "Newham").tables()
        self.assertGreater(len(printed), 3)
        self.assertEqual([page_values(table) for table in tables(page)], [printed_values(table) for table in printed])

    def test_a_needs_assessment_is_another_report(self):
        market = self.fits("getProfile", self.person.get("/api/profile", area="Newham"))
        needs = self.fits("getProfile", self.person.get("/api/profile", area="Newham", kind="needs"))
        self.assertNotEqual(market["sections"], needs["sections"])

    def test_an_area_misspelt_is_answered_with_the_nearest(self):
        self.assertIn("Newham", str(self.refused(self.person.get("/api/profile", area="Newhan"), 400)))

    def test_a_plan_is_held_against_what_happened(self):
        plan = PLAN.read_text(encoding="utf-8")
        page = self.fits("checkPlan", self.person.must("POST", "/api/plans", {"plan": plan}))
        printed = self.workspace.must("plan", PLAN).tables()
        self.assertEqual([page_values(table) for table in tables(page)], [printed_values(table) for table in printed])

    def test_a_plan_with_a_fault_is_refused_with_its_line(self):
        broken = PLAN.read_text(encoding="utf-8").replace("owner = ", "ovner = ", 1)
        answer = self.refused(self.person.send("POST", "/api/plans", {"plan": broken}), 400)
        self.assertIn("line 5", answer["where"])


if __name__ == "__main__":
    unittest.main()
