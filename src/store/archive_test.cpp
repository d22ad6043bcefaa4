#include "store/archive.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::store {
namespace {

struct ArchiveTest : testing::Test {
  TestingFolder folder;
  PermitForTests permits;
  Archive archive = Archive::open(folder.path() / "archive", permits.setup()).value();

  // A little over two frames, every line different.
  static std::string content() {
    std::string text;
    for (int line = 0; text.size() < (std::size_t{2} << 20) + 1000; ++line)
      text += "row " + std::to_string(line) + "\n";
    return text;
  }
  ArchivedContent put(std::string_view text) {
    ArchiveWriter writer = archive.begin(permits.write()).value();
    for (std::size_t at = 0; at < text.size(); at += 100000) writer.append(text.substr(at, 100000)).value();
    return writer.finish().value();
  }
  std::string whole(const Hash& hash) {
    return archive.read_at(hash, {0, archive.describe(hash).value().plain_bytes}).value();
  }
};

TEST_F(ArchiveTest, a_content_comes_back_whole_and_in_pieces_across_frames) {
  const std::string text = content();
  const ArchivedContent put_in = put(text);
  EXPECT_EQ(put_in.content_hash, base::hash_text(text));
  EXPECT_EQ(put_in.plain_bytes, static_cast<std::int64_t>(text.size()));
  EXPECT_EQ(whole(put_in.content_hash), text);
  for (const std::int64_t offset : {std::int64_t{0}, (std::int64_t{1} << 20) - 7, (std::int64_t{2} << 20) - 1}) {
    EXPECT_EQ(archive.read_at(put_in.content_hash, {offset, 50}).value(),
              text.substr(static_cast<std::size_t>(offset), 50));
  }
  archive.verify(put_in.content_hash).value();
}

TEST_F(ArchiveTest, an_empty_content_is_a_content) {
  const ArchivedContent empty = put("");
  EXPECT_EQ(whole(empty.content_hash), "");
  archive.verify(empty.content_hash).value();
}

TEST_F(ArchiveTest, the_same_content_twice_is_one_file) {
  put("same");
  put("same");
  EXPECT_EQ(archive.list().value().size(), 1U);
}

TEST_F(ArchiveTest, a_place_beyond_the_end_is_an_error_with_both_numbers) {
  const Hash hash = put("short").content_hash;
  const auto read = archive.read_at(hash, {3, 9});
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().what, "bytes 3 to 12 were asked of a content of 5 bytes");
}

TEST_F(ArchiveTest, every_flipped_byte_is_found) {
  const Hash hash = put("a few rows\nof an extract\n").content_hash;
  const auto file = archive.file_of(hash);
  const std::string good = bytes_of(file);
  for (std::size_t at = 8; at < good.size(); ++at) {
    flip_byte(file, at);
    const auto verified = archive.verify(hash);
    ASSERT_FALSE(verified.ok()) << at;
    EXPECT_EQ(verified.error().kind, ErrorKind::damaged) << at;
    put_bytes(file, good);
  }
  archive.verify(hash).value();
}

TEST_F(ArchiveTest, an_erased_row_is_gone_and_other_rows_keep_their_places) {
  const std::string text = content();
  const Hash hash = put(text).content_hash;
  const std::size_t at = text.find("row 77777\n");
  const auto before = archive.rebuild_without(permits.write(), hash, {{static_cast<std::int64_t>(at), 9}}).value();
  EXPECT_EQ(before.content_hash, hash);
  EXPECT_NE(before.held_hash, hash);
  ASSERT_EQ(before.erased.size(), 1U);
  std::string expected = text;
  expected.replace(at, 9, 9, ' ');
  EXPECT_EQ(whole(hash), expected);
  archive.verify(hash).value();
  put(text);
  EXPECT_EQ(whole(hash), expected) << "the same content again must not bring back what was erased";
}

TEST_F(ArchiveTest, erased_ranges_unite_and_cross_frames) {
  const std::string text = content();
  const Hash hash = put(text).content_hash;
  const std::int64_t border = std::int64_t{1} << 20;
  ASSERT_TRUE(archive.rebuild_without(permits.write(), hash, {{border - 5, 10}}).ok());
  const auto twice = archive.rebuild_without(permits.write(), hash, {{border, 20}}).value();
  ASSERT_EQ(twice.erased.size(), 1U);
  EXPECT_EQ(twice.erased.front(), (ByteRange{border - 5, 25}));
  EXPECT_EQ(archive.read_at(hash, {border - 5, 25}).value(), std::string(25, ' '));
}

TEST_F(ArchiveTest, an_unfinished_content_leaves_nothing_and_a_killed_one_is_cleared_on_opening) {
  {
    ArchiveWriter writer = archive.begin(permits.write()).value();
    writer.append("never finished").value();
  }
  put_bytes(folder.path() / "archive" / "1-1.part", "left by a killed process");
  const Archive again = Archive::open(folder.path() / "archive", permits.setup()).value();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "archive"));
  EXPECT_TRUE(again.list().value().empty());
}

TEST_F(ArchiveTest, a_removed_content_is_gone) {
  const Hash hash = put("gone soon").content_hash;
  archive.remove(permits.write(), hash).value();
  EXPECT_FALSE(archive.holds(hash));
  archive.remove(permits.write(), hash).value();
}

}  // namespace
}  // namespace throughline::store
