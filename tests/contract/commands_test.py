"""What is typed: every verb explains itself, a misspelt word gets the nearest one, and the exit status says how it went."""

import json
import unittest

from program import BAD_COMMAND, DONE, EXAMPLES, FINDINGS, LOGIN, REFUSED, WORLD, ProgramTest, Workspace, call, street_text

VERBS = [
    "init", "ingest", "records", "trace", "quality", "measure", "audit", "accounts", "mappings", "backup", "restore", "compact", "erase", "demo",
    "link", "review", "who", "cohort",
    "hidden", "index", "disparity", "sentinel", "activity", "watch", "hotspots", "profile", "plan", "claim", "define", "trend", "gap", "lag", "simulate", "score",
]


class Help(unittest.TestCase):
    def test_every_verb_has_help_with_an_example(self):
        for verb in VERBS:
            with self.subTest(verb):
                answer = call(verb, "--help")
                self.assertEqual(answer.status, DONE)
                self.assertIn(f"Example: throughline {verb}", " ".join(answer.out.split()))

    def test_the_program_lists_its_verbs_and_what_its_exit_statuses_mean(self):
        out = call("--help").out
        for verb in VERBS:
            self.assertIn(f"  {verb} ", out)
        for meaning in ("0 done", "1 done with findings", "2 bad command", "3 refused", "4 damaged", "5 the world failed"):
            self.assertIn(meaning, " ".join(out.split()))

    def test_version_names_commit_compiler_and_libraries(self):
        answer = call("--version")
        self.assertEqual(answer.status, DONE)
        for part in ("throughline", "commit", "DuckDB", "SQLite"):
            self.assertIn(part.lower(), answer.out.lower())


class Misspelt(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.street = EXAMPLES / "home_counties/street/2025-01-city-of-london-street.csv.gz"
        answer = cls.workspace.ingest(cls.street, *sorted((EXAMPLES / "home_counties/reference").glob("*.csv.gz")))
        if answer.status not in (DONE, FINDINGS):
            raise AssertionError(answer)

    def assert_nearest(self, nearest, *arguments):
        answer = call(*arguments)
        self.assertEqual(answer.status, BAD_COMMAND, str(answer))
        self.assertEqual(answer.out, "", "an error goes to the error stream")
        self.assertIn(nearest, answer.err)

    def here(self, verb, *arguments):
        return verb, "--workspace", str(self.workspace.path), *arguments

    def test_a_verb(self):
        self.assert_nearest("'ingest'", "ingst", "file.csv")

    def test_an_option(self):
        self.assert_nearest("--workspace", "records", "--wrokspace", "x")

    def test_an_act(self):
        self.assert_nearest("verify", "audit", "verfy")

    def test_a_mapping(self):
        self.assert_nearest("police-uk-street", *self.here("ingest", str(self.street), "--map", "police-uk-stret"))
        self.assert_nearest("police-uk-street", "mappings", "show", "police-uk-stret")

    def test_a_measure(self):
        self.assert_nearest("crimes", *self.here("measure", "crims"))

    def test_a_category(self):
        self.assert_nearest("rugs", *self.here("measure", "crimes", "--category", "drgus", "--kind", "force"))

    def test_an_area(self):
        self.assert_nearest("Maidstone", *self.here("measure", "crimes", "--area", "Maidstnoe"))

    def test_a_kind_of_area(self):
        self.assert_nearest("ward", *self.here("measure", "crimes", "--kind", "wrd"))

    def test_a_month_that_is_none_is_named(self):
        answer = self.workspace.json("measure", "crimes", "--kind", "force", "--from", "2025-13")
        self.assert_ends(answer, BAD_COMMAND)
        self.assertIn("2025-13", answer.words)

    def test_a_way_to_part_figures(self):
        self.assert_nearest("month", *self.here("measure", "crimes", "--by", "mnth"))

    def test_a_purpose(self):
        self.assert_nearest("PROTECT", *self.here("records", "--purpose", "PROTEKT"))

    def test_a_role(self):
        self.assert_nearest("analyst", *self.here("accounts", "grant", LOGIN, "--role", "anlyst"))

    def test_an_account(self):
        self.assert_nearest("watcher", *self.here("records", "--as", "wacher"))

    def test_a_source(self):
        self.assert_nearest("police-uk-street", *self.here("quality", "police-uk-stret"))

    def test_an_extract(self):
        name = next(iter(self.workspace.extracts()))
        answer = call(*self.here("records", name[:-1] + ("0" if name[-1] != "0" else "1")))
        self.assertEqual(answer.status, BAD_COMMAND, str(answer))


class Wrong(ProgramTest):
    def test_a_date_that_is_none_is_named_with_its_option(self):
        answer = self.workspace.json("records", "--as-of", "2025-02-30")
        self.assert_ends(answer, BAD_COMMAND, "bad_command")
        self.assertIn("2025-02-30", answer.error["what"])
        self.assertEqual(answer.error["where"], "--as-of")

    def test_a_missing_workspace_says_how_to_make_one(self):
        answer = Workspace(self.folder / "nowhere").json("records")
        self.assert_ends(answer, BAD_COMMAND, "workspace_missing")
        self.assertIn("throughline init", answer.error["remedy"])
        self.assertFalse((self.folder / "nowhere").exists())

    def test_a_folder_with_something_else_in_it_becomes_no_workspace(self):
        (self.folder / "full").mkdir()
        (self.folder / "full/letter.txt").write_text("mine", encoding="utf-8")
        self.assert_ends(Workspace(self.folder / "full").json("init"), BAD_COMMAND, "not_empty")
        self.assertEqual([path.name for path in (self.folder / "full").iterdir()], ["letter.txt"])

    def test_a_second_making_changes_nothing(self):
        before = self.workspace.shown()
        self.assertNotEqual(self.workspace.json("init", "--agency", "Another").status, WORLD)
        self.assertEqual(before, self.workspace.shown())
        self.assertTrue(self.workspace.log_is_sound())

    def test_an_analyst_is_refused_the_log_and_the_refusal_is_an_entry(self):
        before = self.workspace.audit("verify").fact("entries")
        added = self.workspace.json("accounts", "add", "reader", "--person", "A. Reader", "--agency", "Example Agency", "--role", "analyst")
        self.assert_ends(added, DONE)
        self.assert_ends(self.workspace.json("audit", "show", "--as", "reader"), REFUSED)
        self.assertGreater(self.workspace.audit("verify").fact("entries"), before + 1)

    def test_an_auditor_is_refused_to_bring_an_extract_in(self):
        path = self.file("2025-02-sample-street.csv", street_text({}))
        self.assert_ends(self.workspace.ingest(path, "--as", "watcher"), REFUSED)
        self.assertEqual(self.workspace.extracts(), {})


class Json(ProgramTest):
    """With --json every verb answers with one document, whether it went well or not."""

    def test_every_verb_answers_with_one_document(self):
        path = self.file("2025-01-sample-street.csv", street_text({}, {"Month": "2025-02-30"}))
        self.assertEqual(self.workspace.ingest(path).status, FINDINGS)
        extract = next(iter(self.workspace.extracts()))
        calls = [
            ("init",), ("ingest", str(path)), ("records",), ("records", extract), ("records", extract, "--rejections"), ("trace", extract),
            ("quality",), ("measure",), ("measure", "crimes", "--by", "category"), ("audit", "verify"), ("audit", "show"), ("audit", "checkpoint"),
            ("audit", "prove", "0"), ("accounts", "list"), ("backup", str(self.folder / "copy")), ("compact",),
            ("erase", f"{extract}:0", "--basis", "NONE"), ("ingest", "nowhere.csv"), ("trace", "nonsense"), ("nonsense",), ("records", "--nonsense"),
        ]
        for verb, *arguments in calls:
            with self.subTest(verb=verb, arguments=arguments):
                answer = self.workspace.json(verb, *arguments)
                self.assertIn(answer.status, range(6))
                self.assert_document(answer)
        lag = ("lag", "searches.drugs", "drug_arrests.drugs", "--window", "0..1", "--hypothesis", "more searches, more arrests")
        for arguments in (("mappings", "list"), ("mappings", "show", "police-uk-street"), ("define", "list"), ("define", "show", "drug-offence"),
                          ("define", "compare", "drug death"), ("define", "show", "drug-offense"), ("gap",), lag, lag[:5],
                          ("trend", "--published", "drug_deaths.misuse"), ("trend", "--published", "homicide_eurostat", "--rank"),
                          ("claim", "the incidence of searches for drugs fell 61 per cent from 2012 to 2018")):
            self.assert_document(call(*arguments, "--json"))
        self.assertEqual(call("trend", "--published", "homicide_eurostat", "--rank").status, REFUSED)
        self.assert_document(Workspace(self.folder / "brought-back").json("restore", str(self.folder / "copy")))

    def assert_document(self, answer):
        document = json.loads(answer.out)
        if answer.status in (DONE, FINDINGS):
            self.assertEqual(set(document), {"verb", "outcome", "sections"})
            self.assertEqual(document["outcome"], "done" if answer.status == DONE else "done_with_findings")
        else:
            self.assertEqual(set(document["error"]), {"code", "kind", "what", "where", "remedy"})
            kinds = {BAD_COMMAND: "bad_command", REFUSED: "refused", 4: "damaged", WORLD: "world"}
            self.assertEqual(document["error"]["kind"], kinds[answer.status])


if __name__ == "__main__":
    unittest.main()
