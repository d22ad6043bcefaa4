#include "ledger/keyring.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ledger/made_up_ledger.h"
#include "store/permit_for_tests.h"

namespace throughline::ledger {
namespace {

struct KeyringTest : testing::Test {
  store::TestingFolder folder;
  store::PermitForTests permits;
  SeededEntropy entropy;
  std::filesystem::path at = folder.path() / "keys";

  Keyring made() { return Keyring::create(at, permits.write(), entropy).value(); }
  static bool same(const PayloadKey& one, const PayloadKey& other) {
    return std::ranges::equal(one.bytes(), other.bytes());
  }
};

TEST_F(KeyringTest, it_opens_again_with_the_same_keys) {
  const PayloadKey key = new_payload_key(entropy);
  PublicKey half{};
  {
    Keyring keyring = made();
    half = public_half(keyring.signing_key());
    keyring.keep(permits.write(), 3, key).value();
    keyring.keep_head("a head").value();
  }
  Keyring again = Keyring::open(at).value();
  EXPECT_EQ(public_half(again.signing_key()), half);
  EXPECT_TRUE(same(again.find(3).value().value(), key));
  EXPECT_FALSE(again.find(4).value().has_value());
  EXPECT_EQ(again.kept_head().value(), "a head");
}

TEST_F(KeyringTest, everything_in_it_is_for_its_owner_alone) {
  Keyring keyring = made();
  keyring.keep(permits.write(), 0, new_payload_key(entropy)).value();
  keyring.keep_head("a head").value();
  struct stat found{};
  ASSERT_EQ(::stat(at.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  for (const auto& file : std::filesystem::directory_iterator(at)) {
    ASSERT_EQ(::stat(file.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << file.path();
  }
}

TEST_F(KeyringTest, a_key_of_an_entry_that_never_came_is_replaced) {
  Keyring keyring = made();
  const PayloadKey first = new_payload_key(entropy);
  const PayloadKey second = new_payload_key(entropy);
  keyring.keep(permits.write(), 3, first).value();
  keyring.keep(permits.write(), 3, second).value();
  EXPECT_TRUE(same(keyring.find(3).value().value(), second));
}

TEST_F(KeyringTest, missing_keys_are_named_by_their_folder) {
  const auto opened = Keyring::open(at);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "keys_missing");
  EXPECT_EQ(opened.error().kind, base::ErrorKind::world);
  EXPECT_EQ(opened.error().where, at.string());
  made();
  std::filesystem::remove(at / "keys.sqlite");
  EXPECT_EQ(Keyring::open(at).error().code, "keys_missing");
}

TEST_F(KeyringTest, a_cut_or_altered_signing_key_is_damage) {
  made();
  store::flip_byte(at / "signing.key", 5);
  EXPECT_EQ(Keyring::open(at).error().code, "signing_key_damaged");
  store::put_bytes(at / "signing.key", "short");
  const auto opened = Keyring::open(at);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, base::ErrorKind::damaged);
  EXPECT_NE(opened.error().what.find("5 bytes instead of 64"), std::string::npos);
}

TEST_F(KeyringTest, a_cut_payload_key_is_damage) {
  Keyring keyring = made();
  {
    auto sqlite = store::Sqlite::open(at / "keys.sqlite", store::OpenMode::read_write).value();
    sqlite.run_script(permits.write(), "INSERT INTO payload_key VALUES (9, x'0102')").value();
  }
  EXPECT_EQ(keyring.find(9).error().code, "payload_key_damaged");
}

TEST_F(KeyringTest, a_creation_that_was_killed_before_the_signing_key_goes_on) {
  std::filesystem::create_directory(at);
  store::put_bytes(at / "keys.sqlite", "");
  const Keyring keyring = made();
  EXPECT_TRUE(Keyring::exists(at));
  EXPECT_TRUE(Keyring::open(at).ok());
}

TEST_F(KeyringTest, keys_whose_signing_key_was_lost_are_not_taken_over) {
  made().keep(permits.write(), 0, new_payload_key(entropy)).value();
  std::filesystem::remove(at / "signing.key");
  const auto again = Keyring::create(at, permits.write(), entropy);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "keys_in_use");
}

TEST_F(KeyringTest, a_head_set_aside_is_kept_under_another_name) {
  Keyring keyring = made();
  EXPECT_EQ(keyring.set_head_aside().value(), "");
  keyring.keep_head("one").value();
  EXPECT_EQ(keyring.set_head_aside().value(), "head.set_aside_1.txt");
  EXPECT_EQ(keyring.kept_head().value(), "");
  keyring.keep_head("two").value();
  EXPECT_EQ(keyring.set_head_aside().value(), "head.set_aside_2.txt");
  EXPECT_EQ(store::bytes_of(at / "head.set_aside_1.txt"), "one");
}

}  // namespace
}  // namespace throughline::ledger
