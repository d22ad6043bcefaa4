"""The API as its pages use it, and as its enemies would: every operation of the contract, on a server of the test's own."""

import io
import json
import pathlib
import re
import time
import unittest
import zipfile

import api_schema
import openapi_docs  # From tools/, which api_schema has put on the path.
import program
import served

CONTRACT = api_schema.Contract()
ROLES = ("administrator", "analyst", "practitioner", "auditor")
REFERENCE = program.EXAMPLES / "home_counties/reference"
STREET = program.EXAMPLES / "home_counties/street"
PERSONAL = program.EXAMPLES / "agencies/crime_reports.csv"
SOUTHEND = "E06000033"
PASSWORD = "a long sentence for the tests"
# Made-up people of the personal extract: none of these may stand in an address, an error or a log.
PERSONAL_VALUES = re.compile(r"Inventa|Fictonby|Notrealson|38 Sample Street|ZZ8 9FU")

# By whom each operation may be done, on what is their own agency's: written down here and not read from the program. Those that are
# not named are for every role.
ALLOWED = {
    "getRecord": {"analyst", "practitioner"},
    "getExtractRows": {"analyst", "practitioner"},
    "startUpload": {"analyst"},
    "listUploads": {"analyst"},
    "getUpload": {"analyst"},
    "removeUpload": {"analyst"},
    "mapUpload": {"analyst"},
    "whoElseKnows": {"analyst", "practitioner"},
    "getPerson": {"analyst", "practitioner"},
    "getPersonHistory": {"analyst", "practitioner"},
    "getPersonUses": {"analyst", "practitioner"},
    "noteUse": {"analyst", "practitioner"},
    "getLink": {"analyst", "practitioner"},
    "getLinkCertificate": {"analyst", "practitioner"},
    "getNextReview": {"analyst", "practitioner"},
    "judgePair": {"analyst", "practitioner"},
    "getLinkage": {"analyst"},
    "getLinkagePlan": {"analyst"},
    "getAgreement": {"analyst"},
    "getAccuracy": {"analyst"},
    "listEntries": {"auditor"},
    "getEntry": {"auditor"},
    "listAccounts": {"administrator"},
    "addAccount": {"administrator"},
    "grantRole": {"administrator"},
    "revokeRole": {"administrator"},
    "inviteAccount": {"administrator"},
    "endSessions": {"administrator"},
}


class ApiTest(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("lad_csp_pfa_lookup_dec2016.csv.gz", "lsoa2021_ward2024_lad2024_lookup.csv.gz", "population_lad_pfa_mid_year.csv.gz"):
            cls.workspace.must("ingest", REFERENCE / name)
        cls.workspace.must("ingest", STREET / "2025-01-city-of-london-street.csv.gz")
        cls.published = cls.workspace.must("ingest", STREET / "2025-01-essex-street.csv.gz").rows("extract")[0]["extract"]
        cls.personal = cls.workspace.must("ingest", PERSONAL, "--purpose", "INVESTIGATE").rows("extract")[0]["extract"]
        cls.workspace.must("link", "run", "--purpose", "INVESTIGATE")
        for role in ROLES:
            cls.workspace.must("accounts", "add", f"own-{role}", "--person", "A Person", "--agency", "Example Agency", "--role", role)
            cls.workspace.must("accounts", "add", f"other-{role}", "--person", "A Person", "--agency", "Other Agency", "--role", role)
        cls.log = cls.folder / "program.log"
        cls.server = served.Server(cls.workspace, cls.log)
        cls.addClassCleanup(cls.stop_well)
        cls.founder = cls.server.founder()
        cls.founder.choose("INVESTIGATE")
        cls.people = {}

    @classmethod
    def stop_well(cls):
        """A server that fell in some test shows it here, and what it said."""
        status = cls.server.stop()
        said = pathlib.Path(f"{cls.log}.stderr").read_text(encoding="utf-8", errors="replace")
        assert status == 0, f"the server ended with {status}:\n{said[-4000:]}"

    @classmethod
    def person(cls, name):
        """An account signed in by an invitation, for the purpose of investigating."""
        if name not in cls.people:
            link = cls.founder.must("POST", f"/api/accounts/{name}/invitation").json["link"]
            someone = served.Person(cls.server)
            someone.must("POST", "/api/session/invitation", {"token": link.split("invitation=")[1], "password": f"{PASSWORD} {name}"})
            someone.choose("INVESTIGATE")
            cls.people[name] = someone
        return cls.people[name]

    def fits(self, name, reply):
        self.assertEqual(CONTRACT.answer_faults(name, reply.status, reply.type, reply.json if "json" in reply.type else None), [], str(reply))
        return reply

    def refused(self, reply, status, code):
        self.assertEqual((reply.status, (reply.json or {}).get("code")), (status, code), str(reply))
        self.assertEqual(reply.headers["Cache-Control"], "no-store")
        self.assertNotRegex(reply.bytes.decode(), PERSONAL_VALUES)
        return reply

    def first_record(self, extract):
        rows = self.workspace.must("records", extract, "--purpose", "INVESTIGATE", "--rows", "1").tables()[-1]["rows"]
        return next(iter(rows[0].values()))

    def ended(self, person, job):
        while True:
            shown = self.fits("getJob", person.get(f"/api/jobs/{job}")).json
            if shown["ended_at"]:
                return shown
            time.sleep(0.05)

    # What it answers

    def test_every_reading_operation_answers_by_its_schema(self):
        record = self.first_record(self.published)
        cell = f"crimes/drugs/{SOUTHEND}/2025-01"
        asked = {
            "getSession": "/api/session", "getHome": "/api/home", "listMeasures": "/api/measures",
            "listAreas": "/api/areas?kind=local-authority&measure=crimes&within=Essex",
            "getSeries": f"/api/series?measure=crimes&category=drugs&area={SOUTHEND}&area=Thurrock&area=Essex", "getTrace": f"/api/trace?name={cell}",
            "listExtracts": "/api/extracts", "getExtract": f"/api/extracts/{self.published}", "getExtractRows": f"/api/extracts/{self.published}/rows",
            "getExtractRejections": f"/api/extracts/{self.published}/rejections", "getRecord": f"/api/records/{record}", "getQuality": "/api/quality",
            "getSourceQuality": "/api/quality/police-uk-street", "listMappings": "/api/mappings", "getMapping": "/api/mappings/police-uk-street",
            "listUploads": "/api/uploads", "listJobs": "/api/jobs", "listEntries": "/api/log?rows=5", "getEntry": "/api/log/0",
            "proveEntry": "/api/log/0/proof", "getCheckpoint": "/api/checkpoint", "listAccounts": "/api/accounts", "getPermissions": "/api/permissions",
        }
        for name, path in asked.items():
            with self.subTest(name):
                reply = self.fits(name, self.founder.send("GET", path))
                self.assertEqual(reply.status, 200, str(reply))
                self.assertEqual(reply.headers["Cache-Control"], "no-store")
                head = self.founder.send("HEAD", path)
                self.assertEqual((head.status, head.bytes), (200, b""))

    def test_figures_are_those_of_the_command_line(self):
        answer = self.founder.get("/api/series", measure="crimes", category="drugs", area=[SOUTHEND, "Essex"]).json
        for area in answer["areas"]:
            rows = self.workspace.must("measure", "crimes", "-c", "drugs", "-a", area["code"], "--by", "month", "--rate").rows("cell", "count")
            figures = [each for each in answer["figures"] if each["area"] == area["code"]]
            self.assertEqual([(row["cell"], row["count"]) for row in rows], [(each["cell"], each["count"]) for each in figures])
        self.assertEqual([each["area"] for each in answer["totals"]], [SOUTHEND, answer["areas"][1]["code"]])
        self.assertEqual(len(answer["words"]), 2)
        self.assertIsNone(answer["changes"][0]["percent"])
        self.assertTrue(answer["changes"][0]["refusal"]["reason"])

    def test_the_same_question_is_answered_with_the_same_bytes(self):
        one = self.founder.get("/api/series", measure="crimes", area=SOUTHEND)
        other = self.founder.get("/api/series", area=SOUTHEND, measure="crimes")
        self.assertEqual(one.bytes, other.bytes)

    def test_nobody_is_asked_about_without_a_purpose_and_no_reason_stands_in_for_another(self):
        someone = self.person("own-practitioner")
        someone.choose(None, "")
        try:
            self.refused(self.fits("whoElseKnows", someone.send("POST", "/api/people/who", {"surname": "Fictonby"})), 403, "refused")
            self.refused(self.fits("getPerson", someone.get("/api/people/1")), 403, "refused")
        finally:
            someone.choose("INVESTIGATE")
        judged = {"one": self.record_of(1), "other": self.record_of(2), "verdict": "same", "reason": ""}
        self.refused(self.fits("judgePair", someone.send("POST", "/api/review/judgements", judged)), 400, "reason_missing")

    def test_records_are_linked_by_a_job(self):
        job = self.fits("startJob", self.founder.must("POST", "/api/jobs", {"kind": "link"})).json["job"]
        ended = self.ended(self.founder, job)
        self.assertEqual((ended["state"], ended["report"]["verb"]), ("done", "link"))

    def test_tables_download_as_csv_and_as_workbooks(self):
        csv = self.founder.get("/api/series", measure="crimes", area=SOUTHEND, format="csv")
        self.assertTrue(csv.bytes.startswith(b"\xef\xbb\xbfArea,"), csv.bytes[:50])
        self.assertRegex(csv.headers["Content-Disposition"], r'^attachment; filename="[a-z0-9-]+\.csv"$')
        book = self.founder.get("/api/extracts", format="xlsx")
        self.assertTrue(book.bytes.startswith(b"PK"))
        self.refused(self.founder.get("/api/extracts", format="csv", table="extrcts"), 400, "table_unknown")

    def test_claims_are_held_against_the_published_series(self):
        def fact(report, name):
            return next(each["value"] for each in report["sections"][0]["facts"] if each["name"] == name)

        statement = "drug stop and search fell 61 per cent from 2012 to 2018"
        report = self.fits("checkClaim", self.founder.must("POST", "/api/claims", {"statement": statement})).json
        self.assertEqual(fact(report, "code"), "holds_on_another_basis")
        self.refused(self.founder.send("POST", "/api/claims", {"statement": "knife crime rose"}), 400, "base_year_missing")
        reports = self.fits("getReportClaims", self.founder.get("/api/claims/reports")).json
        self.assertEqual(fact(reports, "rows"), 245)
        self.fits("getClaimConflicts", self.founder.get("/api/claims/conflicts"))
        self.fits("listPublishedSeries", self.founder.get("/api/claims/series"))
        csv = self.founder.get("/api/claims/reports", format="csv", table="rows")
        self.assertTrue(csv.bytes.startswith(b"\xef\xbb\xbfFigure of,"), csv.bytes[:50])

    def test_series_are_shown_over_time_with_their_breaks_and_reasons(self):
        def table(report, name):
            return next(each for section in report["sections"] for each in section["tables"] if each["name"] == name)

        def column(found, name):
            at = [each["name"] for each in found["columns"]].index(name)
            return [row[at] for row in found["rows"]]

        lines = table(self.fits("listTrendLines", self.founder.get("/api/trend/lines")).json, "lines")
        self.assertIn("drug_deaths.misuse", column(lines, "line"))
        trend = self.fits("getTrend", self.founder.get("/api/trend", series="drug_deaths.misuse", area="England and Wales")).json
        self.assertIn("latest_period_is_incomplete", column(table(trend, "changes"), "refused")[0])
        self.assertIn("known", column(table(trend, "breaks"), "kind"))
        self.assertIn("latest_period_is_incomplete", column(table(trend, "points"), "greyed")[-1])
        self.assertEqual(trend["sections"][0]["notes"], self.workspace.must("trend", "--published", "drug_deaths.misuse").document["sections"][0]["notes"])
        crimes = self.fits("getTrend", self.founder.get("/api/trend", measure="crimes", category="drugs", area=SOUTHEND)).json
        self.assertEqual(column(table(crimes, "points"), "period"), ["2025-01"])
        for query, code in (({}, "trend_not_said"), ({"series": "drug_deaths.misus"}, "line_unknown"), ({"series": "misuse_death_rate"}, "series_not_counts"),
                            ({"series": "drug_deaths.misuse", "area": "Atlantis"}, "area_unknown"), ({"series": "drug_deaths.misuse", "to": "soon"}, "period_malformed"),
                            ({"series": "homicide"}, "series_not_counts")):
            self.refused(self.fits("getTrend", self.founder.get("/api/trend", **query)), 400, code)
        for path, series in (("/api/trend", "drug_deaths.misuse"), ("/api/trend/places", "drug_deaths_by_authority.poisoning")):
            csv = self.founder.get(path, series=series, table="changes", format="csv")
            self.assertTrue(csv.bytes.startswith(b"\xef\xbb\xbfArea,"), csv.bytes[:50])
            self.assertTrue(self.founder.get(path, series=series, format="xlsx").bytes.startswith(b"PK"))

    def test_files_carry_every_limit_and_no_date_that_published_series_do_not_follow(self):
        seen = 0
        for path, query in (("/api/trend", {"series": "drug_deaths.misuse", "table": "points"}), ("/api/trend", {"series": "drug_deaths.misuse", "table": "breaks"}),
                            ("/api/trend/places", {"series": "drug_deaths_by_authority.poisoning", "table": "places"}),
                            ("/api/alerts", {"series": "drug_deaths", "table": "alerts", "from": "2000", "level": "0.05"})):
            query = {**query, "as_of": "2015-01-01"}
            with zipfile.ZipFile(io.BytesIO(self.founder.get(path, format="xlsx", **query).bytes)) as workbook:
                text = workbook.read("xl/sharedStrings.xml").decode()
            self.assertIn("REGISTRATION_DELAY: ", text, query)
            self.assertIn("as the program carries it", text, query)
            self.assertNotIn("As known at the end of", text, query)
            lines = self.founder.get(path, format="csv", **query).bytes.decode().splitlines()
            self.assertIn("Limits", lines[0], query)
            self.assertTrue(all("REGISTRATION_DELAY" in line for line in lines[1:]), query)
            seen += len(lines) - 1
        self.assertGreater(seen, 10)

    def test_places_are_ranked_only_where_that_is_fair(self):
        deaths = self.fits("comparePlaces", self.founder.get("/api/trend/places", series="drug_deaths_by_authority.poisoning")).json
        names = [section["name"] for section in deaths["sections"]]
        self.assertIn("funnel", names)
        incomplete = next(each["value"] for each in deaths["sections"][names.index("places")]["facts"] if each["name"] == "incomplete")
        last = self.fits("comparePlaces", self.founder.get("/api/trend/places", series="drug_deaths_by_authority.poisoning", to=incomplete)).json
        self.assertNotIn("funnel", [section["name"] for section in last["sections"]])
        places = deaths["sections"][names.index("places")]
        rows = places["tables"][0]["rows"]
        self.assertGreater(len(rows), 250)
        self.assertEqual([row[0] for row in rows], sorted(row[0] for row in rows))
        seizures = self.fits("comparePlaces", self.founder.get("/api/trend/places", series="seizures_by_force.all")).json
        self.assertNotIn("funnel", [section["name"] for section in seizures["sections"]])
        notes = next(section["notes"] for section in seizures["sections"] if section["name"] == "places")
        self.assertTrue(any(note.startswith("activity_is_not_ranked") for note in notes), notes)

    def test_alerts_say_by_which_method_and_how_many_are_false(self):
        report = self.fits("getAlerts", self.founder.get("/api/alerts", series="all", level="0.01", rows=7)).json
        facts = {each["name"]: each["value"] for each in report["sections"][0]["facts"]}
        self.assertEqual(facts["level"]["value"], 0.01)
        self.assertGreater(facts["alerts"], 0)
        self.assertLessEqual(len(report["sections"][1]["tables"][0]["rows"]), 7)
        self.assertEqual([section["name"] for section in report["sections"]], ["watch", "alerts", "fresh"])
        self.refused(self.founder.get("/api/alerts"), 400, "watch_not_said")
        self.refused(self.founder.get("/api/alerts", series="all", level="0.2"), 400, "parameter_malformed")
        self.assertTrue(self.founder.get("/api/alerts", series="all", table="screened", format="csv").bytes.startswith(b"\xef\xbb\xbfSource,"))

    def test_definitions_stand_beside_their_rivals(self):
        terms = self.fits("listDefinitions", self.founder.get("/api/definitions")).json["sections"][0]["tables"][0]["rows"]
        self.assertIn("drug death", {row[0] for row in terms})
        one = self.fits("getDefinition", self.founder.get("/api/definitions/reading", name="drug-misuse-death@1")).json
        self.assertEqual(one["sections"][0]["title"], "drug death")
        rivals = self.fits("compareDefinitions", self.founder.get("/api/definitions/rivals", term="drug death", area="England and Wales")).json
        self.assertEqual([each["name"] for each in rivals["sections"][0]["tables"]], ["rivals", "values", "areas"])
        self.assertEqual({row[2] for row in rivals["sections"][0]["tables"][1]["rows"] if row[2]}, {"England and Wales"})
        self.refused(self.founder.get("/api/definitions/reading", name="drug-offense"), 400, "definition_unknown")
        self.refused(self.founder.get("/api/definitions/rivals", term="drug deth"), 400, "term_unknown")
        self.assertTrue(self.founder.get("/api/definitions", format="csv").bytes.startswith(b"\xef\xbb\xbfTerm,"))

    def test_an_empty_plan_is_asked_wrongly(self):
        self.refused(self.fits("checkPlan", self.founder.send("POST", "/api/plans", {"plan": ""})), 400, "plan_missing")

    def test_search_finds_what_was_meant_of_each_kind(self):
        def found(text):
            return self.fits("search", self.founder.must("POST", "/api/search", {"text": text})).json

        for text, kind in (("Southend", "area"), (SOUTHEND, "area"), ("drugs", "category"), ("police-uk", "source"), (self.published, "extract"),
                           (f"crimes/drugs/{SOUTHEND}/2025-01", "figure"), (self.first_record(self.published), "record"), ("1", "entry"),
                           ("own-analyst", "account")):
            self.assertIn(kind, [group["kind"] for group in found(text)["groups"]], text)
        self.assertIn("Southend", found("Southned")["meant"])
        self.assertEqual(found("   "), {"groups": [], "meant": None})
        mine = self.person("own-analyst").must("POST", "/api/search", {"text": "own-analyst"}).json
        self.assertNotIn("account", [group["kind"] for group in mine["groups"]])

    # Work

    def test_a_file_is_looked_at_then_read_in_by_a_job_that_can_be_watched(self):
        name = "2025-02-kent-street.csv"
        upload = self.fits("startUpload", self.founder.upload(name, program.street_text({}, {"Crime type": ""}, {"Month": "20"}).encode())).json
        self.assertEqual((upload["mapping"], upload["file_name"], upload["known_as"]), ("police-uk-street", name, None))
        self.assertEqual(upload["sample"]["rows"], 3)
        path = f"/api/uploads/{upload['upload']}"
        self.fits("getUpload", self.founder.get(path))
        self.fits("mapUpload", self.founder.must("PUT", path + "/mapping", {"mapping": "own", "toml": upload["toml"]}))
        job = self.fits("startJob", self.founder.must("POST", "/api/jobs", {"kind": "ingest", "upload": upload["upload"]})).json
        events = self.founder.get(f"/api/jobs/{job['job']}/events")
        self.assertEqual(events.type, "text/event-stream")
        last = json.loads(events.bytes.decode().split("data: ")[-1].split("\n")[0])
        shown = self.ended(self.founder, job["job"])
        self.assertEqual(shown["state"], "done", shown)
        self.assertEqual(last["state"], "done")
        self.assertEqual(self.founder.get(path).status, 404)
        self.fits("stopJob", self.founder.must("DELETE", f"/api/jobs/{job['job']}"))

    def test_the_log_is_verified_by_a_job(self):
        job = self.founder.must("POST", "/api/jobs", {"kind": "verify"}).json["job"]
        self.assertEqual(self.ended(self.founder, job)["state"], "done")

    def test_a_draft_is_kept_for_its_person_alone(self):
        self.fits("keepDraft", self.founder.must("PUT", "/api/drafts/mapping-1", {"text": "half"}))
        self.assertEqual(self.fits("getDraft", self.founder.get("/api/drafts/mapping-1")).json["text"], "half")
        self.refused(self.person("own-analyst").get("/api/drafts/mapping-1"), 404, "draft_unknown")
        self.fits("removeDraft", self.founder.must("DELETE", "/api/drafts/mapping-1"))
        self.refused(self.founder.get("/api/drafts/mapping-1"), 404, "draft_unknown")

    def record_of(self, person):
        """The first record of a person of the last run, as a link names it."""
        return self.founder.get(f"/api/people/{person}").json["sections"][0]["tables"][0]["rows"][0][0]

    # Who may

    def people_calls(self):
        """Of what is asked about people: in this order, for a link is used by whoever was shown it."""
        one, other = self.record_of(1), self.record_of(2)
        judged = {"one": one, "other": other, "verdict": "cannot-tell", "reason": "a test"}
        return (
            ("whoElseKnows", "POST", "/api/people/who", {"surname": "Fictonbi", "birth": "2009-04-20"}), ("getPerson", "GET", "/api/people/1", None),
            ("getPersonHistory", "GET", "/api/people/1/history", None), ("getPersonUses", "GET", "/api/people/1/uses", None),
            ("noteUse", "POST", "/api/people/1/uses", {"reason": "a test"}), ("getLink", "GET", f"/api/links/{one}/{other}", None),
            ("getLinkCertificate", "GET", f"/api/links/{one}/{other}/certificate", None),
            ("getLinkage", "GET", "/api/linkage", None), ("getLinkagePlan", "GET", "/api/linkage/plan", None),
            ("getNextReview", "GET", "/api/review", None), ("judgePair", "POST", "/api/review/judgements", judged),
            ("getAgreement", "GET", "/api/review/agreement", None), ("getAccuracy", "GET", "/api/review/accuracy", None),
        )

    def decide_calls(self, person):
        """Of the market model, with a comparison of the person's own; tests/contract/simulate_api_test.py asks more of them."""
        asked = {"scenario": '[[change]]\nlever = "imports"\nmultiply = 0.5\n', "over": "one", "days": "28", "replicates": "5"}
        begun = person.must("POST", "/api/simulate/comparisons", asked).json["job"]
        self.ended(person, begun)
        return (
            ("getModel", "GET", "/api/simulate/model", None), ("getModelDescription", "GET", "/api/simulate/model/description", None),
            ("readScenario", "POST", "/api/simulate/scenarios", {"scenario": asked["scenario"]}),
            ("startComparison", "POST", "/api/simulate/comparisons", asked), ("getComparison", "GET", f"/api/simulate/comparisons/{begun}", None),
            ("getComparisonFile", "GET", f"/api/simulate/comparisons/{begun}/files/manifest.json", None),
        )

    def calls(self, person, owner):
        """(operation, method, path, body) of everything that can be asked of an agency's objects without ending the tests."""
        upload = self.founder.upload("2025-03-essex-street.csv", program.street_text({}).encode()).json["upload"] if owner else "none"
        record = self.first_record(self.personal)
        yield from (
            ("getHome", "GET", "/api/home", None), ("listMeasures", "GET", "/api/measures", None), ("listAreas", "GET", "/api/areas?kind=force", None),
            ("getSeries", "GET", f"/api/series?measure=crimes&area={SOUTHEND}", None), ("getTrace", "GET", f"/api/trace?name=crimes/all/{SOUTHEND}/2025-01", None),
            ("getProfile", "GET", f"/api/profile?area={SOUTHEND}", None), ("getTrend", "GET", "/api/trend?series=drug_deaths.misuse", None), ("listTrendLines", "GET", "/api/trend/lines", None),
            ("comparePlaces", "GET", "/api/trend/places?series=drug_deaths_by_region.poisoning", None), ("getAlerts", "GET", "/api/alerts?series=drug_deaths", None),
            ("listDefinitions", "GET", "/api/definitions", None), ("getDefinition", "GET", "/api/definitions/reading?name=drug-offence", None),
            ("compareDefinitions", "GET", "/api/definitions/rivals?term=drug-offence", None),
            ("getHarmIndex", "GET", "/api/harm-index", None), ("estimateHidden", "GET", "/api/hidden?lists=constructed_small_overlap", None),
            ("findHotSpots", "GET", "/api/hotspots?series=drug_deaths_by_authority", None),
            ("getLikeAreas", "GET", "/api/trend/similar?series=drug_deaths_by_authority&area=Hartlepool", None),
            ("getTreatmentGap", "GET", "/api/treatment-gap", None), ("getSentinel", "GET", "/api/sentinel", None),
            ("getLag", "GET", "/api/lag?leader=searches.drugs&follower=drug_arrests.drugs&window=0..2&hypothesis=more", None),
            ("listExtracts", "GET", "/api/extracts", None), ("getExtract", "GET", f"/api/extracts/{self.personal}", None),
            ("getExtractRejections", "GET", f"/api/extracts/{self.personal}/rejections", None),
            ("getExtractRows", "GET", f"/api/extracts/{self.personal}/rows", None), ("getRecord", "GET", f"/api/records/{record}", None),
            ("getQuality", "GET", "/api/quality", None), ("getSourceQuality", "GET", "/api/quality/police-uk-street", None),
            ("listMappings", "GET", "/api/mappings", None), ("getMapping", "GET", "/api/mappings/borough-counts", None),
            ("listUploads", "GET", "/api/uploads", None), ("listJobs", "GET", "/api/jobs", None), ("listEntries", "GET", "/api/log", None),
            ("getEntry", "GET", "/api/log/0", None), ("proveEntry", "GET", "/api/log/0/proof", None), ("getCheckpoint", "GET", "/api/checkpoint", None),
            ("listAccounts", "GET", "/api/accounts", None), ("getPermissions", "GET", "/api/permissions", None),
            ("search", "POST", "/api/search", {"text": "Essex"}), ("addAccount", "POST", "/api/accounts", self.new_account(person)),
            ("grantRole", "PUT", f"/api/accounts/{self.target(owner)}/roles/auditor", None),
            ("revokeRole", "DELETE", f"/api/accounts/{self.target(owner)}/roles/auditor", None),
            ("inviteAccount", "POST", f"/api/accounts/{self.target(owner)}/invitation", None),
            ("endSessions", "DELETE", f"/api/accounts/{self.target(owner)}/sessions", None),
        )
        yield from self.people_calls()
        yield from self.decide_calls(person)
        self.founder.send("DELETE", f"/api/uploads/{upload}")

    @staticmethod
    def target(owner):
        return "target-of-own" if owner else "target-of-other"

    @staticmethod
    def new_account(person):
        return {"name": f"new-{abs(hash(person)) % 10 ** 9}", "person_name": "N. Ew", "agency": "Example Agency", "role": "practitioner"}

    def test_every_role_may_do_what_the_list_says_and_nothing_else(self):
        for agency in ("Example Agency", "Other Agency"):
            name = "target-of-own" if agency == "Example Agency" else "target-of-other"
            self.workspace.run("accounts", "add", name, "--person", "T", "--agency", agency, "--role", "practitioner")
        for role in ROLES:
            person = self.person(f"own-{role}")
            for name, method, path, body in self.calls(person, owner=True):
                with self.subTest(role=role, operation=name):
                    status = self.fits(name, person.send(method, path, body)).status
                    expected = role in ALLOWED.get(name, set(ROLES))
                    self.assertEqual(status != 403, expected, status)
                    if expected:
                        self.assertLess(status, 300)

    def test_another_agencys_people_see_figures_and_neither_its_records_nor_its_entries(self):
        closed = {"getExtract", "getExtractRejections", "getExtractRows", "getRecord", "getEntry", "listAccounts", "addAccount", "grantRole", "revokeRole", "inviteAccount", "endSessions"}
        for role in ROLES:
            person = self.person(f"other-{role}")
            for name, method, path, body in self.calls(person, owner=True):
                if name == "listAccounts" and role == "administrator":
                    continue  # Sees the accounts of its own agency alone: the next test.
                with self.subTest(role=role, operation=name):
                    reply = person.send(method, path, body)
                    allowed = name not in closed and role in ALLOWED.get(name, set(ROLES))
                    self.assertEqual(reply.status != 403, allowed, str(reply))
                    self.assertNotRegex(reply.bytes.decode(), PERSONAL_VALUES)
        names = {row[0] for row in self.person("other-administrator").get("/api/accounts").json["sections"][0]["tables"][0]["rows"]}
        self.assertIn("other-analyst", names)
        self.assertNotIn("own-analyst", names)

    def test_jobs_uploads_and_drafts_of_somebody_else_are_as_if_they_were_not_there(self):
        upload = self.founder.upload("2025-03-essex-street.csv", program.street_text({}).encode()).json["upload"]
        job = self.founder.must("POST", "/api/jobs", {"kind": "verify"}).json["job"]
        person = self.person("own-analyst")
        for method, path, body, code in (
            ("GET", f"/api/uploads/{upload}", None, "upload_unknown"), ("DELETE", f"/api/uploads/{upload}", None, "upload_unknown"),
            ("PUT", f"/api/uploads/{upload}/mapping", {"mapping": "police-uk-street", "toml": ""}, "upload_unknown"),
            ("GET", f"/api/jobs/{job}", None, "job_unknown"), ("DELETE", f"/api/jobs/{job}", None, "job_unknown"),
            ("GET", f"/api/jobs/{job}/events", None, "job_unknown"),
        ):
            self.refused(person.send(method, path, body), 404, code)
        self.assertIn(person.send("POST", "/api/jobs", {"kind": "ingest", "upload": upload}).status, (400, 404))
        self.founder.must("DELETE", f"/api/uploads/{upload}")

    def test_a_file_of_somebody_who_may_bring_nothing_in_is_refused_unread_and_that_is_an_entry(self):
        watcher = self.person("own-auditor")
        self.refused(watcher.upload("a.csv", b"a,b\n1,2\n" * 1000), 403, "refused")
        table = self.founder.must("GET", "/api/log?rows=5").json["sections"][0]["tables"][0]
        names = [column["name"] for column in table["columns"]]
        told = [(row[names.index("account")], row[names.index("decision")], row[names.index("object")]) for row in table["rows"]]
        self.assertIn(("own-auditor", "deny", "a file to be looked at"), told)
        self.assertEqual(list((self.workspace.path / "temp/uploads/arriving").iterdir()), [])

    def test_a_sixth_file_of_an_account_is_refused_before_it_is_read(self):
        person = self.person("own-analyst")
        held = [self.fits("startUpload", person.upload(f"{number}.csv", b"a,b\n1,2\n")).json["upload"] for number in range(5)]
        self.refused(person.upload("6.csv", b"a,b\n1,2\n"), 409, "uploads_full")
        for upload in held:
            person.must("DELETE", f"/api/uploads/{upload}")

    def test_nobody_signed_in_gets_nothing(self):
        nobody = served.Person(self.server)
        for name, (path, method, operation) in CONTRACT.operations.items():
            if operation["x-access"] == "anyone":
                continue
            with self.subTest(name):
                where = re.sub(r"{role}", "auditor", re.sub(r"{(entry)}", "0", path))
                where = re.sub(r"{\w+}", "x", where)
                body = {"any": "thing"} if "x-body-max" in operation and not operation.get("x-body-to-file") else None
                headers = {"Content-Type": "application/octet-stream", "X-File-Name": "a.csv"} if operation.get("x-body-to-file") else None
                reply = nobody.send(method.upper(), where, body, headers=headers, raw=b"x" if headers else None)
                self.refused(self.fits(name, reply), 401, "signed_out")

    # Hostile requests

    def test_a_forged_or_replayed_session_is_none(self):
        forged = served.Person(self.server)
        forged.cookie = "A" * 43
        self.refused(forged.get("/api/home"), 401, "signed_out")
        self.workspace.run("accounts", "add", "leaver", "--person", "L", "--agency", "Example Agency", "--role", "analyst")
        leaver = self.person("leaver")
        kept = leaver.cookie
        leaver.must("DELETE", "/api/session")
        leaver.cookie = kept
        self.refused(leaver.get("/api/home"), 401, "signed_out")
        self.refused(served.Person(self.server).send("POST", "/api/session/link", {"token": self.server.link}), 401, "sign_in_failed")

    def test_what_changes_something_comes_from_our_own_page_with_its_token(self):
        body = {"code": "COUNT", "reason": "x"}
        for headers, code in (({"X-CSRF": None}, "csrf_refused"), ({"X-CSRF": "x" * 43}, "csrf_refused"), ({"Origin": None}, "origin_refused"),
                              ({"Origin": "null"}, "origin_refused"), ({"Origin": "http://example.org"}, "origin_refused"),
                              ({"Sec-Fetch-Site": "cross-site"}, "origin_refused")):
            self.refused(self.founder.send("PUT", "/api/session/purpose", body, headers=headers), 403, code)
        self.refused(self.founder.send("PUT", "/api/session/purpose", raw=json.dumps(body).encode(), headers={"Content-Type": "text/plain"}), 415, "media_type")
        self.assertEqual(self.founder.send("GET", "/api/home", headers={"Host": "example.org"}).status, 421)

    def test_a_body_is_what_its_operation_names_and_nothing_else(self):
        def put(raw):
            return self.founder.send("PUT", "/api/session/purpose", raw=raw, headers={"Content-Type": "application/json"})

        for raw, code in ((b"", "body_not_json"), (b"{", "body_not_json"), (b"[" * 8000, "body_not_json"), (b"\xff", "body_not_json"),
                          (b'{"code":"COUNT","reason":"x","role":"administrator"}', "field_unknown"), (b'{"code":"COUNT"}', "field_missing"),
                          (b'{"code":7,"reason":"x"}', "field_type"), (b'{"code":"ALL","reason":"x"}', "field_choice"),
                          (b'{"code":"COUNT","reason":"a","reason":"b"}', "field_twice"), (b'{"code":{"a":{"a":1}},"reason":""}', "body_too_deep"),
                          (json.dumps({"code": "COUNT", "reason": "x" * 4001}).encode(), "field_too_long")):
            self.refused(put(raw), 400, code)
        self.assertEqual(put(json.dumps({"code": "COUNT", "reason": "x" * 9000}).encode()).status, 413)
        added = self.founder.send("POST", "/api/accounts", {"name": "sly", "person_name": "S", "agency": "Example Agency", "role": "analyst", "id": "1"})
        self.refused(added, 400, "field_unknown")

    def test_whoever_mistypes_an_address_in_a_browser_gets_a_page(self):
        page = self.founder.send("GET", "/nowhere", headers={"Accept": "text/html,*/*"})
        self.assertEqual((page.status, page.type), (404, "text/html; charset=utf-8"))
        self.refused(self.founder.send("GET", "/nowhere", headers={"Accept": "application/json"}), 404, "path_unknown")
        self.refused(self.founder.send("GET", "/api/nowhere", headers={"Accept": "text/html"}), 404, "path_unknown")

    def test_an_address_is_what_the_contract_names_and_nothing_else(self):
        self.refused(self.founder.get("/api/serise"), 404, "path_unknown")
        self.refused(self.founder.send("POST", "/api/home"), 405, "method_not_allowed")
        self.refused(self.founder.get("/api/series", mesure="crimes"), 400, "parameter_unknown")
        self.refused(self.founder.get("/api/series", measure=["crimes", "searches"]), 400, "parameter_twice")
        self.refused(self.founder.get("/api/log", rows="1e9"), 400, "parameter_malformed")
        self.refused(self.founder.get("/api/extracts/ffffffff"), 404, "extract_unknown")
        self.refused(self.founder.get("/api/log/999999"), 404, "entry_unknown")
        self.refused(self.founder.get("/api/mappings/etc.toml"), 404, "mapping_unknown")
        self.assertEqual(self.founder.get("/api/series", measure="crimes", area="Southned-on-Sea").json["code"], "area_unknown")

    def test_no_personal_value_and_no_control_character_reaches_the_log(self):
        self.founder.get(f"/api/extracts/{self.personal}/rows")
        self.founder.upload("Inventa\r\n\x1b[31mFictonby.csv", b"a,b\n1,2\n")
        self.founder.send("POST", "/api/search", {"text": "Inventa Fictonby"})
        for upload in self.founder.get("/api/uploads").json:
            self.founder.send("DELETE", f"/api/uploads/{upload['upload']}")
        written = self.log.read_text() if self.log.exists() else ""
        self.assertNotRegex(written, PERSONAL_VALUES)
        self.assertNotIn("\x1b", written)
        for line in written.splitlines():
            json.loads(line)

    def test_a_persons_record_needs_a_purpose(self):
        person = self.person("own-practitioner")
        record = f"/api/records/{self.first_record(self.personal)}"
        person.must("PUT", "/api/session/purpose", {"code": None, "reason": ""})
        self.refused(person.get(record), 403, "refused")
        person.choose("PROTECT")
        self.assertEqual(person.get(record).status, 200)

    def test_the_reference_is_what_the_contract_says(self):
        self.assertEqual(openapi_docs.PAGE.read_text(encoding="utf-8"), openapi_docs.page(CONTRACT.document))

    def test_every_operation_is_called_by_one_of_these_tests(self):
        source = "".join(path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(__file__).parent.glob("*api_test.py")))
        elsewhere = {"signInByPassword", "changePassword", "startAgencySignIn", "finishAgencySignIn", "showWhoYouAre", "signOut", "signInByLink",
                     "acceptInvitation", "choosePurpose", "watchJob", "removeUpload"}  # Called above by their addresses, or in the tests of signing in.
        missing = [name for name in CONTRACT.operations if f'"{name}"' not in source and name not in elsewhere]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
