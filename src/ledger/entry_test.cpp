#include "ledger/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::ledger {
namespace {

constexpr std::size_t k_entry_bytes = 87;

template <class Enum>
Enum any_of(Enum least, Enum most) {
  return static_cast<Enum>(*rc::gen::inRange(static_cast<int>(least), static_cast<int>(most) + 1));
}

Entry any_entry() {
  Entry entry;
  entry.number = *rc::gen::arbitrary<std::int64_t>();
  entry.at.microseconds = *rc::gen::arbitrary<std::int64_t>();
  entry.machine_clock.microseconds = *rc::gen::arbitrary<std::int64_t>();
  entry.account = AccountId(*rc::gen::arbitrary<std::int64_t>());
  entry.agency = AgencyId(*rc::gen::arbitrary<std::int64_t>());
  entry.role = any_of(Role::none, Role::auditor);
  entry.operation = any_of(Operation::collection, Operation::administration);
  entry.purpose = any_of(Purpose::unstated, Purpose::operate);
  entry.gateway = any_of(Gateway::none, Gateway::common_law);
  entry.decision = any_of(Decision::allow, Decision::deny);
  entry.rule = *rc::gen::arbitrary<std::int32_t>();
  entry.policy_version = *rc::gen::arbitrary<std::int32_t>();
  entry.has_payload = *rc::gen::arbitrary<bool>();
  if (entry.has_payload) {
    for (std::byte& byte : entry.payload_hash.bytes) byte = static_cast<std::byte>(*rc::gen::arbitrary<std::uint8_t>());
  }
  return entry;
}

Payload any_payload() {
  return {.object = *rc::gen::string<std::string>(),
          .reason = *rc::gen::string<std::string>(),
          .login = *rc::gen::string<std::string>(),
          .recipients = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>())};
}

RC_GTEST_PROP(EntryProperty, what_is_encoded_is_decoded, ()) {
  const Entry entry = any_entry();
  const Bytes bytes = encode(entry);
  RC_ASSERT(bytes.size() == k_entry_bytes);
  RC_ASSERT(decode_entry(bytes).value() == entry);
}

RC_GTEST_PROP(EntryProperty, two_entries_share_their_bytes_only_when_they_are_equal, ()) {
  const Entry one = any_entry();
  const Entry other = *rc::gen::arbitrary<bool>() ? one : any_entry();
  RC_ASSERT((encode(one) == encode(other)) == (one == other));
}

// Decoding is the inverse of encoding: bytes that are an entry are those that encode writes for it, and no others.
RC_GTEST_PROP(EntryProperty, altered_bytes_are_refused_or_are_another_entry, ()) {
  const Entry entry = any_entry();
  Bytes bytes = encode(entry);
  const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(bytes.size())));
  bytes[at] ^= static_cast<std::byte>(*rc::gen::inRange(1, 256));
  const auto decoded = decode_entry(bytes);
  if (decoded.ok()) {
    RC_ASSERT_FALSE(decoded.value() == entry);
    RC_ASSERT(encode(decoded.value()) == bytes);
  }
}

TEST(Entry, every_cut_and_every_lengthened_encoding_is_refused) {
  Bytes bytes = encode(Entry{});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto decoded = decode_entry(std::span(bytes).first(size));
    ASSERT_FALSE(decoded.ok()) << size;
    EXPECT_EQ(decoded.error().code, "entry_malformed");
    EXPECT_EQ(decoded.error().kind, base::ErrorKind::damaged);
  }
  bytes.push_back(std::byte{0});
  EXPECT_FALSE(decode_entry(bytes).ok());
}

TEST(Entry, the_bytes_stand_where_the_format_says) {
  Entry entry;
  entry.number = 0x0102030405060708;
  entry.role = Role::auditor;
  entry.gateway = Gateway::common_law;
  entry.rule = 305;
  entry.has_payload = true;
  entry.payload_hash.bytes.fill(std::byte{0xAB});
  const Bytes bytes = encode(entry);
  EXPECT_EQ(bytes[0], std::byte{1});
  EXPECT_EQ(bytes[1], std::byte{1});
  EXPECT_EQ(bytes[8], std::byte{8});
  EXPECT_EQ(bytes[41], std::byte{4});
  EXPECT_EQ(bytes[44], std::byte{15});
  EXPECT_EQ(bytes[48], std::byte{1});
  EXPECT_EQ(bytes[49], std::byte{49});
  EXPECT_EQ(bytes[54], std::byte{1});
  EXPECT_EQ(bytes[55], std::byte{0xAB});
}

TEST(Entry, codes_outside_their_lists_are_refused) {
  const Bytes sound = encode(Entry{});
  // Version, role, operation, purpose, gateway, decision, whether there is a payload: each with its greatest value.
  for (const auto& [at, most] : {std::pair{0, 1}, {41, 4}, {42, 7}, {43, 5}, {44, 15}, {45, 2}, {54, 1}}) {
    Bytes bytes = sound;
    bytes[static_cast<std::size_t>(at)] = static_cast<std::byte>(most + 1);
    EXPECT_FALSE(decode_entry(bytes).ok()) << at;
  }
  for (const int at : {0, 42, 45}) {
    Bytes bytes = sound;
    bytes[static_cast<std::size_t>(at)] = std::byte{0};
    EXPECT_FALSE(decode_entry(bytes).ok()) << at;
  }
}

TEST(Entry, a_hash_of_a_payload_that_is_not_there_is_refused) {
  Bytes bytes = encode(Entry{});
  bytes.back() = std::byte{1};
  EXPECT_FALSE(decode_entry(bytes).ok());
}

RC_GTEST_PROP(PayloadProperty, what_is_encoded_is_decoded_and_every_cut_is_refused, ()) {
  const Payload payload = any_payload();
  Bytes bytes = encode(payload);
  RC_ASSERT(decode_payload(bytes).value() == payload);
  const auto size = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(bytes.size())));
  RC_ASSERT_FALSE(decode_payload(std::span(bytes).first(size)).ok());
  bytes.push_back(std::byte{0});
  RC_ASSERT_FALSE(decode_payload(bytes).ok());
}

RC_GTEST_PROP(PayloadProperty, two_payloads_share_their_bytes_only_when_they_are_equal, ()) {
  const Payload one = any_payload();
  // Moving a letter from one text to the next must show.
  Payload other = one;
  other.object = one.object + "x";
  Payload shifted = one;
  shifted.reason = "x" + one.reason;
  RC_ASSERT(encode(one) != encode(other));
  RC_ASSERT(encode(other) != encode(shifted));
}

TEST(Payload, a_length_that_lies_is_refused_without_taking_memory) {
  Bytes bytes = encode(Payload{.object = "abc", .reason = {}, .login = {}, .recipients = {}});
  bytes[1] = std::byte{0xFF};
  EXPECT_FALSE(decode_payload(bytes).ok());
  Bytes crowd = encode(Payload{});
  crowd[crowd.size() - 4] = std::byte{0xFF};
  EXPECT_FALSE(decode_payload(crowd).ok());
}

TEST(Payload, one_that_could_not_be_read_back_is_refused_before_it_is_written) {
  const std::string long_text(k_payload_text_bytes_max + 1, 'x');
  const Payload fits{.object = std::string(k_payload_text_bytes_max, 'x'), .reason = {}, .login = {}, .recipients = {}};
  EXPECT_TRUE(check_size(fits).ok());
  EXPECT_EQ(decode_payload(encode(fits)).value(), fits);
  for (const Payload& payload :
       {Payload{.object = long_text, .reason = {}, .login = {}, .recipients = {}},
        Payload{.object = {}, .reason = long_text, .login = {}, .recipients = {}},
        Payload{.object = {}, .reason = {}, .login = {}, .recipients = {long_text}},
        Payload{.object = {}, .reason = {}, .login = {}, .recipients = std::vector<std::string>(10'001)}}) {
    const auto checked = check_size(payload);
    ASSERT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().code, "text_too_long");
  }
}

}  // namespace
}  // namespace throughline::ledger
