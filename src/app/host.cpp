#include "app/host.h"

#include <algorithm>
#include <filesystem>

#include "app/session.h"

namespace throughline::app {

namespace {

using base::Result;

// The newest state and a few as-of dates beside it.
constexpr std::size_t k_links_max = 2;
constexpr std::size_t k_learnt_max = 4;

}  // namespace

Host::Place::Place(Host& host, Access access) : host_(host), access_(access) {
  // The writer's turn first: whoever waits for it must not keep others out of the workspace.
  if (access != Access::reading) writing_ = std::unique_lock(host.writer_);
  // A shared lock lets readers past a waiting writer for as long as they overlap: the door keeps them out.
  const std::scoped_lock door(host.door_);
  if (access == Access::alone) {
    alone_ = std::unique_lock(host.presence_);
  } else {
    shared_ = std::shared_lock(host.presence_);
  }
}

Host::Place::~Place() {
  host_.leave(*this);
}

Result<std::unique_ptr<Host>> Host::open(const Outside& outside, const Settings& settings, const std::string& verb) {
  auto workspace = TRY(store::Workspace::open(settings.workspace, opening_of(outside, settings, verb)));
  std::unique_ptr<Host> host(new Host(outside, std::move(workspace)));
  if (!TRY(ledger::Ledger::is_founded(*host->workspace_))) {
    return base::Error{base::ErrorKind::bad_command, "workspace_unfinished",
                       "The making of this workspace was interrupted", host->workspace_->paths().root.string(),
                       "Run throughline init once more: it goes on from there"};
  }
  host->idle_.push_back(TRY(ledger::Ledger::open(*host->workspace_, outside.clock, outside.entropy)));
  return host;
}

bool Host::holds(const std::string& folder) const {
  std::error_code failure;
  return std::filesystem::equivalent(workspace_->paths().root, folder, failure);
}

Result<std::unique_ptr<Host::Place>> Host::enter(Access access) {
  auto place = std::make_unique<Place>(*this, access);
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      place->ledger_ = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!place->ledger_) place->ledger_ = TRY(ledger::Ledger::open_another(*workspace_, *clock_, *entropy_));
  return place;
}

void Host::leave(Place& place) {
  std::vector<ReadLinks> links;  // Freed after the lock: many millions of records may go with the last who holds them.
  std::vector<Learnt> learnt;
  const std::scoped_lock lock(mutex_);
  if (place.ledger_) idle_.push_back(std::move(place.ledger_));
  if (place.access_ == Access::alone) learnt.swap(learnt_);  // Rows may be gone from under the same extracts.
  if (place.access_ == Access::reading) return;
  ++generation_;
  links.swap(links_);
}

Result<evidence::World> Host::world(evidence::View view) {
  std::vector<std::int32_t> extracts;
  for (const evidence::VisibleExtract& extract : view.extracts) extracts.push_back(extract.number);
  {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(learnt_, extracts, &Learnt::extracts);
    if (found != learnt_.end()) {
      std::rotate(found, found + 1, learnt_.end());
      return evidence::World(std::move(view), learnt_.back().known);
    }
  }
  evidence::World world = TRY(evidence::World::load(std::move(view)));
  const std::scoped_lock lock(mutex_);
  learnt_.push_back({.extracts = std::move(extracts), .known = world.known()});
  if (learnt_.size() > k_learnt_max) learnt_.erase(learnt_.begin());
  return world;
}

std::shared_ptr<const KeptLinks> Host::kept(std::optional<base::Date> as_of, std::uint64_t generation) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find_if(
      links_, [&](const ReadLinks& each) { return each.as_of == as_of && each.generation == generation; });
  if (found == links_.end()) return nullptr;
  std::rotate(found, found + 1, links_.end());
  return links_.back().links;
}

Result<std::shared_ptr<const KeptLinks>> Host::links(ledger::Ledger& ledger, std::optional<base::Date> as_of) {
  // Before anything is read: what was begun before a change is not kept as if it were read after it.
  const std::uint64_t generation = this->generation();
  if (auto links = kept(as_of, generation)) return links;
  // Whoever asks meanwhile waits, and does not read everything beside this.
  const std::scoped_lock reading(reading_links_);
  if (auto links = kept(as_of, generation)) return links;
  store::DuckConnection connection = TRY(workspace_->records_store().connect());
  auto links = std::make_shared<const KeptLinks>(TRY(linkage::read_links(ledger, connection, as_of)));
  std::shared_ptr<const KeptLinks> dropped;  // Freed after the lock.
  const std::scoped_lock lock(mutex_);
  if (generation != generation_) return links;
  links_.push_back({.as_of = as_of, .generation = generation, .links = links});
  if (links_.size() > k_links_max) {
    dropped = std::move(links_.front().links);
    links_.erase(links_.begin());
  }
  return links;
}

}  // namespace throughline::app
