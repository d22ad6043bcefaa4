#include "app/ingest_report.h"

#include <gtest/gtest.h>

namespace throughline::app {
namespace {

FileOutcome taken(const std::string& path, std::int64_t rows, std::int64_t rejected) {
  records::Ingested ingested;
  ingested.extract.announced.mapping = "police-uk-street 1";
  ingested.extract.announced.rows_read = rows;
  ingested.extract.announced.rows_rejected = rejected;
  if (rejected > 0)
    ingested.rejections = {{.column = "Month", .rule = records::RejectionRule::not_a_month, .faults = rejected}};
  return {.path = path, .ingested = ingested};
}

FileOutcome refused(const std::string& path) {
  return {.path = path,
          .ingested = base::Error{.kind = base::ErrorKind::damaged,
                                  .code = "gzip_cut_off",
                                  .what = "The file ends in the middle",
                                  .where = path,
                                  .remedy = "Ask for it again"}};
}

std::string no_names(ledger::ExtractNo number) {
  return "extract-" + std::to_string(number.number());
}

TEST(IngestReport, gives_each_file_a_row_with_its_counts_and_state) {
  FileOutcome corrected = taken("in/b.csv", 50, 0);
  corrected.ingested.value().superseded = ledger::ExtractNo(7);
  FileOutcome known = taken("in/c.csv", 5, 1);
  known.ingested.value().is_known = true;
  const auto section = ingest_section({taken("in/a.csv", 100, 3), corrected, known}, no_names);
  ASSERT_TRUE(section.ok());
  const Table& files = section.value().tables.front();
  ASSERT_EQ(files.rows.size(), 3U);
  EXPECT_EQ(files.rows[0][0], Value(std::string("a.csv")));
  EXPECT_EQ(files.rows[0][1], Value(std::string("police-uk-street")));
  EXPECT_EQ(files.rows[0][4], Value(std::int64_t{97}));
  EXPECT_EQ(files.rows[0][6], Value(std::string("new")));
  EXPECT_EQ(files.rows[1][6], Value(std::string("corrects extract-7")));
  EXPECT_EQ(files.rows[2][6], Value(std::string("known")));
  ASSERT_EQ(section.value().tables.size(), 2U);
  EXPECT_EQ(section.value().tables[1].rows[0][3], Value(std::string("is not a month")));
}

TEST(IngestReport, a_refused_file_stands_beside_those_that_were_read) {
  const auto section = ingest_section({taken("in/a.csv", 100, 0), refused("in/b.csv.gz")}, no_names);
  ASSERT_TRUE(section.ok());
  EXPECT_EQ(section.value().tables.front().rows[1][6], Value(std::string("refused")));
  EXPECT_EQ(section.value().notes.front(),
            "b.csv.gz was refused: The file ends in the middle (in/b.csv.gz). Ask for it again.");
}

TEST(IngestReport, is_an_error_where_no_file_could_be_read) {
  const auto one = ingest_section({refused("in/a.csv.gz")}, no_names);
  EXPECT_EQ(one.error().what, "The file ends in the middle");
  const auto two = ingest_section({refused("in/a.csv.gz"), refused("in/b.csv.gz")}, no_names);
  EXPECT_EQ(two.error().what, "None of the 2 files could be read. The first: The file ends in the middle");
  EXPECT_EQ(two.error().kind, base::ErrorKind::damaged);
}

TEST(IngestReport, rejections_of_a_file_known_before_are_no_new_findings) {
  FileOutcome known = taken("in/a.csv", 5, 1);
  EXPECT_TRUE(has_findings({known}));
  known.ingested.value().is_known = true;
  EXPECT_FALSE(has_findings({known}));
  EXPECT_TRUE(has_findings({known, refused("in/b.csv.gz")}));
}

}  // namespace
}  // namespace throughline::app
