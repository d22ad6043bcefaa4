#include "app/uploads.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/random_name.h"
#include "app/session.h"
#include "app/upload_look.h"
#include "base/text.h"
#include "ledger/batch.h"
#include "records/record_id.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_files_max = 5;
constexpr std::int64_t k_bytes_max = std::int64_t{8} << 30;
constexpr std::int64_t k_kept_microseconds = std::int64_t{24} * 60 * 60 * 1'000'000;
constexpr std::size_t k_file_name_max = 150;

Error upload_unknown() {
  return {ErrorKind::bad_command, "upload_unknown", "There is no such file of yours", "",
          "Files are kept for a day; hand it in again"};
}

// What the file is called, as a name that can do no harm: a mapping may read a month and a force from it. The folder it
// lies in is random; a colon would name a part of an archive.
Result<std::string> plain_name(const std::string& given) {
  const std::string name = given.substr(given.find_last_of("/\\") + 1);
  std::string plain;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_kept = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         c == '-' || c == '_' || c == '.' || c == ' ' || c == '(' || c == ')';
    plain += is_kept ? c : '_';
  }
  const bool is_dots = plain.find_first_not_of(". ") == std::string::npos;
  if (is_dots || plain.starts_with('.') || plain.size() > k_file_name_max || !base::valid_utf8(plain)) {
    return Error{ErrorKind::bad_command, "file_name", "That cannot be the name of a file", "X-File-Name",
                 fmt::format("Give it a name of 1 to {} bytes that does not begin with a dot", k_file_name_max)};
  }
  return plain;
}

// Whether the account may bring in anything at all; of what class the file is, its mapping says when it is read in.
Result<std::unique_ptr<Session>> session_of_collector(const Outside& outside, const Settings& settings) {
  auto session = TRY(Session::open(outside, settings, "uploads"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::collection,
                                      .data_class = ledger::DataClass::published,
                                      .object = "a file to be looked at"})));
  return session;
}

// The person's own mapping lies beside the folder of the file, which may have any name.
std::filesystem::path own_mapping_of(const std::filesystem::path& folder) {
  return folder.string() + ".toml";
}

void remove_files(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::remove_all(folder, failure);
  std::filesystem::remove(own_mapping_of(folder), failure);
}

Result<std::string> known_as(Session& session, const base::Hash& hash) {
  const auto readings = TRY(ledger::received_as(session.ledger(), hash));
  return readings.empty() ? std::string() : records::extract_name(readings.back().announced.content_hash);
}

}  // namespace

Result<std::unique_ptr<Uploads>> Uploads::open(const Outside& outside, const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::remove_all(folder, failure);
  TRY(store::make_private_folder(folder));
  TRY(store::make_private_folder(folder / "arriving"));
  return std::unique_ptr<Uploads>(new Uploads(outside.clock, outside.entropy, folder));
}

std::filesystem::path Uploads::folder() const {
  return folder_ / "arriving";
}

Result<Upload> Uploads::add(const Outside& outside, const Settings& settings, const UploadArrival& arrival) {
  const auto session = TRY(session_of_collector(outside, settings));
  Held held{.account = session->account().name, .folder = {}, .arrived = clock_->now(), .shown = {}};
  held.shown.file_name = TRY(plain_name(arrival.name));
  held.shown.bytes = TRY(store::file_bytes(arrival.file));
  held.shown.sha256 = TRY(store::hash_file(arrival.file));
  {
    const std::lock_guard lock(mutex_);
    remove_old();
    std::size_t files = 0;
    std::int64_t bytes = held.shown.bytes;
    for (const auto& [name, each] : held_) {
      if (each.account != held.account) continue;
      ++files;
      bytes += each.shown.bytes;
    }
    if (files >= k_files_max || bytes > k_bytes_max) {
      return Error{ErrorKind::bad_command, "uploads_full", "Five files, or eight gibibytes, of yours lie here already",
                   "", "Read one in, or take one away"};
    }
    held.shown.upload = random_name(*entropy_);
    held.folder = folder_ / held.shown.upload;
    held_[held.shown.upload] = held;
  }
  TRY(store::make_private_folder(held.folder));
  TRY(store::rename_durably(arrival.file, held.folder / held.shown.file_name));
  held.shown.known_as = TRY(known_as(*session, held.shown.sha256));
  look_at(held.shown, {.file = held.folder / held.shown.file_name});
  const std::lock_guard lock(mutex_);
  if (!held_.contains(held.shown.upload)) return upload_unknown();  // Taken away meanwhile.
  held_[held.shown.upload] = held;
  return held.shown;
}

// Expects the mutex to be held.
void Uploads::remove_old() {
  std::erase_if(held_, [&](const auto& each) {
    if (clock_->now().microseconds - each.second.arrived.microseconds < k_kept_microseconds) return false;
    remove_files(each.second.folder);
    return true;
  });
}

Result<Uploads::Held> Uploads::held(const std::string& account, const std::string& upload) {
  const std::lock_guard lock(mutex_);
  remove_old();
  const auto found = held_.find(upload);
  if (found == held_.end() || found->second.account != account) return upload_unknown();
  return found->second;
}

Result<std::vector<Upload>> Uploads::list(const Outside& outside, const Settings& settings) {
  const auto session = TRY(session_of_collector(outside, settings));
  const std::lock_guard lock(mutex_);
  remove_old();
  std::vector<const Held*> own;
  for (const auto& [name, each] : held_) {
    if (each.account == session->account().name) own.push_back(&each);
  }
  std::ranges::sort(own, std::ranges::greater(), [](const Held* each) { return each->arrived; });
  std::vector<Upload> shown;
  for (const Held* each : own) shown.push_back(each->shown);
  return shown;
}

Result<Upload> Uploads::find(const Outside& outside, const Settings& settings, const std::string& upload) {
  const auto session = TRY(session_of_collector(outside, settings));
  Upload shown = TRY(held(session->account().name, upload)).shown;
  shown.known_as = TRY(known_as(*session, shown.sha256));
  return shown;
}

Result<Upload> Uploads::map(const Outside& outside, const Settings& settings, const Choice& choice) {
  const auto session = TRY(session_of_collector(outside, settings));
  Held changed = TRY(held(session->account().name, choice.upload));
  if (choice.mapping == "own") TRY(store::write_whole(own_mapping_of(changed.folder), choice.toml));
  look_at(changed.shown, {.file = changed.folder / changed.shown.file_name,
                          .mapping = choice.mapping,
                          .toml = choice.mapping == "own" ? choice.toml : std::string()});
  const std::lock_guard lock(mutex_);
  if (!held_.contains(choice.upload)) return upload_unknown();
  held_[choice.upload] = changed;
  return changed.shown;
}

Result<void> Uploads::remove(const Outside& outside, const Settings& settings, const std::string& upload) {
  const auto session = TRY(session_of_collector(outside, settings));
  const Held gone = TRY(held(session->account().name, upload));
  const std::lock_guard lock(mutex_);
  held_.erase(upload);
  remove_files(gone.folder);
  return {};
}

Result<UploadOrder> Uploads::order(const Settings& settings, const std::string& upload) {
  const Held found = TRY(held(settings.account, upload));
  if (found.shown.problem || found.shown.mapping.empty()) {
    return Error{ErrorKind::bad_command, "upload_unreadable", "No mapping reads this file yet", "",
                 "Choose or write a mapping first"};
  }
  const bool is_own = found.shown.mapping == "own";
  return UploadOrder{.file = found.folder / found.shown.file_name,
                     .mapping = is_own ? own_mapping_of(found.folder).string() : found.shown.mapping};
}

}  // namespace throughline::app
