// A second implementation to be held against: DuckDB itself works out the same expressions over the same records.
#include <gtest/gtest.h>

#include <array>

#include "base/number.h"
#include "base/random.h"
#include "linkage/splink/evaluate.h"
#include "linkage/splink/records.h"
#include "store/duck.h"
#include "store/testing_folder.h"

namespace throughline::linkage::splink {
namespace {

// One record: text, date as text, number, list, moment. Empty: missing.
using Row = std::array<std::string, 5>;
const std::vector<std::string> k_names{"t", "d", "n", "l", "m"};

const std::vector<Row> k_rows{
    {"MARTHA", "2000-01-31", "1.5", "[a, b]", "2000-01-31 10:00:00"},
    {"MARHTA", "2000-02-01", "-2", "[b, a, a]", "2000-02-01 00:00:00"},
    {"dicksonx", "1999-12-31", "0", "[c]", "1999-12-31 23:59:59.5"},
    {"dixon", "2000-2-1", "3", "[]", "1969-06-01 12:30:00"},
    {"", "", "", "", ""},
    {"é", "30/02/2000", "51.5074", "[a, c, NULL]", "2026-02-28 00:00:00"},
    {" José  ", "19990105", "-0.1278", "[x y, z]", "2024-02-29 08:15:42"},
    {"a@b.com", "2000-13-01", "100", "[b]", "1900-03-01 00:00:00"},
    {"robert255@smith.net", " 2001-05-05 ", "2.5", "[Z, a]", "2000-01-01 00:00:00"},
    {"DE0 3US", "0200-01-05", "99.5", "[a, b]", "2000-12-25 18:00:00"},
    {"a name of more than sixty-four bytes, so that words of the machine do not hold it all", "x", "7", "[q]",
     "2001-01-01 00:00:00"},
    {"a naem of more then sixty-four bytse, so that wrods of the machine do not hold it alll", "2000-01-05", "8", "[r]",
     "2001-01-08 00:00:00"},
};

std::size_t right_of(std::size_t pair, std::size_t others) {
  return (pair / others + pair % others) % k_rows.size();
}

std::string quoted(const std::string& text) {
  if (text.empty()) return "NULL";
  std::string made = "'";
  for (const char letter : text) made += letter == '\'' ? std::string("''") : std::string(1, letter);
  return made + "'";
}

// Each record beside so many that follow it (the last before the first), as a table that DuckDB reads.
std::string pairs_sql(std::size_t others) {
  std::string values;
  for (std::size_t pair = 0; pair < k_rows.size() * others; ++pair) {
    values += (pair == 0 ? "(" : ",(") + std::to_string(pair);
    for (const Row* row : {&k_rows[pair / others], &k_rows[right_of(pair, others)]}) {
      for (const std::string& cell : *row) values += "," + quoted(cell);
    }
    values += ")";
  }
  std::string typed = "SELECT i";
  for (const char* side : {"_l", "_r"}) {
    const std::string end = side;
    typed += ", t" + end + ", d" + end + ", CAST(n" + end + " AS DOUBLE) AS n" + end + ", CAST(l" + end +
             " AS VARCHAR[]) AS l" + end + ", CAST(m" + end + " AS TIMESTAMP) AS m" + end;
  }
  return typed + " FROM (VALUES " + values + ") v(i, t_l, d_l, n_l, l_l, m_l, t_r, d_r, n_r, l_r, m_r)";
}

struct ConditionDuck : testing::Test {
  store::TestingFolder folder;
  store::Duck duck = store::Duck::open(folder.path() / "empty.duckdb", {}).value();
  store::DuckConnection connection = duck.connect().value();

  // "missing", or the text, or the number as it is printed.
  std::vector<std::string> asked_of_duck(const std::string& sql, Kind kind, const std::string& pairs) {
    const std::string type = kind == Kind::number ? "DOUBLE" : "VARCHAR";
    auto result = connection.query("SELECT CAST((" + sql + ") AS " + type + ") FROM (" + pairs + ") ORDER BY i");
    EXPECT_TRUE(result.ok()) << sql;
    std::vector<std::string> answers;
    while (result.ok()) {
      const auto chunk = result.value().next();
      EXPECT_TRUE(chunk.ok()) << sql;
      if (!chunk.ok() || !chunk.value().has_value()) break;
      for (std::int64_t row = 0; row < chunk.value()->rows(); ++row) {
        if (kind == Kind::number) {
          const auto column = chunk.value()->column<double>(0);
          answers.push_back(column.has(row) ? base::format_double(column[row]) : "missing");
        } else {
          const auto column = chunk.value()->texts(0);
          answers.push_back(column.has(row) ? std::string(column[row]) : "missing");
        }
      }
    }
    return answers;
  }

  static Dataset dataset() {
    Dataset dataset{.name = "rows"};
    for (std::size_t i = 0; i < k_names.size(); ++i) {
      InputColumn column{.name = k_names[i]};
      for (const Row& row : k_rows) column.cells.emplace_back(row[i]);
      dataset.columns.push_back(std::move(column));
    }
    InputColumn ids{.name = "unique_id"};
    static const std::vector<std::string> names = [] {
      std::vector<std::string> made;
      for (std::size_t i = 0; i < k_rows.size(); ++i) made.push_back(std::to_string(i));
      return made;
    }();
    ids.cells.assign(names.begin(), names.end());
    dataset.columns.push_back(std::move(ids));
    return dataset;
  }

  static std::string told(const Value& value) {
    if (value.is_missing()) return "missing";
    return value.is_failed() ? "failed" : text_of(value);
  }

  void expect_alike(const std::string& sql) {
    const auto parsed = parse_condition(sql, Dialect::duckdb);
    ASSERT_TRUE(parsed.ok()) << sql << ": " << parsed.error().message();
    // Typed columns are what the table says; an expression that asks for no kind would see text.
    const auto planned = plan_condition(parsed.value(), Dialect::duckdb, k_names);
    ASSERT_TRUE(planned.ok()) << sql << ": " << planned.error().message();
    const Dataset data = dataset();
    const base::Interrupt never;
    const auto records = Records::load({}, planned.value().plan, std::span(&data, 1), never);
    ASSERT_TRUE(records.ok()) << sql << ": " << records.error().message();
    // What looks at one record alone needs no others beside it.
    const std::size_t others = sql.find("_r") == std::string::npos ? 1 : k_rows.size();
    const std::vector<std::string> expected = asked_of_duck(sql, planned.value().condition.gives, pairs_sql(others));
    ASSERT_EQ(expected.size(), k_rows.size() * others) << sql;
    Arena arena;
    Evaluator evaluator(arena);
    for (std::size_t pair = 0; pair < expected.size(); ++pair) {
      const auto left = static_cast<std::int64_t>(pair / others);
      const auto right = static_cast<std::int64_t>(right_of(pair, others));
      const Value answer = evaluator.evaluate(
          planned.value().condition, {.left = records.value().values(left), .right = records.value().values(right)});
      EXPECT_EQ(told(answer), expected[pair]) << sql << " for rows " << left << " and " << right;
    }
  }
};

TEST_F(ConditionDuck, measures_of_likeness_are_the_same) {
  expect_alike("jaro_winkler_similarity(t_l, t_r)");
  expect_alike("jaro_similarity(t_l, t_r)");
  expect_alike("levenshtein(t_l, t_r)");
  expect_alike("damerau_levenshtein(t_l, t_r)");
  expect_alike("jaccard(t_l, t_r)");
  expect_alike("jaro_winkler_similarity(t_l, t_r, 0.8)");
}

TEST_F(ConditionDuck, three_truths_are_the_same) {
  expect_alike("t_l = t_r AND n_l + 0 > n_r");
  expect_alike("t_l = t_r OR n_l + 0 > n_r");
  expect_alike("NOT (t_l < t_r) AND t_l IS NOT NULL");
  expect_alike("t_l IS NOT DISTINCT FROM t_r");
  expect_alike("t_l IN ('dixon', 'é', t_r)");
  expect_alike("t_l NOT IN ('dixon', NULL)");
  expect_alike("n_l + 0 BETWEEN n_r - 2 AND n_r + 2");
  expect_alike("(t_l = t_r) IS TRUE");
  expect_alike("(t_l = t_r) IS NOT FALSE");
  expect_alike("CASE WHEN t_l = t_r THEN 'same' WHEN t_l IS NULL THEN 'none' ELSE t_r END");
  expect_alike("CASE t_l WHEN 'dixon' THEN 1 WHEN t_r THEN 2 END");
}

TEST_F(ConditionDuck, functions_of_texts_are_the_same) {
  for (const char* sql : {"substr(t_l, 2, 3)",
                          "substring(t_l, 0, 3)",
                          "substr(t_l, -2, 2)",
                          "substr(t_l, -8, 4)",
                          "substr(t_l, 2)",
                          "substr(t_l, 3, -2)",
                          "left(t_l, 2)",
                          "left(t_l, -2)",
                          "right(t_l, 2)",
                          "right(t_l, -2)",
                          "length(t_l)",
                          "lower(t_l)",
                          "upper(t_l)",
                          "trim(t_l)",
                          "ltrim(t_l)",
                          "rtrim(t_l)",
                          "trim(t_l, 'Da')",
                          "t_l || '-' || t_r",
                          "concat(t_l, '-', t_r)",
                          "reverse(t_l)",
                          "replace(t_l, 'a', 'xy')",
                          "split_part(t_l, 'o', 2)",
                          "split_part(t_l, 'o', -1)",
                          "starts_with(t_l, 'd')",
                          "contains(t_l, t_r)",
                          "t_l LIKE '%o%n'",
                          "t_l LIKE '_i%'",
                          "t_l ILIKE 'M%a'",
                          "nullif(t_l, t_r)",
                          "coalesce(t_l, t_r, 'none')",
                          "greatest(t_l, t_r)",
                          "least(t_l, t_r)",
                          "t_l[1]",
                          "t_l[-1]",
                          "TRY_CAST(t_l AS DOUBLE)",
                          "CAST(n_l + 0.25 AS VARCHAR)"}) {
    expect_alike(sql);
  }
}

TEST_F(ConditionDuck, regular_expressions_are_the_same) {
  for (const char* pattern : {"^[^@]+",    "@(.*)$",         "([a-z]+)([0-9]*)",
                              "a|ab|abc",  "(a|ab)(c|bcd)?", "^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]",
                              "o.*?e",     "o.*e",           "(?i)[m]ar",
                              "\\\\w+",    "\\\\bso\\\\b",   "[^a-z ]{2,}",
                              "(x)?o",     "x{0}r",          ".",
                              "é",         "(o|e)+",         "^$",
                              "[[a]",      "t{2,3}|r{1,}",   "(?:a(r)?)+",
                              "[\\\\d.-]+"}) {
    // The pattern as SQL has it: one backslash.
    std::string plain(pattern);
    for (std::size_t at = plain.find("\\\\"); at != std::string::npos; at = plain.find("\\\\", at + 1))
      plain.erase(at, 1);
    expect_alike("regexp_extract(t_l, '" + plain + "', 0)");
    expect_alike("regexp_matches(t_l, '" + plain + "')");
    if (plain.find("(") != std::string::npos && plain.find("(?") == std::string::npos) {
      expect_alike("regexp_extract(t_l, '" + plain + "', 1)");
    }
  }
}

TEST_F(ConditionDuck, dates_are_read_and_counted_the_same) {
  for (const char* form : {"%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"}) {
    expect_alike("EPOCH(try_strptime(d_l, '" + std::string(form) + "'))");
  }
  expect_alike("ABS(EPOCH(try_strptime(d_l, '%Y-%m-%d')) - EPOCH(try_strptime(d_r, '%Y-%m-%d')))");
  expect_alike("try_strptime(d_l, '%Y-%m-%d') IS NULL OR try_strptime(d_r, '%Y-%m-%d') IS NULL");
  for (const char* part : {"second", "minute", "hour", "day", "week", "month", "quarter", "year"}) {
    expect_alike("date_diff('" + std::string(part) + "', m_l, m_r)");
    expect_alike("date_part('" + std::string(part) + "', m_l)");
  }
  expect_alike("EXTRACT(EPOCH FROM m_l)");
  expect_alike("year(m_l) + month(m_r) * 100");
  expect_alike("EPOCH(TRY_CAST(d_l AS TIMESTAMP))");
  expect_alike("EPOCH(TRY_CAST(d_l AS DATE))");
  expect_alike("m_l < TIMESTAMP '2000-06-01 00:00:00'");
}

TEST_F(ConditionDuck, numbers_are_the_same) {
  for (const char* sql : {"n_l + n_r", "n_l - n_r * 2", "n_l / n_r", "n_l % 3", "abs(n_l - n_r)", "-n_l", "round(n_l)",
                          "round(n_l, 1)", "ceil(n_l)", "floor(n_l)", "greatest(n_l + 0, n_r + 0)", "n_l - -n_r",
                          "(ABS(n_l - n_r) / (CASE WHEN n_r > n_l THEN n_r ELSE n_l END)) < 0.1"}) {
    expect_alike(sql);
  }
  expect_alike(
      "round(acos(CASE WHEN sin(radians(n_l)) * sin(radians(n_r)) > 1 THEN 1 ELSE sin(radians(n_l)) * "
      "sin(radians(n_r)) END) * 6371, 6)");
}

TEST_F(ConditionDuck, lists_are_the_same) {
  for (const char* sql :
       {"array_length(list_intersect(l_l, l_r))", "len(list_distinct(l_l))", "list_contains(l_l, 'a')",
        "list_has_any(l_l, l_r)", "list_unique(l_l) + list_unique(l_r)", "list_max(list_distinct(l_l))",
        "list_unique(list_concat(l_l, l_r))", "list_transform(l_l, x -> upper(x))", "list_filter(l_l, x -> x > 'a')",
        "list_has_all(l_l, l_r)",
        "list_min(list_transform(flatten(list_transform(l_l, x -> list_transform(l_r, y -> [x, y]))), "
        "pair -> levenshtein(pair[1], pair[2])))"}) {
    expect_alike(sql);
  }
}

// Random texts over few letters, where swaps and repeats are frequent, and long enough for several machine words.
TEST_F(ConditionDuck, random_texts_are_as_alike) {
  base::Random random({.seed = 7, .stream = 1});
  std::string values;
  std::vector<std::pair<std::string, std::string>> texts;
  for (int pair = 0; pair < 400; ++pair) {
    const auto made = [&] {
      std::string text;
      const auto length = static_cast<int>(random.below(pair % 4 == 0 ? 150 : 9));
      for (int i = 0; i < length; ++i) text += static_cast<char>('a' + static_cast<int>(random.below(4)));
      return text;
    };
    texts.emplace_back(made(), made());
    values += (pair == 0 ? "(" : ",(") + std::to_string(pair) + ",'" + texts.back().first + "','" +
              texts.back().second + "')";
  }
  const std::string pairs = "SELECT * FROM (VALUES " + values + ") v(i, t_l, t_r)";
  for (const std::string name : {"jaro_similarity", "jaro_winkler_similarity", "levenshtein", "damerau_levenshtein"}) {
    const std::vector<std::string> expected = asked_of_duck(name + "(t_l, t_r)", Kind::number, pairs);
    ASSERT_EQ(expected.size(), texts.size());
    Arena arena;
    CallContext context{.arena = arena};
    for (std::size_t pair = 0; pair < texts.size(); ++pair) {
      const std::array<Value, 2> arguments{Value{std::string_view(texts[pair].first)},
                                           Value{std::string_view(texts[pair].second)}};
      EXPECT_EQ(told(find_function(name)->apply(arguments, context)), expected[pair]) << name << " of pair " << pair;
    }
  }
}

}  // namespace
}  // namespace throughline::linkage::splink
