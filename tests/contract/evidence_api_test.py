"""The harm index, the unseen, the sentinel, lags, who is searched, hot spots and like areas, as the Measure page asks for them: the figures that the program prints."""

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
        for name in ("lad_csp_pfa_lookup_dec2016", "population_lad_pfa_mid_year"):
            cls.workspace.must("ingest", COUNTIES / f"reference/{name}.csv.gz")
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

    def test_hot_spots_of_a_published_series_and_of_what_was_received(self):
        carried = ("--places", "carried:local_authorities.csv")
        page = self.report("findHotSpots", "/api/hotspots", series="drug_deaths_by_authority.poisoning", circle="0.1")
        self.holds_the_figures(page, "hotspots", "--published", "drug_deaths_by_authority.poisoning", *carried, "--residents", "--circle", "0.1")
        self.assertEqual([facts(page)[name] for name in ("places", "residents")], [331, "of the table of places, 2020"])
        self.assertTrue(any("each by the middle of where its residents live" in note for note in notes(page)), notes(page))
        received = self.report("findHotSpots", "/api/hotspots", measure="borough-offences", category="trafficking-of-drugs", near=4,
                               independent="drug_deaths_by_authority", **{"from": "2025-01"}, to="2025-12")
        self.holds_the_figures(received, "hotspots", "borough-offences", *carried, "--area-kind", "local-authority", "--category", "trafficking-of-drugs",
                               "--neighbours", "4", "--independent", "drug_deaths_by_authority", "--from", "2025-01", "--to", "2025-12")
        names = [row[0] for row in page_values(tables(received)[0])]
        self.assertGreater(len(names), 1)
        self.assertEqual(names, sorted(names), "circles of police activity stand by name")
        self.assertTrue(any(note.startswith("activity_is_not_ranked: ") for note in notes(received)))
        csv = self.person.get("/api/hotspots", series="drug_deaths_by_authority", table="places", format="csv").bytes.decode().splitlines()
        self.assertEqual(len(csv), 332)
        self.assertTrue(all("REGISTRATION_DELAY" in line for line in csv[1:]), csv[1])

    def test_hot_spots_that_cannot_be_told_are_refused(self):
        self.refused("findHotSpots", "/api/hotspots", "hotspots_not_said")
        self.refused("findHotSpots", "/api/hotspots", "areas_unplaced", series="seizures_by_force.heroin")
        self.refused("findHotSpots", "/api/hotspots", "independent_of_police", series="drug_deaths_by_authority", independent="seizures_by_force.heroin")
        self.assertEqual(self.asked("findHotSpots", "/api/hotspots", series="drug_deaths_by_authority", to="2020").json["code"], "latest_period_is_incomplete")
        self.refused("findHotSpots", "/api/hotspots", "hotspots_not_said", series="drug_deaths_by_authority", measure="borough-offences")
        self.refused("findHotSpots", "/api/hotspots", "category_unknown", series="drug_deaths_by_authority", category="no-such-thing")
        for bad in ({"circle": "0.3"}, {"circle": "half"}, {"near": 0}, {"near": 51}):
            self.assertEqual(self.asked("findHotSpots", "/api/hotspots", series="drug_deaths_by_authority", **bad).status, 400, bad)

    def test_an_area_stands_beside_those_most_like_it(self):
        carried = ("--traits", "carried:local_authority_traits.csv")
        page = self.report("getLikeAreas", "/api/trend/similar", measure="borough-offences", category="trafficking-of-drugs", area="Camden", likes=4, to="2024-12")
        self.holds_the_figures(page, "trend", "borough-offences", "--category", "trafficking-of-drugs", "--area-kind", "local-authority", "--similar", "Camden",
                               "--likes", "4", "--to", "2024-12", *carried)
        likes = next(table for table in tables(page) if table["name"] == "similar")
        self.assertEqual([len(likes["rows"]), likes["rows"][0][0]], [5, "Camden"])
        self.assertEqual([row[0] for row in likes["rows"]], [row[0] for row in tables(page)[-1]["rows"]])
        deaths = self.report("getLikeAreas", "/api/trend/similar", series="drug_deaths_by_authority.poisoning", area="Hartlepool")
        self.assertEqual([row[0] for row in page_values(next(table for table in tables(deaths) if table["name"] == "similar"))][:2], ["Hartlepool", "Darlington"])
        self.assertIn("Camden", self.refused("getLikeAreas", "/api/trend/similar", "similar_unknown", measure="borough-offences", area="Camdn",
                                             category="trafficking-of-drugs")["remedy"])

    def test_like_areas_that_cannot_be_told_are_refused(self):
        deaths = {"series": "drug_deaths_by_authority.poisoning", "area": "Hartlepool"}
        for bad in ({"likes": 51}, {"likes": 0}):
            self.assertEqual(self.asked("getLikeAreas", "/api/trend/similar", **deaths, **bad).status, 400, bad)
        self.refused("getLikeAreas", "/api/trend/similar", "similar_missing", **{**deaths, "area": ""})
        self.refused("getLikeAreas", "/api/trend/similar", "trend_not_said", **deaths, measure="borough-offences")


if __name__ == "__main__":
    unittest.main()
