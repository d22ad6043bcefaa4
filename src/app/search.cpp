#include "app/search.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/session.h"
#include "base/number.h"
#include "base/text.h"
#include "evidence/cell.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::World;
using ledger::RegisteredExtract;

constexpr std::size_t k_hits_max = 8;
constexpr std::size_t k_hash_digits_min = 4;

// What is looked for, and what it is looked for in.
struct Sought {
  std::string text;    // As it was typed, without blanks at its ends.
  std::string folded;  // For comparing.
};

// Begins with it, has a word that begins with it, or has it anywhere: 0, 1, 2. Nothing where it is not there.
std::optional<int> rank_in(const Sought& sought, std::string_view folded) {
  const std::size_t at = folded.find(sought.folded);
  if (at == std::string_view::npos) return std::nullopt;
  if (at == 0 || folded[at - 1] == '\n') return 0;
  return folded[at - 1] == ' ' || folded[at - 1] == '-' ? 1 : 2;
}

std::optional<int> rank_of(const Sought& sought, std::string_view name) {
  return rank_in(sought, base::fold(name));
}

// The best of what was found, by rank and then as it was found.
template <class Found>
class Ranked {
 public:
  void add(int rank, Found found) { ranked_[rank].push_back(std::move(found)); }
  // The group with its hits, if there are any.
  template <class Show>
  void give(SearchAnswer& answer, std::string kind, std::string title, const Show& show) const {
    SearchGroup group{.kind = std::move(kind), .title = std::move(title), .hits = {}};
    for (const auto& [rank, found] : ranked_) {
      for (const Found& each : found) {
        if (group.hits.size() < k_hits_max) group.hits.push_back(show(each));
      }
    }
    if (!group.hits.empty()) answer.groups.push_back(std::move(group));
  }

 private:
  std::map<int, std::vector<Found>> ranked_;
};

class Hits : public Ranked<SearchHit> {
 public:
  void add_if_like(const Sought& sought, std::string_view name, SearchHit hit) {
    if (const auto rank = rank_of(sought, name)) add(*rank, std::move(hit));
  }
  void give(SearchAnswer& answer, std::string kind, std::string title) const {
    Ranked::give(answer, std::move(kind), std::move(title), [](const SearchHit& hit) { return hit; });
  }
};

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    out += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

SearchHit area_hit(const World& world, const evidence::Area& area) {
  const auto force = world.areas().containing(area.code, evidence::AreaKind::force);
  const evidence::Area* in = force ? world.areas().find(*force) : nullptr;
  const std::string within = in == nullptr || in->code == area.code ? "" : ", " + in->name + " police area";
  return {.title = area.name,
          .detail = fmt::format("{} {}{}", name_of(area.kind), area.code.text(), within),
          .page = "/measure?area=" + area.code.text()};
}

// Larger kinds come first among equals: most people mean the town, not one of its wards.
int kind_rank(evidence::AreaKind kind) {
  return static_cast<int>(evidence::AreaKind::force) - static_cast<int>(kind);
}

// The names of tens of thousands of areas, folded once and not with every search.
class AreaIndex {
 public:
  struct Entry {
    const evidence::Area* area = nullptr;
    std::string folded;
  };
  explicit AreaIndex(std::shared_ptr<const evidence::Known> known) : known_(std::move(known)) {
    for (const auto& [code, area] : known_->areas.all()) {
      entries_.push_back({.area = &area, .folded = base::fold(area.name + "\n" + code.text())});
    }
  }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  // The index of that knowledge; made where the last one was of another.
  [[nodiscard]] static std::shared_ptr<const AreaIndex> of(const std::shared_ptr<const evidence::Known>& known) {
    static std::mutex mutex;
    static std::shared_ptr<const AreaIndex> last;
    const std::lock_guard lock(mutex);
    if (last == nullptr || last->known_ != known) last = std::make_shared<const AreaIndex>(known);
    return last;
  }

 private:
  std::shared_ptr<const evidence::Known> known_;
  std::vector<Entry> entries_;
};

void find_areas(SearchAnswer& answer, const World& world, const Sought& sought) {
  constexpr int k_kinds = 4;
  Ranked<const evidence::Area*> hits;
  const auto index = AreaIndex::of(world.known());
  for (const AreaIndex::Entry& entry : index->entries()) {
    if (const auto rank = rank_in(sought, entry.folded)) {
      hits.add(*rank * k_kinds + kind_rank(entry.area->kind), entry.area);
    }
  }
  hits.give(answer, "area", "Areas", [&](const evidence::Area* area) { return area_hit(world, *area); });
}

void find_categories(SearchAnswer& answer, const World& world, const Sought& sought) {
  Hits hits;
  for (const evidence::Measure& measure : evidence::measures()) {
    const std::string page = "/measure?measure=" + std::string(measure.name);
    hits.add_if_like(sought, measure.title, {std::string(measure.title), "measure", page});
    for (const evidence::CategoryUse& use : world.facts(measure.source).categories) {
      if (use.words.empty()) continue;
      hits.add_if_like(sought, use.words, {use.words, std::string(measure.title), page + "&category=" + use.slug});
    }
  }
  hits.give(answer, "category", "Measures and categories");
}

// The name of a file may name a person: it is looked in only where the extract is open to the account.
void find_extracts(SearchAnswer& answer, const Session& session, const std::vector<RegisteredExtract>& visible,
                   const Sought& sought) {
  Hits sources;
  Hits extracts;
  std::set<std::string> seen;
  for (const RegisteredExtract& extract : visible) {
    const ledger::Announcement& announced = extract.announced;
    if (seen.insert(announced.source).second) {
      sources.add_if_like(sought, announced.source,
                          {announced.source, "source", "/sources/" + encoded(announced.source)});
    }
    const std::string name = records::extract_name(announced.content_hash);
    const SearchHit hit{.title = announced.coverage.empty() ? name : announced.coverage,
                        .detail = fmt::format("{}, {}", announced.source, name),
                        .page = "/sources/extracts/" + name};
    const bool is_hash =
        sought.text.size() >= k_hash_digits_min && announced.content_hash.hex().starts_with(sought.folded);
    if (is_hash) {
      extracts.add(0, hit);
    } else if (rank_of(sought, announced.coverage) ||
               (session.is_open(extract) && rank_of(sought, announced.file_name))) {
      extracts.add(1, hit);
    }
  }
  sources.give(answer, "source", "Sources");
  extracts.give(answer, "extract", "Extracts");
}

// A name that says itself what it is: a record, a figure.
void find_by_form(SearchAnswer& answer, const Sought& sought) {
  Hits records_found;
  if (const auto id = records::RecordId::parse(sought.text)) {
    records_found.add(0, {id->text(), "record", "/records/" + id->text()});
  }
  records_found.give(answer, "record", "Records");
  Hits figures;
  if (evidence::looks_like_cell(sought.text)) {
    if (const auto cell = evidence::parse_cell(sought.text); cell.ok()) {
      const std::string name = to_text(cell.value());
      figures.add(0, {name, "figure", "/measure?trace=" + encoded(name)});
    }
  }
  figures.give(answer, "figure", "Figures");
}

// Only for those who may: asked without an entry, since nothing was wished for by name.
bool may_see_accounts(const Session& session) {
  const Wanted accounts{.data_class = ledger::DataClass::accounts, .object = "accounts"};
  return std::ranges::any_of(session.account().roles, [&](ledger::Role role) {
    return session.would(accounts, role).decision == ledger::Decision::allow;
  });
}

// An administrator of another agency than the founding one looks after its own people alone.
bool is_shown(const ledger::Account& asker, const ledger::Account& account) {
  return asker.agency == ledger::k_founding_agency || asker.agency == account.agency;
}

Result<void> find_in_ledger(SearchAnswer& answer, Session& session, const Sought& sought) {
  if (may_see_accounts(session)) {
    Hits hits;
    for (const ledger::Account& account : TRY(session.ledger().accounts())) {
      if (!is_shown(session.account(), account)) continue;
      const SearchHit hit{.title = account.name, .detail = account.agency_name, .page = "/govern/people"};
      if (const auto rank = rank_of(sought, account.name)) {
        hits.add(*rank, hit);
      } else {
        hits.add_if_like(sought, account.person_name, hit);
      }
    }
    hits.give(answer, "account", "Accounts");
  }
  const auto number = base::parse_integer(sought.text);
  const std::int64_t entries = TRY(session.ledger().log().size());
  if (number && *number >= 0 && *number < entries) {
    Hits hits;
    hits.add(0, {fmt::format("Entry {}", *number), "audit log", fmt::format("/govern/log/{}", *number)});
    hits.give(answer, "entry", "Entries of the log");
  }
  return {};
}

// The nearest name there is, of areas larger than a ward, categories and sources.
std::string nearest_words(const World& world, const std::vector<RegisteredExtract>& visible, const Sought& sought) {
  std::set<std::string> names;
  for (const auto& [code, area] : world.areas().all()) {
    const bool is_large = area.kind == evidence::AreaKind::force || area.kind == evidence::AreaKind::local_authority;
    if (is_large) names.insert(area.name);
  }
  for (const evidence::Measure& measure : evidence::measures()) {
    for (const evidence::CategoryUse& use : world.facts(measure.source).categories) {
      if (!use.words.empty()) names.insert(use.words);
    }
  }
  for (const RegisteredExtract& extract : visible) names.insert(extract.announced.source);
  const std::vector<std::string> all(names.begin(), names.end());
  if (const auto nearest = base::nearest_name(sought.text, all)) return *nearest;
  // One word of a longer name may have been meant: "Southned" of "Southend-on-Sea".
  std::vector<std::string> firsts;
  for (const std::string& name : all) firsts.push_back(name.substr(0, name.find_first_of(" -,")));
  const auto first = base::nearest_name(sought.text, firsts);
  if (!first) return "";
  return all[static_cast<std::size_t>(std::ranges::find(firsts, *first) - firsts.begin())];
}

void find_names(SearchAnswer& answer, const World& world, const Sought& sought) {
  find_areas(answer, world, sought);
  find_categories(answer, world, sought);
}

Sought sought_of(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  const std::string trimmed = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  return {.text = trimmed, .folded = base::fold(trimmed)};
}

}  // namespace

Result<SearchAnswer> search(const Outside& outside, const Settings& settings, const std::string& text) {
  const auto session = TRY(Session::open(outside, settings, "search"));
  static_cast<void>(TRY(session->may({.object = "search"})));
  SearchAnswer answer;
  const Sought sought = sought_of(text);
  if (sought.folded.empty()) return answer;
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  const std::vector<RegisteredExtract> visible = TRY(session->visible());
  find_by_form(answer, sought);
  find_names(answer, world, sought);
  find_extracts(answer, *session, visible, sought);
  TRY(find_in_ledger(answer, *session, sought));
  if (!answer.groups.empty()) return answer;
  answer.meant = nearest_words(world, visible, sought);
  if (answer.meant.empty()) return answer;
  const Sought meant = sought_of(answer.meant);
  find_names(answer, world, meant);
  find_extracts(answer, *session, visible, meant);
  return answer;
}

}  // namespace throughline::app
