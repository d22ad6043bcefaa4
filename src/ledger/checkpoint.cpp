#include "ledger/checkpoint.h"

#include <algorithm>
#include <optional>

#include "base/number.h"
#include "base/sha256.h"

namespace throughline::ledger {

namespace {

constexpr std::string_view k_dash = "\u2014 ";  // The em dash that begins a signature line of a signed note.
constexpr std::byte k_ed25519{0x01};

base::Error malformed(const std::string& what) {
  return {base::ErrorKind::bad_command, "checkpoint_malformed", "This is no checkpoint: " + what, "",
          "Give the whole text that 'throughline audit checkpoint' printed"};
}

std::string body_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(checkpoint.root.bytes) + "\n";
}

// The key's short name in a signed note: SHA-256(name ‖ newline ‖ algorithm ‖ public key), four bytes.
std::array<std::byte, 4> key_hash(const std::string& origin, const PublicKey& key) {
  base::Sha256 hasher;
  hasher.update(origin + "\n");
  hasher.update(std::span(&k_ed25519, 1));
  hasher.update(std::span<const std::byte>(key));
  std::array<std::byte, 4> first{};
  std::ranges::copy_n(hasher.finish().bytes.begin(), 4, first.begin());
  return first;
}

// A first line that is no origin may be anything, so it is shown only where it looks like one.
std::string excerpt(const std::string& origin) {
  constexpr std::string_view lead = "throughline/";
  const bool is_origin = origin.starts_with(lead) && origin.size() == lead.size() + 16 &&
                         origin.find_first_not_of("0123456789abcdef", lead.size()) == std::string::npos;
  return is_origin ? origin : "of another program";
}

// The text up to the next newline, which is taken off the front with it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// The signature of a signature line, where it is one by that key; nothing where it is somebody else's.
base::Result<std::optional<Signature>> read_signature(std::string_view line, const PublicKey& key) {
  if (!line.starts_with(k_dash)) return malformed("one of its last lines is no signature");
  line.remove_prefix(k_dash.size());
  const std::string origin = origin_of(key);
  if (!line.starts_with(origin + " ")) return std::optional<Signature>();
  const auto bytes = from_base64(line.substr(origin.size() + 1));
  const auto name = key_hash(origin, key);
  Signature signature{};
  if (!bytes.ok() || bytes.value().size() != name.size() + signature.size()) {
    return malformed("its signature is not whole");
  }
  if (!std::ranges::equal(name, std::span(bytes.value()).first(name.size()))) return std::optional<Signature>();
  std::ranges::copy(std::span(bytes.value()).subspan(name.size()), signature.begin());
  return std::optional(signature);
}

}  // namespace

std::string origin_of(const PublicKey& key) {
  return "throughline/" + base::hash_bytes(std::span<const std::byte>(key)).hex().substr(0, 16);
}

std::string signed_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  const std::string body = body_of(checkpoint);
  const auto name = key_hash(checkpoint.origin, public_half(key));
  const Signature signature = sign(body, key);
  Bytes bytes(name.begin(), name.end());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return body + "\n" + std::string(k_dash) + checkpoint.origin + " " + base64(bytes) + "\n";
}

base::Result<Checkpoint> read_checkpoint(std::string_view text, const PublicKey& key) {
  std::string_view rest = text;
  Checkpoint checkpoint;
  checkpoint.origin = take_line(rest);
  const auto size = base::parse_integer(take_line(rest));
  if (!size || *size < 0) return malformed("its second line is not the number of entries");
  checkpoint.size = *size;
  const auto root = from_base64(take_line(rest));
  if (!root.ok() || root.value().size() != checkpoint.root.bytes.size())
    return malformed("its third line is no root hash");
  std::ranges::copy(root.value(), checkpoint.root.bytes.begin());
  // Numbers and line ends have one spelling, so that what is read is what was signed.
  if (!text.starts_with(body_of(checkpoint) + "\n")) return malformed("its lines are not as they were printed");
  static_cast<void>(take_line(rest));
  if (checkpoint.origin != origin_of(key)) {
    return base::Error{base::ErrorKind::bad_command, "checkpoint_foreign",
                       "The checkpoint is of the log " + excerpt(checkpoint.origin) + ", this log is " + origin_of(key),
                       "", "Give a checkpoint of this log, or name the workspace it is of"};
  }
  std::optional<Signature> signature;
  while (!rest.empty() && !signature) signature = TRY(read_signature(take_line(rest), key));
  if (!signature) return malformed("it is not signed by " + origin_of(key));
  if (is_signed_by(body_of(checkpoint), *signature, key)) return checkpoint;
  return base::Error{base::ErrorKind::damaged, "checkpoint_not_signed",
                     "The checkpoint's signature does not fit its text", "",
                     "Ask whoever kept it for the text as it was printed"};
}

}  // namespace throughline::ledger
