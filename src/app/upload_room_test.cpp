#include "app/upload_room.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "store/testing_folder.h"

namespace throughline::app {
namespace {

struct UploadRoomTest : testing::Test {
  store::TestingFolder folder;
  ledger::AccountId cole{1};
  ledger::AccountId dean{2};
  static UploadLimits limits(std::int64_t reserve = 0) {
    return {.files_max = 2, .bytes_max = 100, .disk_reserve_bytes = reserve};
  }
};

TEST_F(UploadRoomTest, has_so_many_files_of_one_account_and_those_of_others_beside_them) {
  UploadRoom room(limits());
  const auto one = room.enter(cole, 0).value();
  auto two = room.enter(cole, 0).value();
  EXPECT_EQ(room.enter(cole, 0).error().code, "uploads_full");
  EXPECT_TRUE(room.enter(dean, 0).ok());
  two.reset();
  EXPECT_TRUE(room.enter(cole, 0).ok()) << "given back";
}

TEST_F(UploadRoomTest, counts_bytes_as_they_come_and_those_that_were_announced_at_once) {
  UploadRoom room(limits());
  const auto announced = room.enter(cole, 60).value();
  EXPECT_EQ(room.enter(cole, 41).error().code, "uploads_full");
  const auto silent = room.enter(cole, 0).value();
  EXPECT_TRUE(silent->grow(folder.path(), 40).ok());
  EXPECT_EQ(silent->grow(folder.path(), 1).error().code, "uploads_full");
  EXPECT_TRUE(announced->grow(folder.path(), 60).ok()) << "announced, so counted already";
  EXPECT_EQ(announced->grow(folder.path(), 1).error().code, "uploads_full");
}

TEST_F(UploadRoomTest, gives_back_all_that_a_file_took) {
  UploadRoom room(limits());
  for (int i = 0; i < 3; ++i) {
    const auto place = room.enter(cole, 10).value();
    ASSERT_TRUE(place->grow(folder.path(), 100).ok()) << i;
  }
}

TEST_F(UploadRoomTest, leaves_the_disk_its_reserve_and_says_so) {
  UploadRoom room(limits(std::numeric_limits<std::int64_t>::max()));
  const auto place = room.enter(cole, 1).value();
  const base::Error error = place->grow(folder.path(), 1).error();
  EXPECT_EQ(error.code, "disk_reserve");
  EXPECT_EQ(error.kind, base::ErrorKind::world);
  EXPECT_EQ(error.remedy, "Ask whoever runs the server to make room, then hand the file in again");
}

TEST_F(UploadRoomTest, takes_nothing_onto_a_disk_that_cannot_be_asked) {
  UploadRoom room(limits());
  const auto place = room.enter(cole, 1).value();
  EXPECT_EQ(place->grow(folder.path() / "nowhere", 1).error().code, "disk_reserve");
}

}  // namespace
}  // namespace throughline::app
