"""Which sources may be compiled together."""

import pathlib
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import unity_groups

HEAD = "namespace throughline::app {\n\nnamespace {\n\n"
FOOT = "\n}  // namespace\n\n"
END = "}  // namespace throughline::app\n"


class Groups(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.headers = unity_groups.Headers()

    def source(self, name, own="", common="", types=frozenset()):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(HEAD + own + FOOT + common + END, encoding="utf-8")
        return unity_groups.Source(path, self.headers, types)

    def sizes(self, *sources):
        return [len(group) for group in unity_groups.grouped(sources)]

    def test_sources_with_names_of_their_own_stand_together(self):
        self.assertEqual(self.sizes(self.source("a.cpp", "int first() { return 1; }\n"), self.source("b.cpp", "int second() { return 2; }\n")), [2])

    def test_one_name_for_two_functions_parts_them(self):
        self.assertEqual(self.sizes(self.source("a.cpp", "int same(int) { return 1; }\n"), self.source("b.cpp", "std::string same() { return {}; }\n")), [1, 1])

    def test_one_name_for_two_constants_parts_them(self):
        self.assertEqual(self.sizes(self.source("a.cpp", "constexpr int k_most = 1;\n"), self.source("b.cpp", "constexpr long k_most = 2;\n")), [1, 1])

    def test_a_constant_inside_a_function_would_hide_the_others(self):
        inner = "void work() {\n  constexpr int k_most = 2;\n}\n"
        self.assertEqual(self.sizes(self.source("a.cpp", "constexpr int k_most = 1;\n"), self.source("b.cpp", common=inner)), [1, 1])

    def test_a_type_of_ones_own_and_its_use_elsewhere_part_them(self):
        use = "void work(Kind kind) { take(kind); }\n"
        self.assertEqual(self.sizes(self.source("a.cpp", "struct Kind {};\n"), self.source("b.cpp", common=use)), [1, 1])

    def test_a_function_of_ones_own_and_a_call_elsewhere_part_them(self):
        self.assertEqual(self.sizes(self.source("a.cpp", "int month() { return 1; }\n"), self.source("b.cpp", common="int at = month(2);\n")), [1, 1])
        self.assertEqual(self.sizes(self.source("c.cpp", "int month() { return 1; }\n"), self.source("d.cpp", common="int at = day.month();\n")), [2])

    def test_a_name_taken_over_that_is_also_a_type_here_parts_them(self):
        over = self.source("a.cpp", "using linkage::Column;\n", types={"Column"})
        self.assertEqual(self.sizes(over, self.source("b.cpp", common="Column column;\n")), [1, 1])

    def test_what_is_written_names_every_source_once_and_none_by_where_it_lies(self):
        folder = pathlib.Path(self.folder.name) / "unity"
        with mock.patch.object(sys, "argv", ["unity_groups.py", str(folder)]):
            unity_groups.main()
        written = [line for path in folder.glob("*.cpp") for line in path.read_text(encoding="utf-8").splitlines()]
        sources = [path.relative_to(unity_groups.ROOT / "src") for path in (unity_groups.ROOT / "src").rglob("*.cpp")]
        grouped = [str(path) for path in sources if not str(path).endswith(unity_groups.ALONE)]
        self.assertEqual(sorted(written), sorted(f'#include "{path}"' for path in grouped))

    def test_the_same_name_of_a_test_parts_them(self):
        test = "TEST(World, Turns) {}\n"
        self.assertEqual(self.sizes(self.source("a.cpp", test), self.source("b.cpp", test)), [1, 1])

    def test_words_in_comments_and_texts_part_nobody(self):
        words = '// Kind is a word.\nconst char* const k_text = "Kind";\n'
        self.assertEqual(self.sizes(self.source("a.cpp", "struct Kind {};\n"), self.source("b.cpp", words)), [2])

    def test_a_group_has_room_for_so_many_lines_alone(self):
        long = "\n" * (unity_groups.LINES_MAX // 2)
        self.assertEqual(self.sizes(*(self.source(f"{at}.cpp", long) for at in range(3))), [1, 1, 1])


if __name__ == "__main__":
    unittest.main()
