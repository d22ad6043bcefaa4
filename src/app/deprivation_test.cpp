#include "app/deprivation.h"

#include <gtest/gtest.h>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

struct DeprivationTest : testing::Test, MadeUpWorld {
  [[nodiscard]] base::Result<Deprivation> reading(const std::string& text) const {
    store::put_bytes(path("deciles.csv"), text);
    return Deprivation::read(path("deciles.csv"));
  }
  [[nodiscard]] std::string fault(const std::string& text) const {
    const std::string message = reading(text).error().message();
    const std::size_t at = message.find(path("deciles.csv"));
    return at == std::string::npos ? message
                                   : message.substr(0, at) + "FILE" + message.substr(at + path("deciles.csv").size());
  }
};

TEST_F(DeprivationTest, gives_the_fifth_of_a_postcode_however_it_is_written) {
  const Deprivation found =
      reading("postcode,name,decile\nZZ1 1AA,x,1\nZZ11AB,x,2\nzz1 1ac,x,3\nZZ1 1AD,x,8\nZZ1 1AE,x,10\n").value();
  EXPECT_EQ(found.fifth_of("zz11aa"), "1, most deprived");
  EXPECT_EQ(found.fifth_of("ZZ1 1AB"), "1, most deprived");
  EXPECT_EQ(found.fifth_of("ZZ1 1AC"), "2");
  EXPECT_EQ(found.fifth_of("ZZ1 1AD"), "4");
  EXPECT_EQ(found.fifth_of("ZZ1 1AE"), "5, least deprived");
  EXPECT_EQ(found.fifth_of("ZZ9 9ZZ"), "");
  EXPECT_EQ(found.fifth_of(""), "");
}

TEST_F(DeprivationTest, says_which_line_is_wrong_and_shows_no_postcode) {
  EXPECT_EQ(
      fault("postcode,decile\nZZ1 1AA,1\nZZ1 1AB,11\n"),
      "The decile of this row is no whole number from 1 to 10 (FILE line 3). Write 1 for the most deprived tenth of "
      "areas, 10 for the least.");
  EXPECT_EQ(fault("postcode,decile\nZZ1 1AA,1\nZZ11AA,2\n"),
            "The postcode of this row came before (FILE line 3). Keep one row for each postcode.");
  EXPECT_EQ(fault("postcode,decile\n,1\n"),
            "This row has no postcode (FILE line 2). Give it one, or take the row out.");
  EXPECT_EQ(fault("postcodes,decile\nZZ1 1AA,1\n"),
            "There is no column postcode (FILE line 1). Is postcodes meant for it? Rename it.");
}

}  // namespace
}  // namespace throughline::app
