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
#include "base/hash.h"
#include "base/result.h"

namespace throughline::app {

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
                                                                   const std::filesystem::path& folder);
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  // Where files are to be put before add(): their names there are nobody's but the server's.
  [[nodiscard]] std::filesystem::path folder() const;

  // Every function asks permission to bring data in, and works on the account's own files alone: another's is
  // "upload_unknown", as one that is not there. Further errors: "uploads_full" (five files, or eight gibibytes),
  // "file_name" for one that is no name.
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
  [[nodiscard]] base::Result<UploadOrder> order(const Settings& settings, const std::string& upload);

 private:
  struct Held {
    std::string account;
    std::filesystem::path folder;
    base::Instant arrived;
    Upload shown;
  };
  Uploads(base::Clock& clock, base::Entropy& entropy, std::filesystem::path folder)
      : clock_(&clock), entropy_(&entropy), folder_(std::move(folder)) {}
  [[nodiscard]] base::Result<Held> held(const std::string& account, const std::string& upload);
  void remove_old();
  base::Clock* clock_;
  base::Entropy* entropy_;
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, Held> held_;
};

}  // namespace throughline::app
