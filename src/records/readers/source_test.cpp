#include "records/readers/source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/sha256.h"
#include "records/readers/made_up_files.h"

namespace throughline::records {
namespace {

const std::string k_table = "month,crime\n2025-01,Drugs\n2025-02,Robbery\n";

TEST(source, a_plain_file_has_one_hash_for_both) {
  const ScratchFolder folder;
  const ReadAll all = read_all(folder.write("a.csv", k_table));
  EXPECT_EQ(all.hashes.content, base::hash_text(k_table));
  EXPECT_EQ(all.hashes.received, all.hashes.content);
  EXPECT_EQ(all.hashes.content_bytes, static_cast<std::int64_t>(k_table.size()));
}

TEST(source, gzip_in_several_members_is_one_content_with_two_hashes) {
  const ScratchFolder folder;
  const std::string packed = gzipped(k_table.substr(0, 20)) + gzipped(k_table.substr(20));
  const ReadAll all = read_all(folder.write("a.csv.gz", packed));
  ASSERT_EQ(all.error, "");
  EXPECT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.hashes.content, base::hash_text(k_table));
  EXPECT_EQ(all.hashes.received, base::hash_text(packed));
}

TEST(source, a_gzip_cut_off_anywhere_is_refused) {
  const ScratchFolder folder;
  const std::string packed = gzipped(k_table);
  for (std::size_t size = 4; size < packed.size(); size += 3) {
    const ReadAll all = read_all(folder.write("a.csv.gz", packed.substr(0, size)));
    EXPECT_EQ(all.error,
              "the gzip file is cut off: it ends after " + std::to_string(size) + " bytes without its closing mark");
  }
}

TEST(source, a_damaged_gzip_and_garbage_after_one_are_refused) {
  const ScratchFolder folder;
  std::string packed = gzipped(k_table);
  const ReadAll followed = read_all(folder.write("a.gz", packed + "garbage"));
  EXPECT_EQ(followed.error, "bytes that are no gzip follow the end of the gzip data");
  EXPECT_EQ(read_all(folder.write("b.gz", packed + std::string(9, '\0'))).error, "");
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
  EXPECT_EQ(read_all(folder.write("c.gz", packed)).error, "the gzip data are damaged (incorrect data check)");
}

TEST(source, a_file_that_unpacks_to_too_much_is_refused) {
  const ScratchFolder folder;
  ReadOptions options;
  options.limits.ratio_free_bytes = 1000;
  const std::string packed = gzipped("a,b\n" + std::string(3'000'000, '1'));
  EXPECT_NE(read_all(folder.write("a.gz", packed), options).error.find("over 250 times"), std::string::npos);
  options.limits.plain_bytes_max = 10;
  EXPECT_EQ(read_all(folder.write("b.gz", gzipped(k_table)), options).error,
            "the file unpacks to more than the 10 bytes allowed");
}

TEST(source, a_zip_gives_its_only_table_or_the_one_named) {
  const ScratchFolder folder;
  const std::string one = folder.write("one.zip", zipped({{"readme.md", "hello"}, {"in/a.csv", k_table}}));
  EXPECT_EQ(read_all(one).rows.size(), 2U);
  EXPECT_EQ(read_all(one).hashes.content, base::hash_text(k_table));
  const std::string two = folder.write("two.zip", zipped({{"a.csv", k_table}, {"b.csv", "x\n1\n"}}));
  EXPECT_EQ(read_all(two).error, "the zip holds 2 tables: a.csv, b.csv");
  EXPECT_EQ(read_all(two + ":b.csv").header, std::vector<std::string>{"x"});
  const std::string said = read_all(two + ":c.csv").error_message;
  EXPECT_NE(said.find("the zip has no member \"c.csv\""), std::string::npos);
  EXPECT_NE(said.find("Did you mean"), std::string::npos);
}

TEST(source, a_damaged_zip_is_refused) {
  const ScratchFolder folder;
  const std::string packed = zipped({{"a.csv", k_table}});
  const std::string said = read_all(folder.write("a.zip", packed.substr(0, packed.size() - 10))).error;
  EXPECT_TRUE(said.starts_with("the zip is damaged or cut off: ")) << said;
}

TEST(source, a_missing_file_is_told_with_the_nearest_name) {
  const ScratchFolder folder;
  const std::string there = folder.write("essex-street.csv", k_table);
  const ReadAll all = read_all(folder.path("esex-street.csv"));
  EXPECT_EQ(all.error, "there is no such file");
  EXPECT_NE(all.error_message.find("Did you mean " + there + "?"), std::string::npos) << all.error_message;
}

TEST(source, folders_pipes_and_empty_files_are_refused) {
  const ScratchFolder folder;
  EXPECT_EQ(read_all(folder.path("")).error, "this is a folder, not a file");
  EXPECT_EQ(read_all(folder.write("a.csv", "")).error, "the file is empty: 0 bytes, not even a header");
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_all(folder.path("pipe")).error, "this is no ordinary file but a pipe or a device");
}

TEST(source, an_unreadable_file_is_refused) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const ScratchFolder folder;
  const std::string path = folder.write("a.csv", k_table);
  std::filesystem::permissions(path, std::filesystem::perms::none);
  EXPECT_EQ(read_all(path).error, "you may not read this file");
}

TEST(source, a_part_of_a_file_without_parts_is_refused) {
  const ScratchFolder folder;
  EXPECT_EQ(read_all(folder.write("a.csv", k_table) + ":Sheet1").error,
            "this file is neither a zip nor a workbook, so it has no part \"Sheet1\"");
}

}  // namespace
}  // namespace throughline::records
