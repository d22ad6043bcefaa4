"""What agencies send by mistake: each file is refused with its reason, or its bad rows are; nothing else is touched."""

import gzip
import os
import unittest

from program import BAD_COMMAND, DAMAGED, DONE, FINDINGS, ROOT, STREET_HEADER, WORLD, BINARY, ProgramTest, street_text

LONG_LINE_BYTES = (1024 if os.environ.get("THROUGHLINE_LONG") else 64) << 20
MEMORY_MAX_BYTES = 1 << 30


class Refused(ProgramTest):
    """The whole file is refused: the workspace shows what it showed before, and the log only that nothing came of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.folder / "2025-01-sample-street.csv"
        path.write_text(street_text({}, {}, {}), encoding="utf-8")
        answer = cls.workspace.ingest(path)
        if answer.status != DONE:
            raise AssertionError(answer)
        cls.before = cls.workspace.shown()

    def assert_refused(self, path, status, code, *arguments):
        answer = self.workspace.ingest(path, *arguments)
        self.assert_ends(answer, status, code)
        self.assertEqual(self.workspace.shown(), self.before)
        self.assertTrue(self.workspace.log_is_sound())
        return answer

    def assert_names(self, answer, path):
        self.assertIn(str(path.name), answer.error["where"] + answer.error["what"])

    def test_a_cut_off_gzip(self):
        whole = gzip.compress(street_text(*[{}] * 5000).encode(), mtime=0)
        path = self.file("2025-02-sample-street.csv.gz", whole[: len(whole) // 2])
        self.assert_names(self.assert_refused(path, DAMAGED, "gzip_cut_off"), path)

    def test_a_damaged_gzip(self):
        whole = bytearray(gzip.compress(street_text(*[{}] * 5000).encode(), mtime=0))
        whole[-6] ^= 1
        path = self.file("2025-02-sample-street.csv.gz", bytes(whole))
        self.assert_names(self.assert_refused(path, DAMAGED, "gzip_damaged"), path)

    def test_an_empty_file(self):
        path = self.file("2025-02-sample-street.csv", b"")
        self.assert_names(self.assert_refused(path, DAMAGED, "file_empty"), path)

    def test_a_folder(self):
        path = self.folder / "a-folder.csv"
        path.mkdir(exist_ok=True)
        self.assert_names(self.assert_refused(path, WORLD, "file_is_folder"), path)

    def test_a_missing_file_with_a_name_like_another(self):
        self.file("2025-03-sample-street.csv", street_text({}))
        answer = self.assert_refused(self.folder / "2025-03-smaple-street.csv", WORLD, "file_missing")
        self.assertIn("2025-03-sample-street.csv", answer.error["remedy"])

    @unittest.skipIf(os.geteuid() == 0, "root may read every file")
    def test_an_unreadable_file(self):
        path = self.file("2025-02-sample-street.csv", street_text({}))
        path.chmod(0)
        self.addCleanup(path.chmod, 0o600)
        self.assert_names(self.assert_refused(path, WORLD, "file_unreadable"), path)

    def test_a_header_with_the_same_name_twice(self):
        header = [*STREET_HEADER[:-1], "Month"]
        path = self.file("2025-02-sample-street.csv", street_text({}, header=header))
        answer = self.assert_refused(path, DAMAGED, "duplicate_column")
        self.assertIn("2 and 12", answer.error["what"])
        self.assertNotIn("Month", answer.error["what"])  # Without a header, a first row stands there.

    def test_a_header_that_no_mapping_knows(self):
        path = self.file("unknown.csv", "colour,shape\nred,round\n")
        answer = self.assert_refused(path, BAD_COMMAND, "mapping_not_detected")
        self.assertIn("throughline mappings list", answer.error["remedy"])

    def test_a_column_that_the_mapping_needs_and_the_file_lacks(self):
        header = [name for name in STREET_HEADER if name != "Crime type"]
        path = self.file("2025-02-sample-street.csv", street_text({}, header=header))
        answer = self.assert_refused(path, BAD_COMMAND, "columns_missing", "--map", "police-uk-street")
        self.assertIn("Crime type", answer.error["what"])

    def test_the_wrong_delimiter(self):
        mapping = (ROOT / "mappings/police-uk-street.toml").read_text(encoding="utf-8")
        own = self.file("own.toml", mapping.replace('name = "police-uk-street"', 'name = "own-street"\ndelimiter = ";"', 1))
        path = self.file("2025-02-sample-street.csv", street_text({}))
        answer = self.assert_refused(path, BAD_COMMAND, "wrong_delimiter", "--map", own)
        self.assertIn('parted by "," it has 12', answer.error["what"])

    def test_one_bad_file_among_good_ones_is_told_and_stops_no_other(self):
        bad = self.file("2025-04-sample-street.csv", b"")
        good = self.file("2025-05-sample-street.csv", street_text({"Month": "2025-05"}))
        workspace = self.workspace.copy_to(self.folder / "several")
        answer = workspace.ingest(bad, good)
        self.assert_ends(answer, FINDINGS)
        self.assertIn("2025-04-sample-street.csv", answer.notes())
        self.assertEqual(len(workspace.extracts()), len(self.before[0]) + 1)


class Mappings(ProgramTest):
    """A mapping with a fault is refused with the line of the fault."""

    def assert_fault(self, text, line, *words):
        path = self.file("faulty.toml", text)
        checked = self.workspace.json("mappings", "check", path)
        self.assertIn(checked.status, (FINDINGS, BAD_COMMAND), str(checked))
        told = checked.words
        for word in words:
            self.assertIn(word, told)
        file = self.file("2025-02-sample-street.csv", street_text({}))
        answer = self.workspace.ingest(file, "--map", path)
        self.assert_ends(answer, BAD_COMMAND, "mapping_faulty")
        self.assertIn(f"faulty.toml:{line}", answer.error["where"])
        self.assertEqual(self.workspace.extracts(), {})

    @staticmethod
    def line_of(text, part):
        return text[: text.index(part)].count("\n") + 1

    def test_a_field_that_no_table_has(self):
        text = (ROOT / "mappings/police-uk-street.toml").read_text(encoding="utf-8").replace('"event.category"', '"event.categry"')
        self.assert_fault(text, self.line_of(text, '"event.categry"'), "event.categry", "category")

    def test_a_key_that_is_misspelt(self):
        text = (ROOT / "mappings/police-uk-street.toml").read_text(encoding="utf-8")
        text = text.replace('to = "event.category"\nrequired', 'to = "event.category"\nrequird')
        self.assert_fault(text, self.line_of(text, "requird"), "requird", "required")

    def test_a_file_that_is_no_toml(self):
        self.assert_fault("name = \n", 1, "faulty.toml")

    def test_every_built_in_mapping_is_sound(self):
        for path in sorted((ROOT / "mappings").glob("*.toml")):
            with self.subTest(path.name):
                self.assert_ends(self.workspace.json("mappings", "check", path), DONE)


class BadRows(ProgramTest):
    """The file is taken in; what cannot be typed is a rejection with its line and rule, and no row is lost."""

    serial = 0

    def ingested(self, text, encoding="utf-8"):
        """The ingest of a file of this text, and its rejections by line."""
        BadRows.serial += 1
        path = self.file(f"2025-{BadRows.serial:02d}-sample-street.csv", text if isinstance(text, bytes) else text.encode(encoding))
        answer = self.workspace.ingest(path, "--map", "police-uk-street")
        self.assertIn(answer.status, (DONE, FINDINGS), str(answer))
        (row,) = answer.rows("extract", "rows", "records", "rejected")
        self.assertEqual(row["rows"], row["records"] + row["rejected"])
        return answer, row, self.workspace.json("records", row["extract"], "--rejections", "--rows", "1000")

    def assert_rejected(self, text, rules, rows, lines):
        answer, row, rejections = self.ingested(text)
        self.assert_ends(answer, FINDINGS)
        self.assertEqual((row["rows"], row["rejected"]), (rows, len(lines)), str(answer))
        self.assertEqual({each["rule"] for each in answer.rows("column", "rule", "faults")}, set(rules))
        self.assertEqual([each["line"] for each in rejections.rows("line", "rule")], lines, str(rejections))

    def test_a_ragged_row(self):
        text = street_text({}, {}, {}).splitlines()
        text[2] += ",one too many"
        self.assert_rejected("\n".join(text) + "\n" + "too,few\n", ["ragged_row"], 4, [3, 5])

    def test_a_nul_byte(self):
        self.assert_rejected(street_text({}, {"Location": "On or\0near"}, {}), ["nul_byte"], 3, [3])

    def test_a_30_february(self):
        answer, row, _ = self.ingested(street_text({}, {"Month": "2025-02-30"}))
        self.assertEqual((row["rows"], row["rejected"]), (2, 1))
        self.assertLessEqual({each["rule"] for each in answer.rows("column", "rule", "faults")}, {"not_a_date", "not_a_month"})

    def test_a_point_outside_the_country(self):
        self.assert_rejected(street_text({}, {"Longitude": "2.352222", "Latitude": "-48.856613"}), ["outside_country"], 2, [3])

    def test_half_a_point(self):
        self.assert_rejected(street_text({"Longitude": ""}, {}), ["half_a_point"], 2, [2])

    def test_a_category_never_seen_is_kept_and_told(self):
        answer, row, _ = self.ingested(street_text({}, {"Crime type": "Theft of moonlight"}))
        self.assert_ends(answer, FINDINGS)
        self.assertEqual((row["rows"], row["rejected"]), (2, 0))
        self.assertIn("Crime type", answer.notes())

    def test_another_delimiter_is_read_all_the_same(self):
        for delimiter in (";", "\t", "|"):
            with self.subTest(delimiter):
                answer, row, _ = self.ingested(street_text({}, {"Context": f"by {ord(delimiter)}"}, delimiter=delimiter))
                self.assertEqual((row["rows"], row["rejected"]), (2, 0), str(answer))

    def test_other_encodings_are_read_all_the_same(self):
        for encoding in ("utf-8-sig", "cp1252", "utf-16"):
            with self.subTest(encoding):
                answer, row, _ = self.ingested(street_text({}, {"Location": f"On or near Café Row {encoding}"}), encoding)
                self.assertEqual((row["rows"], row["rejected"]), (2, 0), str(answer))

    def test_a_quote_that_never_closes_takes_no_other_row_with_it_unseen(self):
        text = street_text({}, {"Location": '"On or near'}, {}, {})
        answer, row, _ = self.ingested(text)
        self.assert_ends(answer, FINDINGS)
        self.assertGreaterEqual(row["rejected"], 1)

    def test_the_same_content_again_changes_nothing(self):
        _, row, _ = self.ingested(street_text({}, {"Context": "twice"}))
        before = self.workspace.shown()
        again, known, _ = self.ingested(street_text({}, {"Context": "twice"}))
        self.assertEqual((again.status, known["extract"], known["state"]), (DONE, row["extract"], "known"))
        self.assertEqual(self.workspace.shown(), before)


class LongLine(ProgramTest):
    """One line of 64 MB (of 1 GB where THROUGHLINE_LONG is set) costs one row, and not the machine's memory."""

    def test_a_line_without_an_end_is_one_rejection(self):
        path = self.folder / "2025-01-sample-street.csv"
        lines = street_text({}, {}).splitlines(keepends=True)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines)
            for _ in range(LONG_LINE_BYTES >> 20):
                file.write("x" * (1 << 20))
            file.write("\n" + lines[1].replace("0" * 8, "f" * 8, 1))
        arguments = [BINARY, "ingest", "--workspace", str(self.workspace.path), "--quiet", str(path)]
        pid = os.posix_spawn(BINARY, arguments, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        self.assertEqual(os.waitstatus_to_exitcode(status), FINDINGS)
        ((rows, rejected, _),) = self.workspace.extracts().values()
        self.assertEqual((rows, rejected), (4, 1))
        self.assertLess(usage.ru_maxrss * 1024, MEMORY_MAX_BYTES)


if __name__ == "__main__":
    unittest.main()
