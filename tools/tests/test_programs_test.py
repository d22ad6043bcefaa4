"""A program that crashes, hangs, tests nothing or ends badly is counted as failed, and what it said is kept."""

import pathlib
import stat
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
import run_tests  # noqa: E402
import test_programs  # noqa: E402
from test_programs import Count  # noqa: E402

# Stands for a GoogleTest program: it writes the result file that it is given, then does what `then` says.
PROGRAM = """#!/bin/sh
for argument in "$@"; do case "$argument" in --gtest_output=xml:*) file=${{argument#--gtest_output=xml:}} ;; esac; done
echo "the program said this; filter=${{GTEST_FILTER:-none}}"
{then}
"""
RESULT = """cat > "$file" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="{tests}" failures="0" disabled="0" errors="0" time="0" name="AllTests"><testsuite name="Suite">{cases}</testsuite></testsuites>
END
"""
GOOD = '<testcase name="a_good_one" status="run" result="completed" classname="Suite" />'
BAD = '<testcase name="a_bad_one" status="run" result="completed" classname="Suite"><failure message="1 is not 2">1 is not 2</failure></testcase>'
SKIPPED = '<testcase name="a_skipped_one" status="run" result="skipped" classname="Suite"><skipped message="" /></testcase>'
DISABLED = '<testcase name="DISABLED_one" status="notrun" result="suppressed" classname="Suite" />'


class Programs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def program(self, name, cases, then="exit 0"):
        path = self.root / name
        result = RESULT.format(tests=len(cases), cases="".join(cases)) if cases is not None else ""
        path.write_text(PROGRAM.format(then=result + then), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def count(self, **programs):
        return test_programs.run_gtests(programs, self.root / "results", 2)

    def test_tests_are_counted_by_how_they_ended(self):
        count = self.count(one=self.program("one", [GOOD, SKIPPED, DISABLED]), two=self.program("two", [GOOD, BAD], "exit 1"))
        self.assertEqual((count.passed, count.failed, count.skipped), (2, 1, 2))
        self.assertEqual(count.failures, [("two.Suite.a_bad_one", "1 is not 2")])

    def test_a_program_that_crashes_is_a_failure_that_shows_what_it_said(self):
        count = self.count(one=self.program("one", None, "kill -SEGV $$"))
        self.assertEqual((count.passed, count.failed), (0, 1))
        self.assertIn("one: died with -11", count.failures[0][0])
        self.assertIn("the program said this", count.failures[0][1])

    def test_a_result_file_that_breaks_off_is_a_failure(self):
        count = self.count(one=self.program("one", None, 'echo "<testsuites" > "$file"'))
        self.assertEqual((count.passed, count.failed), (0, 1))

    def test_a_bad_end_after_good_tests_is_a_failure(self):
        count = self.count(one=self.program("one", [GOOD], "exit 23"))
        self.assertEqual((count.passed, count.failed), (1, 1))
        self.assertIn("ended with 23", count.failures[0][0])

    def test_a_program_without_tests_is_a_failure(self):
        self.assertEqual(self.count(one=self.program("one", [])).failed, 1)
        self.assertEqual(self.count(one=self.program("one", [DISABLED])).failed, 1)

    def test_a_program_that_was_not_built_is_a_failure(self):
        count = self.count(one=self.root / "absent", two=self.program("two", [GOOD]))
        self.assertEqual((count.passed, count.failed), (1, 1))

    def test_a_program_in_parts_is_run_once_for_each_share_of_its_tests(self):
        path = self.program("one", [GOOD], 'echo "share $GTEST_SHARD_INDEX of $GTEST_TOTAL_SHARDS" >> "$0.shares"')
        count = test_programs.run_gtests({"one": path}, self.root / "results", 2, parts={"one": 2})
        self.assertEqual((count.passed, count.failed), (2, 0))
        self.assertEqual(sorted((self.root / "one.shares").read_text(encoding="utf-8").split("\n")[:2]), ["share 0 of 2", "share 1 of 2"])

    def test_a_program_that_does_not_end_is_a_failure(self):
        with mock.patch.object(test_programs, "PROGRAM_SECONDS_MAX", 0.2):
            count = self.count(one=self.program("one", [GOOD], "exec sleep 60"))
        self.assertEqual((count.passed, count.failed), (1, 1))

    def test_a_filter_in_the_environment_leaves_no_test_out(self):
        with mock.patch.dict("os.environ", {"GTEST_FILTER": "Nothing.*"}):
            count = self.count(one=self.program("one", None, "exit 3"))
        self.assertIn("filter=none", count.failures[0][1])

    def test_an_old_result_is_not_taken_for_a_new_one(self):
        self.count(one=self.program("one", [GOOD]))
        self.assertEqual(self.count(one=self.program("one", None)).failed, 1)


class Unittests(unittest.TestCase):
    def run_file(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "made_up_test.py").write_text("import unittest\nclass Made(unittest.TestCase):\n" + text, encoding="utf-8")
            return test_programs.run_unittests("made", folder, folder)

    def test_failures_errors_and_skipped_ones_are_told_apart_and_named(self):
        count = self.run_file(
            "    def test_good(self): pass\n    def test_bad(self): self.assertEqual(1, 2)\n    def test_broken(self): 1 / 0\n"
            "    @unittest.skip('why')\n    def test_skipped(self): pass\n"
        )
        self.assertEqual((count.passed, count.failed, count.skipped), (1, 2, 1))
        self.assertEqual([name.split()[2] for name, _ in count.failures], ["test_broken", "test_bad"])
        self.assertIn("1 != 2", count.failures[1][1])

    def test_a_file_that_cannot_be_read_is_a_failure(self):
        self.assertEqual(self.run_file("    nonsense here\n").failed, 1)

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(self.run_file("    pass\n").failed, 1)

    def test_a_file_without_tests_is_a_failure_beside_one_that_has_them(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "good_test.py").write_text("import unittest\nclass Good(unittest.TestCase):\n    def test_it(self): pass\n", encoding="utf-8")
            (pathlib.Path(folder) / "empty_test.py").write_text("", encoding="utf-8")
            count = test_programs.run_unittests("made", folder, folder, 2)
        self.assertEqual((count.passed, [name for name, _ in count.failures]), (1, ["made/empty_test: ran no test"]))

    def test_an_end_in_the_middle_is_a_failure(self):
        count = self.run_file("    def test_good(self):\n        import os\n        os._exit(0)\n")
        self.assertEqual((count.passed, count.failed), (0, 1))


class Steps(unittest.TestCase):
    def test_a_step_that_stops_or_tests_nothing_is_a_failure(self):
        def stopped():
            raise RuntimeError("the reason")

        self.assertIn("the reason", run_tests.tested(stopped).failures[0][1])
        self.assertEqual(run_tests.tested(Count).failed, 1)

    def test_the_run_fails_and_says_again_what_failed_above_the_line_of_counts(self):
        def bad():
            return Count.of(False, "a_test_that_failed", "what it said")

        with mock.patch.object(run_tests, "inputs_hash", lambda: "none"), mock.patch("builtins.print") as printed:
            self.assertEqual(run_tests.run_steps([bad], again=True), 1)
        lines = [str(call.args[0]) for call in printed.call_args_list]
        self.assertEqual(lines[-1], "0 passed, 1 failed, 0 skipped")
        self.assertIn("\n-- FAILED a_test_that_failed\nwhat it said", lines)

    def test_a_file_that_changes_makes_a_step_run_again(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(run_tests, "ROOT", pathlib.Path(folder)):
            (pathlib.Path(folder) / "one.txt").write_text("1", encoding="utf-8")
            first = run_tests.inputs_hash()
            (pathlib.Path(folder) / "one.txt").write_text("2", encoding="utf-8")
            self.assertNotEqual(first, run_tests.inputs_hash())


if __name__ == "__main__":
    unittest.main()
