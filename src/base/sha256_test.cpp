#include "base/sha256.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <string>

namespace throughline::base {
namespace {

TEST(Sha256, gives_the_answers_of_fips_180) {
  EXPECT_EQ(hash_text("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_text("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash_text(std::string(1'000'000, 'a')).hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

RC_GTEST_PROP(Sha256, pieces_and_the_whole_have_one_hash, (const std::string& head, const std::string& tail)) {
  Sha256 sha;
  sha.update(head);
  sha.update(tail);
  RC_ASSERT(sha.finish() == hash_text(head + tail));
}

TEST(Sha256, begins_afresh_after_the_finish_and_can_be_moved) {
  Sha256 sha;
  sha.update("abc");
  const Hash first = sha.finish();
  sha.update("ab");
  Sha256 moved = std::move(sha);
  moved.update("c");
  EXPECT_EQ(moved.finish(), first);
}

}  // namespace
}  // namespace throughline::base
