#include "store/files.h"

#include <gtest/gtest.h>

#include "store/testing_folder.h"

namespace throughline::store {
namespace {

namespace fs = std::filesystem;

TEST(Files, a_bare_name_is_put_in_its_place_in_the_folder_one_stands_in) {
  const TestingFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const bool written = write_whole("bare.txt", "whole").ok();
  fs::current_path(before);
  EXPECT_TRUE(written);
  EXPECT_EQ(read_whole(folder.path() / "bare.txt").value(), "whole");
}

}  // namespace
}  // namespace throughline::store
