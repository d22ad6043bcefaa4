#include "app/uploads.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/ownership.h"
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

// Whether the account may bring in anything at all, and may do this with files of its own; of what class a file is, its
// mapping says when it is read in. Whose some file is, is asked of owns().
Result<std::unique_ptr<Session>> session_of_collector(const Outside& outside, const Settings& settings,
                                                      ledger::Operation operation) {
  auto session = TRY(Session::open(outside, settings, "uploads"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::collection,
                                      .data_class = ledger::DataClass::published,
                                      .object = "a file to be looked at"})));
  static_cast<void>(TRY(session->may({.operation = operation,
                                      .data_class = ledger::DataClass::own_work,
                                      .object = "uploads",
                                      .maker = session->account().id})));
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

Result<std::unique_ptr<Uploads>> Uploads::open(const Outside& outside, const std::filesystem::path& folder,
                                               const UploadLimits& limits) {
  std::error_code failure;
  std::filesystem::remove_all(folder, failure);
  TRY(store::make_private_folder(folder));
  TRY(store::make_private_folder(folder / "arriving"));
  return std::unique_ptr<Uploads>(new Uploads(outside, folder, limits));
}

std::filesystem::path Uploads::folder() const {
  return folder_ / "arriving";
}

Result<std::shared_ptr<Uploads::Arriving>> Uploads::expect(ledger::AccountId account, std::int64_t bytes_expected) {
  std::shared_ptr<UploadRoom::Place> place = TRY(room_.enter(account, bytes_expected));
  return std::make_shared<Arriving>(*this, std::move(place));
}

Result<void> Uploads::Arriving::take(const std::filesystem::path& file, std::int64_t bytes) {
  if (file_.empty()) {
    const std::lock_guard lock(uploads_->arriving_mutex_);
    uploads_->arriving_[file] = place_;
    file_ = file;
  }
  return place_->grow(file.parent_path(), bytes);
}

Uploads::Arriving::~Arriving() {
  const std::lock_guard lock(uploads_->arriving_mutex_);
  uploads_->arriving_.erase(file_);
}

// The one that was taken while the file arrived, or one for all of it.
Result<std::shared_ptr<UploadRoom::Place>> Uploads::place_of(ledger::AccountId account, const UploadArrival& arrival) {
  {
    const std::lock_guard lock(mutex_);
    remove_old();
  }
  {
    const std::lock_guard lock(arriving_mutex_);
    const auto arriving = arriving_.find(arrival.file);
    if (arriving != arriving_.end()) return arriving->second;
  }
  const std::int64_t bytes = TRY(store::file_bytes(arrival.file));
  return room_.enter(account, bytes);
}

Result<Upload> Uploads::add(const Outside& outside, const Settings& settings, const UploadArrival& arrival) {
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::collection));
  Held held{.maker = session->account().id, .folder = {}, .arrived = clock_->now(), .shown = {}, .place = {}};
  held.shown.file_name = TRY(plain_name(arrival.name));
  held.place = TRY(place_of(held.maker, arrival));
  held.shown.bytes = TRY(store::file_bytes(arrival.file));
  held.shown.sha256 = TRY(store::hash_file(arrival.file));
  held.shown.upload = random_name(*entropy_);
  held.folder = folder_ / held.shown.upload;
  Result<Upload> added = take_over(*session, held, arrival);
  if (!added.ok()) remove_files(held.folder);
  return added;
}

// Its place in the list comes last: what fails before leaves no entry of the list behind.
Result<Upload> Uploads::take_over(Session& session, const Held& held, const UploadArrival& arrival) {
  TRY(store::make_private_folder(held.folder));
  TRY(store::rename_durably(arrival.file, held.folder / held.shown.file_name));
  Held looked_at = held;
  looked_at.shown.known_as = TRY(known_as(session, held.shown.sha256));
  look_at(looked_at.shown, {.file = held.folder / held.shown.file_name});
  const std::lock_guard lock(mutex_);
  held_[held.shown.upload] = looked_at;
  return looked_at.shown;
}

// Expects the mutex to be held.
void Uploads::remove_old() {
  std::erase_if(held_, [&](const auto& each) {
    if (clock_->now().microseconds - each.second.arrived.microseconds < k_kept_microseconds) return false;
    remove_files(each.second.folder);
    return true;
  });
}

Result<Uploads::Held> Uploads::held(const ledger::Account& account, const std::string& upload) {
  const std::lock_guard lock(mutex_);
  remove_old();
  const auto found = held_.find(upload);
  if (found == held_.end() || !owns(account, found->second.maker)) return upload_unknown();
  return found->second;
}

Result<std::vector<Upload>> Uploads::list(const Outside& outside, const Settings& settings) {
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::consultation));
  const std::lock_guard lock(mutex_);
  remove_old();
  std::vector<const Held*> own;
  for (const auto& [name, each] : held_) {
    if (owns(session->account(), each.maker)) own.push_back(&each);
  }
  std::ranges::sort(own, std::ranges::greater(), [](const Held* each) { return each->arrived; });
  std::vector<Upload> shown;
  for (const Held* each : own) shown.push_back(each->shown);
  return shown;
}

Result<Upload> Uploads::find(const Outside& outside, const Settings& settings, const std::string& upload) {
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::consultation));
  Upload shown = TRY(held(session->account(), upload)).shown;
  shown.known_as = TRY(known_as(*session, shown.sha256));
  return shown;
}

Result<Upload> Uploads::map(const Outside& outside, const Settings& settings, const Choice& choice) {
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::alteration));
  Held changed = TRY(held(session->account(), choice.upload));
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
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::erasure));
  const Held gone = TRY(held(session->account(), upload));
  const std::lock_guard lock(mutex_);
  held_.erase(upload);
  remove_files(gone.folder);
  return {};
}

Result<UploadOrder> Uploads::order(const Outside& outside, const Settings& settings, const std::string& upload) {
  const auto session = TRY(session_of_collector(outside, settings, ledger::Operation::collection));
  const Held found = TRY(held(session->account(), upload));
  if (found.shown.problem || found.shown.mapping.empty()) {
    return Error{ErrorKind::bad_command, "upload_unreadable", "No mapping reads this file yet", "",
                 "Choose or write a mapping first"};
  }
  const bool is_own = found.shown.mapping == "own";
  return UploadOrder{.file = found.folder / found.shown.file_name,
                     .mapping = is_own ? own_mapping_of(found.folder).string() : found.shown.mapping};
}

}  // namespace throughline::app
