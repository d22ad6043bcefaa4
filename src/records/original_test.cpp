#include "records/original.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <vector>

#include "records/readers/csv.h"

namespace throughline::records {
namespace {

const RecordForm k_csv{.format = Format::csv, .delimiter = ',', .columns = {"a", "b"}};
const RecordForm k_json{.format = Format::ndjson, .delimiter = '\0', .columns = {"a", "b"}};

std::optional<FaultRule> rule_of(const OriginalRow& row) {
  return row.fault ? std::optional(row.fault->rule) : std::nullopt;
}

RC_GTEST_PROP(original, a_record_ends_where_the_reader_ends_it, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\"\n\n\r")));
  Window window;
  window.bytes = text;
  const RawRows rows = parse_delimited(window, {.delimiter = ',', .columns = 2});
  std::vector<Place> places = rows.places;
  for (const Fault& fault : rows.faults) places.push_back(fault.place);
  for (const Place& place : places) {
    const std::string_view rest = std::string_view(text).substr(static_cast<std::size_t>(place.offset));
    RC_ASSERT(record_length(rest, k_csv, true) == place.length);
    // Seen in parts, it is either not known yet or the same.
    for (std::size_t seen = 0; seen < rest.size(); ++seen) {
      const auto length = record_length(rest.substr(0, seen), k_csv, false);
      RC_ASSERT(length.value_or(place.length) == place.length);
    }
  }
}

TEST(original, a_line_end_cut_apart_is_waited_for) {
  EXPECT_EQ(record_length("1,2\r", k_csv, false), std::nullopt);
  EXPECT_EQ(record_length("1,2\r\n", k_csv, false), 3);
  EXPECT_EQ(record_length("1,2\r3", k_csv, false), 3);
  EXPECT_EQ(record_length("1,2", k_csv, false), std::nullopt);
  EXPECT_EQ(record_length("1,2", k_csv, true), 3);
  EXPECT_EQ(record_length("{}\r\n", k_json, false), 2);
  EXPECT_EQ(record_length("{}", k_json, false), std::nullopt);
}

TEST(original, a_field_has_the_name_of_its_column_and_one_beyond_the_header_its_number) {
  const OriginalRow row = read_record("1,2,3", k_csv, 40);
  EXPECT_EQ(row.fields, (std::vector<OriginalField>{{"a", "1"}, {"b", "2"}, {"field 3", "3"}}));
  EXPECT_EQ(row.fault.value_or(Fault()).message(), "has 3 fields where the header has 2");
  EXPECT_EQ(row.place, 40);
  EXPECT_EQ(row.text, "1,2,3");
}

TEST(original, an_absent_key_is_not_an_empty_one) {
  const OriginalRow row = read_record(R"({"z": [1, 2], "b": ""})", k_json, 0);
  EXPECT_EQ(row.fields, (std::vector<OriginalField>{{"a", std::nullopt}, {"b", ""}, {"z", "[1,2]"}}));
  EXPECT_EQ(rule_of(read_record("[1]", k_json, 0)), FaultRule::broken_json);
  EXPECT_EQ(rule_of(read_record(R"({"a": 1, "a": 2})", k_json, 0)), FaultRule::duplicate_key);
}

}  // namespace
}  // namespace throughline::records
