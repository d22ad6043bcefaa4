#include "ledger/seal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/made_up_ledger.h"

namespace throughline::ledger {
namespace {

Bytes plain_of(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

struct SealTest : testing::Test {
  SeededEntropy entropy;
  PayloadKey key = new_payload_key(entropy);
  Bytes plain = plain_of("what must not be read");
  Bytes sealed = seal(plain, key, 7, entropy);
};

TEST_F(SealTest, what_was_sealed_opens_again) {
  EXPECT_EQ(open_sealed(sealed, key, 7).value(), plain);
  EXPECT_EQ(sealed.size(), 24 + plain.size() + 16);
}

TEST_F(SealTest, an_empty_payload_can_be_sealed) {
  EXPECT_EQ(open_sealed(seal({}, key, 0, entropy), key, 0).value(), Bytes());
}

TEST_F(SealTest, another_key_does_not_open_it) {
  const PayloadKey other = new_payload_key(entropy);
  const auto opened = open_sealed(sealed, other, 7);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "payload_altered");
  EXPECT_EQ(opened.error().kind, base::ErrorKind::damaged);
}

TEST_F(SealTest, it_does_not_open_as_the_payload_of_another_entry) {
  for (const std::int64_t entry : {std::int64_t{6}, std::int64_t{8}, std::int64_t{7} << 32, std::int64_t{-7}}) {
    EXPECT_FALSE(open_sealed(sealed, key, entry).ok()) << entry;
  }
}

TEST_F(SealTest, an_altered_byte_anywhere_is_noticed) {
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes altered = sealed;
    altered[at] ^= std::byte{1};
    EXPECT_FALSE(open_sealed(altered, key, 7).ok()) << at;
  }
}

TEST_F(SealTest, a_cut_anywhere_is_noticed) {
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open_sealed(std::span(sealed).first(size), key, 7).ok()) << size;
  }
}

TEST_F(SealTest, the_same_text_sealed_twice_looks_different) {
  EXPECT_NE(seal(plain, key, 7, entropy), sealed);
}

TEST_F(SealTest, a_signature_holds_for_its_text_and_key_alone) {
  const SigningKey signing = new_signing_key(entropy);
  const SigningKey other = new_signing_key(entropy);
  const Signature signature = sign("a text", signing);
  EXPECT_TRUE(is_signed_by("a text", signature, public_half(signing)));
  EXPECT_FALSE(is_signed_by("a tex", signature, public_half(signing)));
  EXPECT_FALSE(is_signed_by("a text", signature, public_half(other)));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    Signature altered = signature;
    altered[at] ^= std::byte{1};
    EXPECT_FALSE(is_signed_by("a text", altered, public_half(signing))) << at;
  }
}

TEST_F(SealTest, a_signing_key_with_an_altered_half_is_not_whole) {
  SigningKey signing = new_signing_key(entropy);
  EXPECT_TRUE(is_whole(signing));
  for (const std::size_t at : {std::size_t{0}, std::size_t{31}, std::size_t{32}, std::size_t{63}}) {
    SigningKey altered = signing;
    altered.bytes()[at] ^= std::byte{1};
    EXPECT_FALSE(is_whole(altered)) << at;
  }
}

TEST(Seal, the_published_ed25519_vector_is_met) {
  // RFC 8032, section 7.1, test 2.
  const auto bytes = [](const std::string& hex) {
    Bytes out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      out.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return out;
  };
  SigningKey key;
  const Bytes halves = bytes(
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  std::ranges::copy(halves, key.bytes().begin());
  EXPECT_TRUE(is_whole(key));
  const Bytes expected = bytes(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(std::ranges::equal(sign("\x72", key), expected));
}

RC_GTEST_PROP(SealProperty, base64_comes_back, ()) {
  const Bytes bytes = plain_of(*rc::gen::string<std::string>());
  RC_ASSERT(from_base64(base64(bytes)).value() == bytes);
}

TEST(Seal, base64_has_one_spelling) {
  EXPECT_EQ(base64(plain_of("ab")), "YWI=");
  for (const char* text : {"YWI", "YWJ=", "YWI=\n", "YW I=", "YWI-", "Y", "===="}) {
    EXPECT_FALSE(from_base64(text).ok()) << text;
  }
}

}  // namespace
}  // namespace throughline::ledger
