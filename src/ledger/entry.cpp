#include "ledger/entry.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/number.h"

namespace throughline::ledger {

namespace {

constexpr std::uint8_t k_entry_version = 1;
constexpr std::uint8_t k_payload_version = 1;

class Writer {
 public:
  template <std::integral T>
  void number(T value) {
    // Big-endian, so that the bytes read as people write numbers.
    for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
      bytes_.push_back(
          static_cast<std::byte>(static_cast<std::uint64_t>(value) >> static_cast<unsigned>(shift) & 0xFFU));
    }
  }
  template <class Enum>
  void code(Enum value) {
    number(static_cast<std::uint8_t>(value));
  }
  void text(const std::string& value) {
    number(base::narrow<std::uint32_t>(value.size()));
    raw(std::as_bytes(std::span(value)));
  }
  void raw(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  [[nodiscard]] Bytes take() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

// Reads what Writer wrote. After the first thing that does not fit everything reads as nothing and is_good() is false.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : rest_(bytes) {}

  template <std::integral T>
  T number() {
    std::uint64_t value = 0;
    for (const std::byte byte : take(sizeof(T))) value = value << 8U | std::to_integer<std::uint64_t>(byte);
    return static_cast<T>(value);
  }
  // A code between the two, both included.
  template <class Enum>
  Enum code(Enum least, Enum most) {
    const auto value = number<std::uint8_t>();
    if (value < static_cast<std::uint8_t>(least) || value > static_cast<std::uint8_t>(most)) is_good_ = false;
    return is_good_ ? static_cast<Enum>(value) : least;
  }
  std::string text() {
    const auto size = number<std::uint32_t>();
    if (size > k_payload_text_bytes_max) is_good_ = false;
    const auto bytes = take(is_good_ ? size : 0);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  void raw(std::span<std::byte> target) {
    const auto bytes = take(target.size());
    if (bytes.size() == target.size()) std::memcpy(target.data(), bytes.data(), bytes.size());
  }
  void expect(bool holds) { is_good_ = is_good_ && holds; }
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool is_finished() const { return is_good_ && rest_.empty(); }

 private:
  std::span<const std::byte> take(std::size_t size) {
    if (!is_good_ || size > rest_.size()) {
      is_good_ = false;
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::span<const std::byte> rest_;
  bool is_good_ = true;
};

base::Error malformed(const char* what) {
  return {base::ErrorKind::damaged, "entry_malformed", std::string("The bytes are no ") + what + " of the audit log",
          "", "Run throughline audit verify"};
}

}  // namespace

Bytes encode(const Entry& entry) {
  CHECK(entry.has_payload || entry.payload_hash == base::Hash{});
  Writer writer;
  writer.number(k_entry_version);
  writer.number(entry.number);
  writer.number(entry.at.microseconds);
  writer.number(entry.machine_clock.microseconds);
  writer.number(entry.account.number());
  writer.number(entry.agency.number());
  writer.code(entry.role);
  writer.code(entry.operation);
  writer.code(entry.purpose);
  writer.code(entry.gateway);
  writer.code(entry.decision);
  writer.number(entry.rule);
  writer.number(entry.policy_version);
  writer.number(static_cast<std::uint8_t>(entry.has_payload ? 1 : 0));
  writer.raw(entry.payload_hash.bytes);
  return std::move(writer).take();
}

base::Result<Entry> decode_entry(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  Entry entry;
  reader.expect(reader.number<std::uint8_t>() == k_entry_version);
  entry.number = reader.number<std::int64_t>();
  entry.at.microseconds = reader.number<std::int64_t>();
  entry.machine_clock.microseconds = reader.number<std::int64_t>();
  entry.account = AccountId(reader.number<std::int64_t>());
  entry.agency = AgencyId(reader.number<std::int64_t>());
  entry.role = reader.code(Role::none, Role::auditor);
  entry.operation = reader.code(Operation::collection, Operation::administration);
  entry.purpose = reader.code(Purpose::unstated, Purpose::operate);
  entry.gateway = reader.code(Gateway::none, Gateway::common_law);
  entry.decision = reader.code(Decision::allow, Decision::deny);
  entry.rule = reader.number<RuleId>();
  entry.policy_version = reader.number<std::int32_t>();
  const auto has_payload = reader.number<std::uint8_t>();
  reader.expect(has_payload <= 1);
  entry.has_payload = has_payload == 1;
  reader.raw(entry.payload_hash.bytes);
  reader.expect(entry.has_payload || entry.payload_hash == base::Hash{});
  if (!reader.is_finished()) return malformed("entry");
  return entry;
}

base::Result<void> check_size(const Payload& payload) {
  const auto too_long = [](const std::string& what, std::size_t found, std::size_t most) {
    return base::Error{base::ErrorKind::bad_command, "text_too_long",
                       "An entry of the log would hold " + std::to_string(found) + " " + what + "; at most " +
                           std::to_string(most) + " fit",
                       "", "Say it more shortly"};
  };
  const std::size_t longest = std::max({payload.object.size(), payload.reason.size(), payload.login.size()});
  if (longest > k_payload_text_bytes_max) return too_long("bytes of one text", longest, k_payload_text_bytes_max);
  if (payload.recipients.size() > k_recipients_max) {
    return too_long("recipients", payload.recipients.size(), k_recipients_max);
  }
  for (const std::string& recipient : payload.recipients) {
    if (recipient.size() > k_payload_text_bytes_max) {
      return too_long("bytes of one text", recipient.size(), k_payload_text_bytes_max);
    }
  }
  return {};
}

Bytes encode(const Payload& payload) {
  CHECK(check_size(payload).ok());
  Writer writer;
  writer.number(k_payload_version);
  writer.text(payload.object);
  writer.text(payload.reason);
  writer.text(payload.login);
  writer.number(base::narrow<std::uint32_t>(payload.recipients.size()));
  for (const std::string& recipient : payload.recipients) writer.text(recipient);
  return std::move(writer).take();
}

base::Result<Payload> decode_payload(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  Payload payload;
  reader.expect(reader.number<std::uint8_t>() == k_payload_version);
  payload.object = reader.text();
  payload.reason = reader.text();
  payload.login = reader.text();
  const auto recipients = reader.number<std::uint32_t>();
  reader.expect(recipients <= k_recipients_max);
  for (std::uint32_t i = 0; i < recipients && reader.is_good(); ++i) payload.recipients.push_back(reader.text());
  if (!reader.is_finished()) return malformed("payload");
  return payload;
}

}  // namespace throughline::ledger
