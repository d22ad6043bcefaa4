// What is found of the columns of an input, and said before anything is linked.

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/host.h"
#include "app/link_files.h"
#include "app/made_up_world.h"
#include "base/parallel.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* k_born =
    "row,first_name,surname,dob\n"
    "r1,Inventa,Fictonbee,1990-04-23\n"
    "r2,Imagino,Madeupson,1985-12-30\n";

struct LinkColumns : testing::Test, MadeUpWorld {
  LinkColumns() { request.ids = {"row"}; }

  void input(const std::string& name, const std::string& text) { request.inputs.push_back(put(name, text)); }
  [[nodiscard]] Report done() const { return link_files(outside, settings, request).value(); }
  [[nodiscard]] std::string notes() const {
    std::string all;
    const Report report = done();
    for (const std::string& note : section_of(report, "inputs").notes) all += note + "\n";
    return all;
  }

  LinkFilesRequest request;
};

// A server runs many acts at a time: a command that is handed over to it does not set how many threads they all have.
TEST_F(LinkColumns, leaves_the_threads_of_a_server_that_it_was_handed_over_to_alone) {
  static_cast<void>(founded());
  const auto host = Host::open(outside, settings, "serve").value();
  outside.host = host.get();
  input("people.csv", k_born);
  base::set_thread_limit(2);
  settings.threads = 1;
  static_cast<void>(done());
  request.splink_model = put("model.json", "{}");
  EXPECT_FALSE(link_files(outside, settings, request).ok());
  EXPECT_EQ(base::thread_limit(), 2);
  outside.host = nullptr;
  request.splink_model.clear();
  static_cast<void>(done());
  EXPECT_EQ(base::thread_limit(), 1);
  base::set_thread_limit(0);
}

TEST_F(LinkColumns, says_that_a_column_without_two_equal_values_speaks_for_no_link) {
  input("people.csv",
        "row,first_name,surname,nhs_number\n"
        "r1,Inventa,Fictonbee,9434765919\nr2,Inventa,Fictonbe,9434765870\nr3,Imagino,Madeupson,\n");
  const std::string told = notes();
  EXPECT_THAT(told, HasSubstr("people: nhs_number: no value comes twice, so it speaks for no link but by values that "
                              "are nearly alike; if it numbers rows, leave it out with --field none=nhs_number."));
  EXPECT_THAT(told, Not(HasSubstr("9434765")));
  request.inputs.push_back(put("others.csv", "row,first_name,surname,nhs_number\nx1,Inventa,Fictonbee,9434765919\n"));
  EXPECT_THAT(notes(), Not(HasSubstr("no value comes twice"))) << "another input may have the value";
}

TEST_F(LinkColumns, says_what_it_means_that_there_is_no_date_of_birth) {
  input("people.csv", "row,first_name,surname\nr1,Inventa,Fictonbee\nr2,Imagino,Madeupson\n");
  EXPECT_THAT(notes(),
              HasSubstr("No date of birth was found: namesakes, and brothers and sisters, can hardly be told apart. If "
                        "there is one, name its column with --field birth_date=COLUMN."));
  request.inputs = {put("born.csv", k_born)};
  EXPECT_THAT(notes(), Not(HasSubstr("No date of birth")));
}

// A value that very many share is counted and not shown.
TEST_F(LinkColumns, counts_the_values_that_too_many_share_and_does_not_show_them) {
  std::string rows = "row,first_name,surname,dob,postcode\n";
  for (int i = 0; i < 3200; ++i) {
    rows += fmt::format("r{},Given{},Family{},19{:02}-0{}-1{},ZZ1 9ZZ\n", i, i % 700, i % 900, i % 60 + 30, i % 9 + 1,
                        i % 10);
  }
  for (int i = 0; i < 20; ++i) rows += fmt::format("q{},Given{},Family{},1990-01-02,ZZ2 {}AA\n", i, i, i, i % 9 + 1);
  input("people.csv", rows);
  const Report report = done();
  const Table& rules = section_of(report, "blocking").tables.at(0);
  bool is_said = false;
  for (std::size_t row = 0; row < rules.rows.size(); ++row) {
    if (cell_of(rules, row, "rule") != Value("postcode")) continue;
    is_said = true;
    EXPECT_THAT(std::get<std::string>(cell_of(rules, row, "used")),
                HasSubstr("but for 1 values shared by too many, 5118400 pairs"));
  }
  EXPECT_TRUE(is_said);
  for (const auto& row : rules.rows) {
    for (const Value& value : row) {
      const auto* text = std::get_if<std::string>(&value);
      EXPECT_THAT(text == nullptr ? "" : *text, Not(HasSubstr("ZZ1")));
    }
  }
  EXPECT_THAT(notes(), Not(HasSubstr("ZZ1")));
}

TEST_F(LinkColumns, notes_columns_that_are_constant_or_empty) {
  input("people.csv", "row,first_name,surname,sex,city\n1,Inventa,Fictonbee,F,\n2,Imagino,Madeupson,F,\n");
  const std::string told = notes();
  EXPECT_THAT(told, HasSubstr("people: column sex is not used: one value only."));
  EXPECT_THAT(told, HasSubstr("people: column city is not used: all missing."));
}

}  // namespace
}  // namespace throughline::app
