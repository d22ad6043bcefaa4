"""The harm index, the unseen, the sentinel, lags and who is searched, as the Measure page asks for them: the figures that the program prints."""

import io
import unittest
import zipfile

import api_schema
import program
import served

CONTRACT = api_schema.Contract()
COUNTIES = program.EXAMPLES / "home_counties"
LAG = {"leader": "searches.drugs", "follower": "drug_arrests.drugs", "window": "0..2", "hypothesis": "More searches, more arrests."}


def tables(report):
    return [table for section in report["sections"] for table in section["tables"]]


def facts(report):
    return {fact["name"]: fact["value"] for section in report["sections"] for fact in section["facts"]}


def notes(report):
    return [note for section in report["sections"] for note in section["notes"]]


def printed_values(table):
    return [list(row.values()) for row in table["rows"]]


def page_values(table):
    """A number with the decimals it is shown with, as the number."""
    return [[cell["value"] if isinstance(cell, dict) else cell for cell in row] for row in table["rows"]]


class EvidenceApiTest(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workspace.must("ingest", COUNTIES / "reference/lad_csp_pfa_lookup_dec2016.csv.gz")
        for path in sorted((COUNTIES / "borough_counts").glob("*.csv.gz")):
            cls.workspace.must("ingest", path)
        for path in sorted((COUNTIES / "stop_search").glob("2021-0*-essex-*.csv.gz")):
            cls.workspace.must("ingest", path)
        cls.server = served.Server(cls.workspace, cls.folder / "program.log")
        cls.addClassCleanup(cls.server.stop)
        cls.person = cls.server.founder()

    def asked(self, name, path, **query):
        reply = self.person.get(path, **query)
        self.assertEqual(CONTRACT.answer_faults(name, reply.status, reply.type, reply.json if "json" in reply.type else None), [], str(reply))
        return reply

    def report(self, name, path, **query):
        reply = self.asked(name, path, **query)
        self.assertEqual(reply.status, 200, str(reply))
        return reply.json

    def refused(self, name, path, code, **query):
        reply = self.asked(name, path, **query)
        self.assertEqual((reply.status, reply.json["code"]), (400, code), str(reply))
        return reply.json

    def holds_the_figures(self, page, *words):
        printed = self.workspace.json(*words).tables()
        self.assertGreater(len(printed), 0, words)
        self.assertEqual([page_values(table) for table in tables(page)], [printed_values(table) for table in printed])

    def test_the_harm_index_is_that_of_the_example_and_says_that_it_is_made_up(self):
        page = self.report("getHarmIndex", "/api/harm-index", area="Essex")
        folder = program.EXAMPLES / "harm_index"
        self.holds_the_figures(page, "index", "--table", folder / "constructed_harms.csv", "--offences", folder / "constructed_offences.csv",
                               "--weights", folder / "constructed_weights.csv", "--published", folder / "ons_crime_severity_scores.csv", "--area", "Essex")
        self.assertEqual(sum(note.startswith("CONSTRUCTED: ") for note in notes(page)), 2)
        other = self.report("getHarmIndex", "/api/harm-index", base="1")
        self.assertEqual(facts(other)["base"], "1")
        self.refused("getHarmIndex", "/api/harm-index", "base_unknown", base="1998")
        self.assertIn("Essex", self.refused("getHarmIndex", "/api/harm-index", "area_unknown", area="Esex")["remedy"])

    def test_files_say_that_figures_are_made_up(self):
        csv = self.person.get("/api/harm-index", table="parts", format="csv").bytes.decode().splitlines()
        self.assertEqual(len(csv), 7)
        self.assertTrue(all("CONSTRUCTED" in line and "COMPOSITE" in line for line in csv[1:]), csv)
        with zipfile.ZipFile(io.BytesIO(self.person.get("/api/harm-index", table="severity", format="xlsx").bytes)) as workbook:
            self.assertIn("CONSTRUCTED: ", workbook.read("xl/sharedStrings.xml").decode())

    def test_hidden_populations_are_estimated_or_refused(self):
        page = self.report("estimateHidden", "/api/hidden")
        self.holds_the_figures(page, "hidden", program.EXAMPLES / "hidden/uk_2013_six_lists.csv")
        self.assertTrue(any("Home Office" in note for note in notes(page)), notes(page))
        small = self.report("estimateHidden", "/api/hidden", lists="constructed_small_overlap")
        self.assertEqual(facts(small)["rule"], "overlap_too_small")
        self.assertNotIn("estimates", [table["name"] for table in tables(small)])
        # Only what is carried is named: no file of the machine can be asked for.
        self.assertEqual(self.asked("estimateHidden", "/api/hidden", lists="/etc/passwd").status, 400)

    def test_a_share_not_in_treatment_is_refused_where_two_counts_are_of_other_people(self):
        page = self.report("getTreatmentGap", "/api/treatment-gap")
        self.holds_the_figures(page, "gap")
        self.assertTrue(all("universes_are_not_joined" in str(row) for row in tables(page)[0]["rows"]))

    def test_the_sentinel_reads_the_metropolitan_series_and_what_was_received(self):
        page = self.report("getSentinel", "/api/sentinel", before="2021", after="2025")
        self.holds_the_figures(page, "sentinel", "--input", program.EXAMPLES / "sentinel/met_drug_offences.csv", "--before", "2021", "--after", "2025")
        received = self.report("getSentinel", "/api/sentinel", of="offences", before="2021", after="2025")
        self.holds_the_figures(received, "sentinel", "--of", "offences", "--before", "2021", "--after", "2025")
        self.refused("getSentinel", "/api/sentinel", "nothing_received", of="offences", as_of="2001-01-01")
        self.refused("getSentinel", "/api/sentinel", "window_outside", before="1999", after="2025")

    def test_a_lag_is_looked_at_only_once_it_is_declared(self):
        page = self.report("getLag", "/api/lag", **LAG)
        self.holds_the_figures(page, "lag", LAG["leader"], LAG["follower"], "--window", LAG["window"], "--hypothesis", LAG["hypothesis"])
        self.assertEqual(facts(page)["verdict"], "cannot tell")
        self.assertNotEqual(facts(page)["registration"], facts(self.report("getLag", "/api/lag", **{**LAG, "window": "0..1"}))["registration"])
        self.refused("getLag", "/api/lag", "window_malformed", **{**LAG, "window": "soon"})
        self.refused("getLag", "/api/lag", "period_kinds_mixed", **{**LAG, "follower": "drug_deaths.misuse"})
        self.assertEqual(self.asked("getLag", "/api/lag", **{**LAG, "hypothesis": ""}).status, 400)

    def test_who_is_searched_is_told_over_a_population_that_is_named(self):
        page = self.report("getDisparity", "/api/disparity", area="Essex", **{"from": "2021-01"}, to="2021-06")
        self.holds_the_figures(page, "disparity", "--area", "Essex", "--from", "2021-01", "--to", "2021-06")
        self.assertIn("Black", [row[2] for row in page["sections"][0]["tables"][0]["rows"]])
        own = self.report("getDisparity", "/api/disparity", area="Essex", ethnicity="self", denominator="census-2011", **{"from": "2021-01"}, to="2021-06")
        self.assertNotEqual(page_values(tables(page)[0]), page_values(tables(own)[0]))
        self.refused("getDisparity", "/api/disparity", "area_unknown", area="Esex")
        self.refused("getDisparity", "/api/disparity", "group_unknown", area="Essex", reference="Whit")


if __name__ == "__main__":
    unittest.main()
