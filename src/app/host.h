// A workspace held open, for one act or for a server's many at once.
//
// Reads go side by side, each with a ledger connection of its own. One writer works at a time beside them; what must
// be alone in the workspace (a rebuild of the store, an erasure, a backup) waits until the others have left and keeps
// new ones out. Every act enters through a Session.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/kept_links.h"
#include "app/outside.h"
#include "app/refusal_notes.h"
#include "base/result.h"
#include "evidence/stage.h"
#include "ledger/ledger.h"
#include "store/workspace.h"

namespace throughline::app {

enum class Access { reading, writing, alone };

class Host {
 public:
  // The outside's clock and entropy must outlive the host. Errors: those of the workspace and the ledger;
  // "workspace_unfinished" when its making was interrupted.
  [[nodiscard]] static base::Result<std::unique_ptr<Host>> open(const Outside& outside, const Settings& settings,
                                                                const std::string& verb);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  [[nodiscard]] store::Workspace& workspace() { return *workspace_; }
  // Whether it holds the workspace in that folder, however the path is written.
  [[nodiscard]] bool holds(const std::string& folder) const;

  // An act's place in the workspace, left when it ends, on the thread that took it.
  class Place {
   public:
    Place(Host& host, Access access);
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place();
    [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }

   private:
    friend class Host;
    Host& host_;
    Access access_;
    std::unique_lock<std::mutex> writing_;
    std::shared_lock<std::shared_mutex> shared_;
    std::unique_lock<std::shared_mutex> alone_;
    std::unique_ptr<ledger::Ledger> ledger_;
  };
  // Waits for its turn. REQUIRES that the thread has no place yet: behind somebody who must be alone it would wait for
  // itself.
  [[nodiscard]] base::Result<std::unique_ptr<Place>> enter(Access access);

  // What is known of the view's extracts: worked out once for each set of them, the last few kept.
  [[nodiscard]] base::Result<evidence::World> world(evidence::View view);
  // The links of the last run as known at that day's end, or now: read once for as long as nothing is written, the last
  // few kept. Errors: those of read_links().
  [[nodiscard]] base::Result<std::shared_ptr<const KeptLinks>> links(ledger::Ledger& ledger,
                                                                     std::optional<base::Date> as_of);
  // Changes whenever what can be seen may have changed.
  [[nodiscard]] std::uint64_t generation() const { return generation_.load(); }
  [[nodiscard]] RefusalNotes& refusals() { return refusals_; }
  // True for the first who asks: whoever that is finishes what an earlier process left half-way.
  [[nodiscard]] bool is_recovery_due() { return is_recovery_due_.exchange(false); }

 private:
  Host(const Outside& outside, std::unique_ptr<store::Workspace> workspace)
      : clock_(&outside.clock), entropy_(&outside.entropy), workspace_(std::move(workspace)) {}
  void leave(Place& place);
  struct Learnt {
    std::vector<std::int32_t> extracts;
    std::shared_ptr<const evidence::Known> known;
  };
  struct ReadLinks {
    std::optional<base::Date> as_of;
    std::uint64_t generation = 0;
    std::shared_ptr<const KeptLinks> links;
  };
  [[nodiscard]] std::shared_ptr<const KeptLinks> kept(std::optional<base::Date> as_of, std::uint64_t generation);

  base::Clock* clock_;
  base::Entropy* entropy_;
  std::unique_ptr<store::Workspace> workspace_;
  RefusalNotes refusals_;
  std::mutex writer_;
  std::mutex door_;  // Held while somebody goes in; by whoever must be alone, until the others have left.
  std::shared_mutex presence_;
  std::mutex reading_links_;
  std::mutex mutex_;  // Guards what follows.
  std::vector<std::unique_ptr<ledger::Ledger>> idle_;
  std::vector<Learnt> learnt_;    // Used last, last.
  std::vector<ReadLinks> links_;  // Likewise; all of one generation.
  std::atomic<std::uint64_t> generation_ = 1;
  std::atomic<bool> is_recovery_due_ = true;
};

}  // namespace throughline::app
