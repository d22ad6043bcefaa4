#include "app/drafts.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/sha256.h"
#include "ledger/seal.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int64_t k_kept_microseconds = std::int64_t{90} * 24 * 60 * 60 * 1'000'000;
constexpr std::size_t k_drafts_max = 50;
constexpr std::size_t k_time_bytes = 8;
constexpr std::string_view k_key_file = "drafts.key";
constexpr std::string_view k_ending = ".draft";
constexpr std::size_t k_owner_digits = 16;

// The seal binds a number in; a draft has none.
constexpr std::int64_t k_no_entry = 0;

Error draft_unknown() {
  return {ErrorKind::bad_command, "draft_unknown", "There is no draft of that name", "", ""};
}

Error draft_damaged(const std::filesystem::path& path) {
  return {ErrorKind::damaged, "draft_damaged", "A draft is not what was sealed", path.string(),
          "Remove the draft; nothing else depends on it"};
}

// Whose it is, then which: hashes, so that the folder tells neither.
std::string owner_of(const ledger::Account& account) {
  return base::hash_text("account " + account.name).hex().substr(0, k_owner_digits);
}

std::string file_of(const ledger::Account& account, const std::string& name) {
  return owner_of(account) + "-" + base::hash_text(account.name + "/" + name).hex() + std::string(k_ending);
}

// Eight bytes of time, then the draft's own name, a line end, and the text.
std::string packed(const Draft& draft, const std::string& name) {
  std::string bytes(k_time_bytes, '\0');
  std::memcpy(bytes.data(), &draft.kept_at.microseconds, k_time_bytes);
  return bytes + name + "\n" + draft.text;
}

Result<ledger::PayloadKey> key_in(const std::filesystem::path& keys, base::Entropy& entropy) {
  const std::filesystem::path path = keys / k_key_file;
  ledger::PayloadKey key;
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) {
    key = ledger::new_payload_key(entropy);
    const std::span<const std::byte> bytes = std::as_const(key).bytes();
    TRY(store::write_whole(path, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())));
    TRY(store::make_private(path));
    return key;
  }
  const std::string text = TRY(store::read_whole(path));
  if (text.size() != key.bytes().size()) {
    return Error{ErrorKind::damaged, "draft_key_damaged", "The key of drafts has not the length of a key",
                 path.string(), "Remove the file; drafts kept so far are lost with it"};
  }
  std::memcpy(key.bytes().data(), text.data(), text.size());
  return key;
}

}  // namespace

struct Drafts::State {
  State(const Outside& outside, std::filesystem::path in, const ledger::PayloadKey& with)
      : clock(outside.clock), entropy(outside.entropy), folder(std::move(in)), key(with) {}

  base::Clock& clock;
  base::Entropy& entropy;
  std::filesystem::path folder;
  ledger::PayloadKey key;
  std::mutex mutex;

  [[nodiscard]] Result<Draft> open(const std::filesystem::path& path, const std::string& name) const {
    const std::string sealed = TRY(store::read_whole(path));
    const auto opened = ledger::open_sealed(std::as_bytes(std::span(sealed)), key, k_no_entry);
    if (!opened.ok()) return draft_damaged(path);
    const ledger::Bytes& bytes = opened.value();
    const std::size_t head = k_time_bytes + name.size() + 1;
    if (bytes.size() < head) return draft_damaged(path);
    Draft draft;
    std::memcpy(&draft.kept_at.microseconds, bytes.data(), k_time_bytes);
    const std::string_view rest(reinterpret_cast<const char*>(bytes.data()) + k_time_bytes,
                                bytes.size() - k_time_bytes);
    // A file that was moved under another name is not that draft.
    if (!rest.starts_with(name + "\n")) return draft_damaged(path);
    draft.text = rest.substr(name.size() + 1);
    return draft;
  }

  [[nodiscard]] Result<std::size_t> count_of(const ledger::Account& account) const {
    const std::string owner = owner_of(account);
    const std::vector<std::filesystem::path> files = TRY(drafts());
    return static_cast<std::size_t>(
        std::ranges::count_if(files, [&](const auto& file) { return file.filename().string().starts_with(owner); }));
  }

  // By the file's own time: what it holds need not be opened for that.
  [[nodiscard]] Result<void> remove_old() const {
    const base::Instant now = clock.now();
    for (const std::filesystem::path& file : TRY(drafts())) {
      std::error_code failure;
      const auto written = std::chrono::file_clock::to_sys(std::filesystem::last_write_time(file, failure));
      const auto at = std::chrono::duration_cast<std::chrono::microseconds>(written.time_since_epoch()).count();
      if (!failure && now.microseconds - at >= k_kept_microseconds) std::filesystem::remove(file, failure);
    }
    return {};
  }

  // A range-based loop over a folder throws where reading on fails, so each step says how it went.
  [[nodiscard]] Result<std::vector<std::filesystem::path>> drafts() const {
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    std::filesystem::directory_iterator at(folder, failure);
    for (; !failure && at != std::filesystem::directory_iterator(); at.increment(failure)) {
      if (at->path().extension() == k_ending) files.push_back(at->path());
    }
    if (failure) return store::system_error(failure.value(), "the drafts cannot be listed", folder);
    return files;
  }
};

Drafts::Drafts(std::unique_ptr<State> state) : state_(std::move(state)) {}
Drafts::~Drafts() = default;

Result<std::unique_ptr<Drafts>> Drafts::open(const Outside& outside, const std::filesystem::path& folder,
                                             const std::filesystem::path& keys) {
  TRY(store::make_private_folder(folder));
  const ledger::PayloadKey key = TRY(key_in(keys, outside.entropy));
  auto state = std::make_unique<State>(outside, folder, key);
  TRY(state->remove_old());
  return std::unique_ptr<Drafts>(new Drafts(std::move(state)));
}

Result<Draft> Drafts::find(const ledger::Account& account, const std::string& name) {
  const std::lock_guard lock(state_->mutex);
  const std::filesystem::path path = state_->folder / file_of(account, name);
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) return draft_unknown();
  return state_->open(path, name);
}

Result<Draft> Drafts::keep(const ledger::Account& account, const std::string& name, const std::string& text) {
  const std::lock_guard lock(state_->mutex);
  const std::filesystem::path path = state_->folder / file_of(account, name);
  std::error_code failure;
  TRY(state_->remove_old());
  const std::size_t held = TRY(state_->count_of(account));
  if (!std::filesystem::exists(path, failure) && held >= k_drafts_max) {
    return Error{ErrorKind::bad_command, "drafts_full", "Fifty drafts of yours are kept, and no more are taken", "",
                 "Finish or remove one"};
  }
  const Draft draft{.text = text, .kept_at = state_->clock.now()};
  const std::string plain = packed(draft, name);
  const ledger::Bytes sealed = ledger::seal(std::as_bytes(std::span(plain)), state_->key, k_no_entry, state_->entropy);
  TRY(store::write_whole(path, std::string_view(reinterpret_cast<const char*>(sealed.data()), sealed.size())));
  return draft;
}

Result<void> Drafts::remove(const ledger::Account& account, const std::string& name) {
  const std::lock_guard lock(state_->mutex);
  std::error_code failure;
  if (!std::filesystem::remove(state_->folder / file_of(account, name), failure)) return draft_unknown();
  return {};
}

}  // namespace throughline::app
