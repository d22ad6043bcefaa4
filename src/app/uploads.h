// Files that a person handed in to be looked at before anything is stored.
//
// Each lies under a random name in a folder of the workspace, readable by the program's account alone; what the person
// called it is a label and never a path. A file goes when it was read in, when its owner takes it away, after a day,
// and when the server starts. Nothing that is told of a file holds a value of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/upload_room.h"
#include "base/hash.h"
#include "base/result.h"

namespace throughline::app {

class Session;

struct UploadColumn {
  std::string column;
  std::string kind;     // The type of what it fills, or how it is kept.
  std::string meaning;  // "event.category"; empty where the mapping does not know it.
};

// How the first rows fare under the mapping.
struct UploadSample {
  struct Rule {
    std::string rule;
    std::string column;
    std::int64_t rows = 0;
  };
  std::int64_t rows = 0;
  std::int64_t records = 0;
  std::int64_t rejected = 0;
  std::vector<Rule> rules;
};

struct UploadCandidate {
  std::string name;
  std::string title;
};

struct Upload {
  std::string upload = {};  // Its name here.
  std::string file_name = {};
  std::int64_t bytes = 0;
  base::Hash sha256 = {};    // Of the file as it came.
  std::string mapping = {};  // Empty where none fits; "own" for a text of the person's.
  std::vector<UploadCandidate> candidates = {};
  std::vector<UploadColumn> columns = {};
  std::string toml = {};
  std::optional<UploadSample> sample = {};
  std::optional<base::Error> problem = {};
  std::string known_as = {};  // The extract that has the same bytes already; empty: none.
};

// The file that is handed over, which is moved away.
struct UploadArrival {
  std::filesystem::path file;
  std::string name;  // As the person calls it.
};

// What an ingest of it needs.
struct UploadOrder {
  std::filesystem::path file;
  std::string mapping;  // A built-in's name, or the path of the person's own.
};

// Thread-safe.
class Uploads {
 public:
  // Makes the folder and empties it.
  [[nodiscard]] static base::Result<std::unique_ptr<Uploads>> open(const Outside& outside,
                                                                   const std::filesystem::path& folder,
                                                                   const UploadLimits& limits = {});
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  // Where files are to be put before add(): their names there are nobody's but the server's.
  [[nodiscard]] std::filesystem::path folder() const;
  // A file on its way there, counted against its account from the first byte on; what it counts goes over to add().
  // Must not outlive this.
  class Arriving;
  // One that is said to be so long; nought where that was not said. Waits for nothing. Error "uploads_full".
  [[nodiscard]] base::Result<std::shared_ptr<Arriving>> expect(ledger::AccountId account, std::int64_t bytes_expected);

  // Every function asks permission to bring data in and to do this with work of one's own, and works on the account's
  // own files alone: another's is "upload_unknown", as one that is not there. Further errors: those of UploadRoom,
  // "file_name" for one that is no name. A file that add() refused or failed with leaves nothing behind.
  [[nodiscard]] base::Result<Upload> add(const Outside& outside, const Settings& settings,
                                         const UploadArrival& arrival);
  [[nodiscard]] base::Result<std::vector<Upload>> list(const Outside& outside, const Settings& settings);
  [[nodiscard]] base::Result<Upload> find(const Outside& outside, const Settings& settings, const std::string& upload);
  // Looks at it again by another mapping: a built-in's name, or "own" with its text.
  struct Choice {
    std::string upload;
    std::string mapping;
    std::string toml;
  };
  [[nodiscard]] base::Result<Upload> map(const Outside& outside, const Settings& settings, const Choice& choice);
  [[nodiscard]] base::Result<void> remove(const Outside& outside, const Settings& settings, const std::string& upload);

  // For a job that reads it in; it stays until removed. Error "upload_unreadable" where no mapping fits.
  [[nodiscard]] base::Result<UploadOrder> order(const Outside& outside, const Settings& settings,
                                                const std::string& upload);

 private:
  struct Held {
    ledger::AccountId maker;
    std::filesystem::path folder;
    base::Instant arrived;
    Upload shown;
    std::shared_ptr<UploadRoom::Place> place;
  };
  Uploads(const Outside& outside, std::filesystem::path folder, const UploadLimits& limits)
      : clock_(&outside.clock), entropy_(&outside.entropy), folder_(std::move(folder)), room_(limits) {}
  [[nodiscard]] base::Result<std::shared_ptr<UploadRoom::Place>> place_of(ledger::AccountId account,
                                                                          const UploadArrival& arrival);
  [[nodiscard]] base::Result<Upload> take_over(Session& session, const Held& held, const UploadArrival& arrival);
  [[nodiscard]] base::Result<Held> held(const ledger::Account& account, const std::string& upload);
  void remove_old();
  base::Clock* clock_;
  base::Entropy* entropy_;
  std::filesystem::path folder_;
  UploadRoom room_;
  std::mutex mutex_;  // Guards what follows.
  std::map<std::string, Held> held_;
  // Apart from the other, which is held while files are removed: threads of the network take this one.
  std::mutex arriving_mutex_;
  std::map<std::filesystem::path, std::shared_ptr<UploadRoom::Place>> arriving_;  // By the file.
};

class Uploads::Arriving {
 public:
  Arriving(Uploads& uploads, std::shared_ptr<UploadRoom::Place> place) : uploads_(&uploads), place_(std::move(place)) {}
  ~Arriving();
  Arriving(const Arriving&) = delete;
  Arriving& operator=(const Arriving&) = delete;

  // Before so many bytes more are written to the file. Errors: those of UploadRoom::Place.
  [[nodiscard]] base::Result<void> take(const std::filesystem::path& file, std::int64_t bytes);

 private:
  Uploads* uploads_;
  std::shared_ptr<UploadRoom::Place> place_;
  std::filesystem::path file_;  // Empty before its first bytes.
};

}  // namespace throughline::app
