#include "app/link_files.h"

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "store/duck.h"

namespace throughline::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// Three people, the first with two records that differ by a slip.
constexpr const char* k_people =
    "row,first_name,surname,dob,postcode\n"
    "r1,Inventa,Fictonbee,1990-04-23,AB1 2CD\n"
    "r2,Imagino,Madeupson,1985-12-30,ZE1 9XX\n"
    "r3,Inventa,Fictonbe,1990-04-23,AB1 2CD\n"
    "r4,Phantasia,Nowhereby,1971-07-19,YO9 3ZZ\n";

struct LinkFiles : testing::Test, MadeUpWorld {
  LinkFiles() { request.ids = {"row"}; }

  void input(const std::string& name, const std::string& text) { request.inputs.push_back(put(name, text)); }
  [[nodiscard]] Report done() const { return link_files(outside, settings, request).value(); }
  [[nodiscard]] base::Error refused() const { return link_files(outside, settings, request).error(); }
  [[nodiscard]] std::string written(const std::string& name) const { return store::bytes_of(path(name)); }

  LinkFilesRequest request;
};

std::string notes_of(const Report& report, const std::string& section) {
  std::string all;
  for (const std::string& note : section_of(report, section).notes) all += note + "\n";
  return all;
}

std::string words_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? "" : *text + "\n";
}

// All words of a report, wherever they stand.
std::string words_of(const Report& report) {
  std::string all;
  for (const Section& section : report.sections) {
    all += section.title + section.verbatim + notes_of(report, section.name);
    for (const Fact& fact : section.facts) all += fact.label + words_of(fact.value);
    for (const Table& table : section.tables) {
      for (const std::vector<Value>& row : table.rows) {
        for (const Value& value : row) all += words_of(value);
      }
    }
  }
  return all;
}

TEST_F(LinkFiles, puts_rows_of_one_person_together_and_numbers_people_in_the_order_of_rows) {
  input("people.csv", k_people);
  request.output = path("clusters.csv");
  const Report report = done();
  EXPECT_EQ(written("clusters.csv"), "row,cluster_id\nr1,1\nr2,2\nr3,1\nr4,3\n");
  EXPECT_EQ(fact_of(report, "result", "clusters"), Value(std::int64_t{3}));
  EXPECT_EQ(report.outcome, Outcome::done);
}

TEST_F(LinkFiles, without_an_output_tells_only_the_plan) {
  input("people.csv", k_people);
  const Report report = done();
  EXPECT_THAT(notes_of(report, "blocking"),
              HasSubstr("Nothing was linked: name a file for the clusters with --output."));
  EXPECT_EQ(fact_of(report, "blocking", "pairs_possible"), Value(std::int64_t{6}));
  EXPECT_EQ(section_of(report, "result").facts.size(), 0U);
}

TEST_F(LinkFiles, of_several_inputs_names_the_input_of_each_row) {
  input("census.csv", k_people);
  input("register.csv", "row,forename,family name,date of birth,post code\nr1,Inventa,Fictonbee,23/04/1990,AB12CD\n");
  request.output = path("clusters.csv");
  static_cast<void>(done());
  EXPECT_EQ(written("clusters.csv"),
            "source_dataset,row,cluster_id\ncensus,r1,1\ncensus,r2,2\ncensus,r3,1\ncensus,r4,3\nregister,r1,1\n");
}

TEST_F(LinkFiles, numbers_inputs_that_are_called_alike) {
  fs::create_directory(path("a"));
  fs::create_directory(path("b"));
  input("a/people.csv", k_people);
  input("b/people.csv", k_people);
  request.output = path("clusters.csv");
  static_cast<void>(done());
  EXPECT_THAT(written("clusters.csv"), HasSubstr("people_2,r4,3\n"));
}

TEST_F(LinkFiles, across_only_leaves_two_rows_of_one_input_apart) {
  input("census.csv", k_people);
  input("register.csv", "row,first_name,surname,dob,postcode\nx,Nobody,Elseby,1950-01-15,EX1 1XX\n");
  request.is_across_only = true;
  request.output = path("clusters.csv");
  static_cast<void>(done());
  EXPECT_THAT(written("clusters.csv"), HasSubstr("census,r1,1\ncensus,r2,2\ncensus,r3,3\n"));
}

// Two rows of one input that could be of one person: each input names nobody twice.
TEST_F(LinkFiles, one_to_one_puts_no_two_rows_of_one_input_together) {
  input("census.csv", k_people);
  input("register.csv", "row,first_name,surname,dob,postcode\nx,Inventa,Fictonbee,1990-04-23,AB1 2CD\n");
  request.is_one_to_one = true;
  request.output = path("clusters.csv");
  static_cast<void>(done());
  const std::string clusters = written("clusters.csv");
  EXPECT_THAT(clusters, HasSubstr("census,r1,1\ncensus,r2,2\ncensus,r3,3\n"));
  EXPECT_THAT(clusters, HasSubstr("register,x,1\n"));
}

TEST_F(LinkFiles, quotes_what_a_csv_must_quote) {
  input("people.csv", "\"row, of all\",first_name,surname\n\"a,1\",Inventa,Fictonbee\n\"b\"\"2\",Imagino,Madeupson\n");
  request.ids = {"row, of all"};
  request.output = path("clusters.csv");
  static_cast<void>(done());
  EXPECT_EQ(written("clusters.csv"), "\"row, of all\",cluster_id\n\"a,1\",1\n\"b\"\"2\",2\n");
}

TEST_F(LinkFiles, writes_weighed_pairs_with_the_columns_an_analyst_of_Splink_expects) {
  input("people.csv", k_people);
  request.output = path("clusters.csv");
  request.pairs = path("pairs.csv");
  static_cast<void>(done());
  const std::string pairs = written("pairs.csv");
  EXPECT_THAT(pairs, testing::StartsWith("match_weight,match_probability,source_dataset_l,row_l,source_dataset_r,row_r,"
                                         "gamma_names,gamma_birth,gamma_place,gamma_sex,gamma_middle,gamma_locality,"
                                         "gamma_region,gamma_email,gamma_phone,gamma_identifier\n"));
  EXPECT_THAT(pairs, HasSubstr(",people,r1,people,r3,"));
}

// Rows of a Parquet file as the CSV of the same table would have them, numbers with so many decimals.
std::string read_back(const fs::path& folder, const std::string& name, const std::string& columns) {
  const auto duck = store::Duck::open(folder / "reading.db", {.temp_directory = {}, .inbox_directory = folder}).value();
  store::DuckConnection connection = duck.connect().value();
  store::DuckResult result =
      connection
          .query(fmt::format("SELECT concat_ws(',', {}) FROM read_parquet('{}', file_row_number = true) ORDER BY "
                             "file_row_number",
                             columns, (folder / name).string()))
          .value();
  std::string rows;
  while (const auto chunk = result.next().value()) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) rows += std::string(chunk->text(0, row)) + '\n';
  }
  return rows;
}

std::string without_header(const std::string& csv) {
  return csv.substr(csv.find('\n') + 1);
}

TEST_F(LinkFiles, writes_as_Parquet_what_it_writes_as_CSV) {
  input("census.csv", k_people);
  input("register.csv", "row,forename,family name,date of birth,post code\nr1,Inventa,Fictonbee,23/04/1990,AB12CD\n");
  for (const char* ending : {".csv", ".parquet"}) {
    request.output = path(fmt::format("clusters{}", ending));
    request.pairs = path(fmt::format("pairs{}", ending));
    static_cast<void>(done());
  }
  EXPECT_EQ(read_back(folder.path(), "clusters.parquet", "source_dataset, row, cluster_id"),
            without_header(written("clusters.csv")));
  const std::string columns =
      "format('{:.6f}', match_weight), format('{:.9f}', match_probability), source_dataset_l, row_l, source_dataset_r, "
      "row_r, gamma_names, gamma_birth, gamma_place, gamma_sex, gamma_middle, gamma_locality, gamma_region, "
      "gamma_email, gamma_phone, gamma_identifier";
  const std::string pairs = read_back(folder.path(), "pairs.parquet", columns);
  EXPECT_THAT(pairs, HasSubstr(",census,r1,register,r1,"));
  EXPECT_EQ(pairs, without_header(written("pairs.csv")));
  EXPECT_EQ(read_back(folder.path(), "pairs.parquet",
                      "typeof(match_weight), typeof(match_probability), typeof(row_l), typeof(gamma_sex)")
                .substr(0, 29),
            "DOUBLE,DOUBLE,VARCHAR,BIGINT\n");
}

TEST_F(LinkFiles, refuses_a_kind_of_file_that_it_does_not_write) {
  input("people.csv", k_people);
  request.output = path("clusters.xlsx");
  EXPECT_EQ(refused().message(),
            "Tables are written as .csv or .parquet, not as .xlsx (--output). Give the file a name with one of these "
            "endings.");
  request.output = path("clusters.csv");
  request.pairs = path("pairs.csv.gz");
  EXPECT_EQ(refused().code, "output_ending");
  EXPECT_FALSE(fs::exists(path("clusters.csv")));
}

TEST_F(LinkFiles, takes_a_name_without_an_ending_for_CSV) {
  input("people.csv", k_people);
  request.output = path("clusters");
  static_cast<void>(done());
  EXPECT_THAT(written("clusters"), testing::StartsWith("row,cluster_id\nr1,1\n"));
}

TEST_F(LinkFiles, tells_accuracy_against_a_truth) {
  input("people.csv",
        "row,first_name,surname,dob,who\n1,Inventa,Fictonbee,1990-04-23,A\n2,Inventa,Fictonbee,1990-04-23,A\n"
        "3,Imagino,Madeupson,1985-12-30,B\n");
  request.truth = "who";
  request.output = path("clusters.csv");
  const Report report = done();
  EXPECT_EQ(fact_of(report, "accuracy", "true_pairs"), Value(std::int64_t{1}));
  EXPECT_EQ(fact_of(report, "accuracy", "f1"), Value(Decimal{1, 5}));
  request.truth = "whom";
  EXPECT_EQ(refused().message(), fmt::format("There is no column whom, which --truth names ({}). Did you mean who?",
                                             request.inputs.front()));
}

TEST_F(LinkFiles, lets_field_go_before_what_was_recognised) {
  input("people.csv", "row,first_name,other,surname\n1,Ann,Inventa,Fictonbee\n2,Bob,Imagino,Madeupson\n");
  request.fields = {"given_name=other"};
  const Report report = done();
  EXPECT_THAT(notes_of(report, "inputs"), HasSubstr("column first_name is not used: another column was named for it."));
  EXPECT_THAT(std::get<std::string>(section_of(report, "inputs").tables.front().rows.front().back()),
              HasSubstr("given_name = other"));
}

TEST_F(LinkFiles, says_in_what_order_day_and_month_stand_where_that_matters) {
  input("people.csv", "row,surname,dob\n1,Fictonbee,04/23/1990\n2,Madeupson,03/04/1985\n3,Nowhereby,12/30/1971\n");
  EXPECT_THAT(notes_of(done(), "inputs"), HasSubstr("people: dob: the month comes first."));
  request.inputs.clear();
  input("other.csv", "row,surname,dob\n1,Fictonbee,04/03/1990\n2,Madeupson,03/04/1985\n");
  EXPECT_THAT(notes_of(done(), "inputs"),
              HasSubstr("dob: whether the day or the month comes first cannot be told; the day is taken."));
}

TEST_F(LinkFiles, counts_rows_that_cannot_be_read_and_says_which) {
  input("people.csv", std::string(k_people) + "r5,Inventa\n");
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  EXPECT_EQ(section_of(report, "inputs").tables.front().rows.front()[2], Value(std::int64_t{1}));
  EXPECT_THAT(notes_of(report, "inputs"), HasSubstr("people line 6 has 2 fields where the header has 5."));
}

TEST_F(LinkFiles, refuses_a_request_that_names_no_file_or_no_id) {
  EXPECT_EQ(refused().message(), "No file was given (--input). Name one file or several.");
  input("people.csv", k_people);
  request.ids.clear();
  EXPECT_EQ(refused().message(),
            "Which column tells rows apart was not said (--id). Name the column, for example --id unique_id.");
  request.ids = {"row", "row"};
  EXPECT_EQ(refused().message(),
            "Inputs were named: 1, id columns: 2 (--id). Name one for all inputs, or one for each in their order.");
}

TEST_F(LinkFiles, offers_the_nearest_of_the_columns_to_one_that_is_not_there) {
  input("people.csv", k_people);
  request.ids = {"rwo"};
  EXPECT_EQ(refused().code, "column_unknown");
  EXPECT_EQ(refused().message(),
            fmt::format("There is no column rwo, which --id names ({}). Did you mean row?", request.inputs.front()));
  request.ids = {"entirely other"};
  EXPECT_EQ(refused().remedy, "Its columns are: row, first_name, surname, dob, postcode");
  request.ids = {"row"};
  request.fields = {"given_name=frist_name"};
  EXPECT_EQ(refused().message(),
            fmt::format("There is no column frist_name, which --field names ({}). Did you mean first_name?",
                        request.inputs.front()));
}

TEST_F(LinkFiles, offers_the_nearest_of_the_fields_to_one_that_is_not_known) {
  input("people.csv", k_people);
  request.fields = {"given_nam=first_name"};
  EXPECT_EQ(refused().message(), "given_nam=first_name is not FIELD=COLUMN (--field). Did you mean given_name=…?");
  request.fields = {"colour=first_name"};
  EXPECT_THAT(refused().remedy, testing::StartsWith("The fields are: none, given_name, middle_name,"));
}

TEST_F(LinkFiles, refuses_inputs_without_a_field_about_people_or_none_in_common) {
  input("things.csv", "row,colour\n1,red\n2,blue\n");
  EXPECT_EQ(refused().message(), fmt::format("No column was recognised as something about a person ({}). Say what "
                                             "columns are, for example --field given_name=COLUMN.",
                                             request.inputs.front()));
  request.inputs.clear();
  input("names.csv", "row,first_name\n1,Inventa\n2,Imagino\n");
  input("births.csv", "row,dob\n1,1990-04-23\n2,1985-12-30\n");
  EXPECT_EQ(refused().message(),
            fmt::format("The inputs have no column about a person in common ({}). Say what columns "
                        "are, for example --field given_name=COLUMN.",
                        request.inputs.front()));
}

// Planted values: none of them may be in what is said.
constexpr const char* k_planted = "Xylonia";

TEST_F(LinkFiles, refuses_a_blank_id_and_names_its_line) {
  input("people.csv", fmt::format("row,first_name,surname\n1,{0},{0}son\n,{0}a,{0}bee\n", k_planted));
  EXPECT_EQ(
      refused().message(),
      fmt::format("The id column row is blank ({} line 3). Every row needs an id of its own: choose another column, "
                  "or number the rows.",
                  request.inputs.front()));
}

TEST_F(LinkFiles, refuses_an_id_that_comes_twice_without_showing_it) {
  input("people.csv",
        fmt::format("row,first_name,surname\n{0}1,{0},{0}son\n2,{0}a,{0}bee\n{0}1,{0}b,{0}bee\n", k_planted));
  const std::string said = refused().message();
  EXPECT_EQ(said, fmt::format("The id column row repeats a value; rows with one that came before: 1 ({}, first in row "
                              "3). Choose a column that "
                              "tells rows apart, or number the rows.",
                              request.inputs.front()));
  EXPECT_THAT(said, Not(HasSubstr(k_planted)));
}

TEST_F(LinkFiles, shows_no_personal_value_in_its_report_or_its_progress) {
  std::string said;
  base::Progress talking({.style = base::ProgressStyle::lines}, clock,
                         [&said](std::string_view text) { said += text; });
  const Outside heard{.clock = clock, .entropy = entropy, .progress = talking, .interrupt = interrupt};
  std::string rows = "row,first_name,surname,dob,postcode,email\n";
  for (int i = 0; i < 40; ++i) {
    rows += fmt::format("{1},{0}{2},{0}son,19{3}-04-23,AB{4} 2CD,{0}{2}@fictonbee.uk\n", k_planted, i, i / 2,
                        60 + i / 2, i / 2);
  }
  rows += fmt::format("41,{0}\n42,{0},{0},{0},{0},{0},{0}\n", k_planted);
  input("people.csv", rows);
  request.output = path("clusters.csv");
  request.truth = "surname";
  const Report report = link_files(heard, settings, request).value();
  said += words_of(report);
  EXPECT_THAT(said, HasSubstr("people"));
  EXPECT_THAT(said, Not(HasSubstr(k_planted)));
}

TEST_F(LinkFiles, into_a_folder_that_is_not_there_is_refused_and_makes_nothing) {
  input("people.csv", k_people);
  request.output = path("missing/clusters.csv");
  const base::Error error = refused();
  EXPECT_EQ(error.kind, base::ErrorKind::world);
  EXPECT_THAT(error.message(), HasSubstr("missing/clusters.csv"));
  EXPECT_FALSE(fs::exists(path("missing")));
}

// What a killed program left is a part under another name; a stopped one leaves what was there before.
TEST_F(LinkFiles, leaves_the_output_before_whole_until_the_new_one_is) {
  input("people.csv", k_people);
  request.output = put("clusters.csv", "of a run before\n");
  put("clusters.csv.partial", "row,clus");
  interrupt.request();
  EXPECT_EQ(refused().code, "interrupted");
  EXPECT_EQ(written("clusters.csv"), "of a run before\n");
  base::Interrupt calm;
  const Outside again{.clock = clock, .entropy = entropy, .progress = progress, .interrupt = calm};
  ASSERT_TRUE(link_files(again, settings, request).ok());
  EXPECT_EQ(written("clusters.csv"), "row,cluster_id\nr1,1\nr2,2\nr3,1\nr4,3\n");
  EXPECT_FALSE(fs::exists(path("clusters.csv.partial")));
}

TEST_F(LinkFiles, gives_the_same_bytes_at_one_thread_and_at_two) {
  input("people.csv", k_people);
  request.output = path("clusters.csv");
  request.pairs = path("pairs.csv");
  settings.threads = 1;
  static_cast<void>(done());
  const std::string alone = written("pairs.csv") + written("clusters.csv");
  settings.threads = 2;
  static_cast<void>(done());
  EXPECT_EQ(written("pairs.csv") + written("clusters.csv"), alone);
}

}  // namespace
}  // namespace throughline::app
