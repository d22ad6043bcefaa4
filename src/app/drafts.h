// Work that is not finished, kept for the person who began it: sealed under a key that lies with the workspace's keys,
// in a file named by a hash, so that neither name nor text can be read from the folder.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "app/outside.h"
#include "base/date.h"
#include "base/result.h"
#include "ledger/model.h"

namespace throughline::app {

struct Draft {
  std::string text;
  base::Instant kept_at;
};

// Thread-safe.
class Drafts {
 public:
  // `keys` is the folder of keys, in which the drafts' own is made when there is none. Drafts that were kept ninety
  // days ago or longer are removed. Errors: those of files; "draft_key_damaged".
  [[nodiscard]] static base::Result<std::unique_ptr<Drafts>> open(const Outside& outside,
                                                                  const std::filesystem::path& folder,
                                                                  const std::filesystem::path& keys);
  ~Drafts();
  Drafts(const Drafts&) = delete;
  Drafts& operator=(const Drafts&) = delete;

  // Of one account: another's drafts are as if they were not there. Whether the account may have drafts at all was
  // asked before: see own_work.h. Errors: "draft_unknown"; "drafts_full" beyond fifty; "draft_damaged".
  [[nodiscard]] base::Result<Draft> find(const ledger::Account& account, const std::string& name);
  [[nodiscard]] base::Result<Draft> keep(const ledger::Account& account, const std::string& name,
                                         const std::string& text);
  [[nodiscard]] base::Result<void> remove(const ledger::Account& account, const std::string& name);

 private:
  struct State;
  explicit Drafts(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace throughline::app
