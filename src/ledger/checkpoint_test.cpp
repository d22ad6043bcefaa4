#include "ledger/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/sha256.h"
#include "ledger/made_up_ledger.h"

namespace throughline::ledger {
namespace {

struct CheckpointTest : testing::Test {
  SeededEntropy entropy;
  SigningKey key = new_signing_key(entropy);
  PublicKey half = public_half(key);
  Checkpoint checkpoint{.origin = origin_of(half), .size = 42, .root = base::hash_text("root")};
  std::string text = signed_checkpoint(checkpoint, key);

  [[nodiscard]] std::string code_of_reading(const std::string& given) const {
    const auto read = read_checkpoint(given, half);
    return read.ok() ? "" : read.error().code;
  }
  [[nodiscard]] std::string with(const std::string& from, const std::string& to) const {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    return other;
  }
};

TEST_F(CheckpointTest, what_was_signed_is_read_back) {
  EXPECT_EQ(read_checkpoint(text, half).value(), checkpoint);
}

TEST_F(CheckpointTest, it_is_three_lines_a_blank_one_and_a_signature) {
  EXPECT_EQ(
      text.find(origin_of(half) + "\n42\n" + base64(checkpoint.root.bytes) + "\n\n\u2014 " + origin_of(half) + " "),
      0U);
  EXPECT_EQ(std::ranges::count(text, '\n'), 5);
}

TEST_F(CheckpointTest, a_changed_number_or_root_is_not_signed) {
  EXPECT_EQ(code_of_reading(with("\n42\n", "\n43\n")), "checkpoint_not_signed");
  Checkpoint other = checkpoint;
  other.root.bytes[0] ^= std::byte{1};
  EXPECT_EQ(code_of_reading(with(base64(checkpoint.root.bytes), base64(other.root.bytes))), "checkpoint_not_signed");
  EXPECT_EQ(read_checkpoint(with("\n42\n", "\n43\n"), half).error().kind, base::ErrorKind::damaged);
}

TEST_F(CheckpointTest, one_of_another_log_is_told_apart) {
  const SigningKey other = new_signing_key(entropy);
  const auto read = read_checkpoint(text, public_half(other));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "checkpoint_foreign");
  EXPECT_NE(read.error().what.find(origin_of(half)), std::string::npos);
  EXPECT_NE(read.error().what.find(origin_of(public_half(other))), std::string::npos);
}

TEST_F(CheckpointTest, one_signed_by_another_key_in_this_logs_name_is_refused) {
  const SigningKey other = new_signing_key(entropy);
  EXPECT_EQ(code_of_reading(signed_checkpoint(checkpoint, other)), "checkpoint_malformed");
}

TEST_F(CheckpointTest, signatures_of_others_may_stand_beside_ours) {
  const std::size_t ours = text.find("\n\n") + 2;
  const std::string theirs = "\u2014 partner.example/log AAAAAAAA\n";
  EXPECT_EQ(code_of_reading(text + theirs), "");
  EXPECT_EQ(code_of_reading(text.substr(0, ours) + theirs + text.substr(ours)), "");
  EXPECT_EQ(code_of_reading(text.substr(0, ours) + theirs), "checkpoint_malformed");
}

TEST_F(CheckpointTest, a_text_that_is_not_as_it_was_printed_is_refused) {
  EXPECT_EQ(code_of_reading(""), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading("\n\n\n\n\n"), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n42\n", "\n042\n")), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n42\n", "\n-42\n")), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n42\n", "\n42 \n")), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n42\n", "\r\n42\r\n")), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n\n", "\nanother line\n\n")), "checkpoint_malformed");
  EXPECT_EQ(code_of_reading(with("\n\n", "\n")), "checkpoint_malformed");
}

TEST_F(CheckpointTest, no_cut_of_it_is_read) {
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    EXPECT_NE(code_of_reading(text.substr(0, size)), "") << size;
  }
  EXPECT_EQ(code_of_reading(text.substr(0, text.size() - 1)), "") << "the last newline may be lost in an e-mail";
}

TEST_F(CheckpointTest, no_altered_byte_of_it_is_read) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string other = text;
    other[at] = static_cast<char>(other[at] ^ 1);
    const auto read = read_checkpoint(other, half);
    EXPECT_FALSE(read.ok()) << at;
  }
}

TEST_F(CheckpointTest, a_first_line_that_is_no_origin_is_not_repeated_in_the_message) {
  const std::string letter = "a private letter\n42\n" + base64(checkpoint.root.bytes) + "\n\n";
  EXPECT_EQ(read_checkpoint(letter, half).error().message().find("private"), std::string::npos);
}

}  // namespace
}  // namespace throughline::ledger
