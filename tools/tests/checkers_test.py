"""The checkers find what they are for, name the line, and keep silent where nothing is wrong."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
import check_docs  # noqa: E402
import check_layers  # noqa: E402
import check_style  # noqa: E402


class Tree(unittest.TestCase):
    """A small project in a temporary folder."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.write("src/base/CMakeLists.txt", "throughline_module(base)")
        self.write("src/store/CMakeLists.txt", "throughline_module(store DEPENDS base LIBRARIES fmt::fmt)")
        self.write("src/records/CMakeLists.txt", "throughline_module(records DEPENDS base store)")
        self.write("src/evidence/CMakeLists.txt", "throughline_module(evidence\n  DEPENDS base store records)")
        self.write("docs/needs.md", "# Needs\n")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Layers(Tree):
    def test_an_arrow_upwards_is_named_with_its_line(self):
        self.write("src/base/date.h", '// Dates.\n#include "store/duck.h"\n')
        self.assertEqual(check_layers.check(self.root), ["src/base/date.h:2: base may not include store: its CMakeLists.txt declares only nothing"])

    def test_a_third_party_header_in_a_header_is_found(self):
        self.write("src/base/json.h", "// Json.\n#include <nlohmann/json.hpp>\n")
        self.assertIn("src/base/json.h:2: third-party header <nlohmann/json.hpp>", check_layers.check(self.root)[0])

    def test_a_third_party_header_in_a_source_is_allowed(self):
        self.write("src/base/json.cpp", "#include <nlohmann/json.hpp>\n#include <vector>\n")
        self.assertEqual(check_layers.check(self.root), [])

    def test_the_inside_of_another_stage_is_closed(self):
        self.write("src/evidence/counts.cpp", '#include "records/fields.h"\n#include "records/model.h"\n')
        self.assertEqual(len(check_layers.check(self.root)), 1)

    def test_only_tables_and_stage_files_touch_the_store(self):
        self.write("src/evidence/counts.cpp", '#include "store/duck.h"\n')
        self.write("src/evidence/tables.cpp", '#include "store/duck.h"\n')
        self.assertEqual(check_layers.check(self.root), ["src/evidence/counts.cpp:1: only tables.* and stage.* of evidence may touch store"])

    def test_the_nouns_of_the_ledger_are_open_to_every_file_of_a_stage(self):
        self.write("src/ledger/CMakeLists.txt", "throughline_module(ledger DEPENDS base store)")
        self.write("src/records/CMakeLists.txt", "throughline_module(records DEPENDS base store ledger)")
        self.write("src/records/mapping.h", '// Mappings.\n#include "ledger/model.h"\n#include "ledger/batch.h"\n')
        self.assertEqual(check_layers.check(self.root), ["src/records/mapping.h:3: only tables.* and stage.* of records may touch ledger"])

    def test_an_internal_header_may_bring_a_library_to_the_sources_beside_it_and_nobody_else(self):
        self.write("src/store/duck_internal.h", "// Inside.\n#include <duckdb.h>\n")
        self.write("src/store/duck.cpp", '#include "store/duck_internal.h"\n')
        self.assertEqual(check_layers.check(self.root), [])
        self.write("src/store/duck.h", '// Outside.\n#include "store/duck_internal.h"\n')
        self.write("src/records/tables.cpp", '#include "store/duck_internal.h"\n')
        what = "store/duck_internal.h is internal: only .cpp files of store may include it"
        self.assertEqual(check_layers.check(self.root), [f"src/records/tables.cpp:1: {what}", f"src/store/duck.h:2: {what}"])

    def test_what_tests_share_may_bring_their_libraries_to_tests_and_nobody_else(self):
        self.write("src/store/made_up_rows.h", "// Rows for tests.\n#include <gtest/gtest.h>\n#include <duckdb.h>\n")
        self.write("src/store/duck_test.cpp", '#include "store/made_up_rows.h"\n')
        self.write("src/store/duck.cpp", '#include "store/made_up_rows.h"\n')
        found = check_layers.check(self.root)
        self.assertEqual(found[0], "src/store/duck.cpp:1: store/made_up_rows.h is for tests: only they may include it")
        self.assertIn("src/store/made_up_rows.h:3: third-party header <duckdb.h>", found[1])
        self.assertEqual(len(found), 2)

    def test_a_cycle_is_found(self):
        self.write("src/base/CMakeLists.txt", "throughline_module(base DEPENDS evidence)")
        self.assertIn("cycle", check_layers.check(self.root)[0])


class Style(Tree):
    def test_a_clean_tree_has_no_faults(self):
        self.write("src/base/good.cpp", '#include "base/good.h"\n\nint one() { return 1; }  // Why: it is.\n')
        self.assertEqual(check_style.check(self.root), [])

    def faults(self, text, name="src/base/bad.cpp"):
        self.write(name, text)
        return check_style.check(self.root)

    def test_one_name_for_two_types_of_a_module_is_found(self):
        text = "// A header.\nnamespace throughline::store {{\nstruct {} {{ int x; }};\n}}\n"
        self.write("src/store/one.h", text.format("Same"))
        self.write("src/store/other.h", text.format("Other"))
        self.assertEqual(check_style.check(self.root), [])
        self.write("src/store/other.h", text.format("Same"))
        self.assertEqual(check_style.check(self.root), ["src/store/other.h:3: Same is defined in src/store/one.h too"])

    def test_a_long_line_a_long_file_and_a_long_function_are_found(self):
        self.assertIn("columns", self.faults("// " + "x" * 130 + "\n")[0])
        self.assertIn("401 lines", self.faults("//\n" * 401)[0])
        body = "void f() {\n" + "  g();\n" * 60 + "}\n"
        self.assertIn("src/base/bad.cpp:1: a function of 62 lines", self.faults(body)[0])

    def test_a_long_class_is_no_long_function(self):
        self.assertEqual(self.faults("struct S {\n" + "  int f() { return 1; }\n" * 80 + "};\n"), [])

    def test_a_long_function_inside_namespaces_is_found(self):
        body = "namespace a {\nnamespace {\nint f(int x) {\n" + "  x += 1;\n" * 60 + "  return x;\n}\n}\n}\n"
        self.assertIn("src/base/bad.cpp:3: a function of 63 lines", self.faults(body)[0])

    def test_clocks_and_environments_are_for_app_only(self):
        self.assertEqual(len(self.faults("auto t = std::chrono::system_clock::now();\n")), 1)
        self.write("src/base/bad.cpp", "int x;\n")
        self.assertEqual(self.faults("auto t = std::chrono::system_clock::now();\n", "src/app/clock.cpp"), [])

    def test_notes_to_self_and_dead_code_are_found(self):
        self.assertEqual(len(self.faults("// TO" "DO: later\n")), 1)
        self.assertEqual(len(self.faults("// return old_way(x);\n")), 1)

    def test_a_header_says_what_it_is_for(self):
        self.assertIn("begins with a comment", self.faults("#pragma once\n", "src/base/bad.h")[0])

    def test_people_are_called_people(self):
        self.assertIn("made to carry or sell", self.faults("A drug " "runner.\n", "docs/page.md")[0])

    def test_a_permit_for_tests_stays_in_tests(self):
        self.assertIn("permit", self.faults('#include "store/permit_for_tests.h"\n')[0])


class Docs(Tree):
    def test_a_dead_link_and_a_dead_anchor_are_found(self):
        self.write("README.md", "# One\n[a](docs/none.md) [b](#two) [c](#one) [d](https://example.org)\n")
        self.assertEqual(len(check_docs.check(self.root)), 2)

    def test_a_need_may_not_name_a_test_that_is_not_there(self):
        self.write("docs/needs.md", "| L6 | `a_test_that_is_there` `a_test_that_is_not` `src/none.cpp` |\n")
        self.write("src/base/x_test.cpp", "TEST(Base, a_test_that_is_there) {\n}\n")
        self.assertEqual(len(check_docs.check(self.root)), 2)


if __name__ == "__main__":
    unittest.main()
