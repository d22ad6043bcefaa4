#include "app/score_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "linkage/tables_row_keys.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

constexpr double k_child_years = 18;
constexpr double k_days_per_year = 365.25;

// What a record of the truth and a mention of the workspace have in common.
struct MentionKey {
  std::uint32_t extract = 0;  // Of the truth.
  std::string row_key{};
  std::uint32_t role = 0;
  friend auto operator<=>(const MentionKey&, const MentionKey&) = default;
};

// By number of the workspace's extract.
std::map<ledger::ExtractNo, std::uint32_t> extracts_here(const std::vector<ledger::RegisteredExtract>& registered,
                                                         const Truth& truth) {
  std::map<base::Hash, std::uint32_t> by_bytes;
  for (std::size_t i = 0; i < truth.extracts.size(); ++i) {
    if (truth.extracts[i].bytes) by_bytes.emplace(*truth.extracts[i].bytes, static_cast<std::uint32_t>(i));
  }
  std::map<ledger::ExtractNo, std::uint32_t> here;
  for (const ledger::RegisteredExtract& extract : registered) {
    const auto found = by_bytes.find(extract.announced.received_hash);
    if (found != by_bytes.end()) here.emplace(extract.announced.extract, found->second);
  }
  return here;
}

// Rows of school attendance have no number of their own: they are told by the pupil's, before the first day of the
// term.
std::string_view told_by(std::string_view row_key) {
  constexpr std::size_t k_pupil_number = 13;
  const bool is_pupil_and_day =
      row_key.size() > k_pupil_number && row_key[k_pupil_number] == ' ' &&
      std::ranges::all_of(row_key.substr(1, k_pupil_number - 1), [](char c) { return c >= '0' && c <= '9'; });
  return is_pupil_and_day ? row_key.substr(0, k_pupil_number) : row_key;
}

using KeysByRow = std::map<std::pair<ledger::ExtractNo, std::int64_t>, std::string>;

Result<KeysByRow> keys_by_row(Session& session, const std::map<ledger::ExtractNo, std::uint32_t>& here) {
  std::vector<ledger::ExtractNo> extracts;
  for (const auto& [extract, number] : here) extracts.push_back(extract);
  store::DuckConnection connection = TRY(session.connect());
  KeysByRow keys;
  for (linkage::RowKey& each : TRY(linkage::read_row_keys(connection, extracts))) {
    keys.emplace_hint(keys.end(), std::pair(each.extract, each.place), std::move(each.key));
  }
  return keys;
}

// Places among the run's mentions, and people of the truth, that share a key; both in the order of their rows.
struct Meeting {
  std::vector<std::uint32_t> places;
  std::vector<std::uint32_t> people;
};

bool are_one_person(const Meeting& meeting) {
  return std::ranges::all_of(meeting.people, [&](std::uint32_t each) { return each == meeting.people.front(); });
}

class Numbers {
 public:
  std::uint16_t of(const std::string& text) {
    const auto found = std::ranges::find(texts, text);
    const auto number = static_cast<std::uint16_t>(found - texts.begin());
    if (found == texts.end()) texts.push_back(text);
    return number;
  }
  std::vector<std::string> texts;
};

bool is_child(const Mention& mention, const std::optional<base::Date>& born) {
  if (!born || !mention.event_start) return false;
  return *mention.event_start - *born < static_cast<std::int32_t>(k_child_years * k_days_per_year);
}

// Fills in what the mentions are known as.
struct Knowing {
  const LinkView* view = nullptr;
  const Truth* truth = nullptr;
  KnownLinks known{};
  Numbers agencies{}, kinds{};

  void add(std::uint32_t place, std::uint32_t person, std::uint32_t extract) {
    const std::string& name = truth->extracts[extract].name;
    const Mention& mention = view->links().world.mentions[place];
    const auto entity = view->links().entity_of(mention.id);
    // One that came after the run is taken for nobody else; entities are numbered far below.
    const std::uint32_t cluster = entity ? static_cast<std::uint32_t>(entity->number()) : ~place;
    known.mentions.push_back({.truth = person,
                              .cluster = cluster,
                              .agency = agencies.of(name.substr(0, name.find('/'))),
                              .kind = kinds.of(mention.event_kind),
                              .is_child = is_child(mention, truth->born[person])});
    known.places.push_back({.place = place, .truth = person});
  }
};

void meet(std::uint32_t extract, const Meeting& meeting, Knowing& knowing) {
  if (meeting.places.empty() || meeting.people.empty()) return;
  const bool is_one = are_one_person(meeting);
  if (!is_one && meeting.places.size() != meeting.people.size()) {
    knowing.known.ambiguous += std::ssize(meeting.people);
    return;
  }
  for (std::size_t i = 0; i < meeting.places.size(); ++i) {
    knowing.add(meeting.places[i], is_one ? meeting.people.front() : meeting.people[i], extract);
  }
  knowing.known.records_matched += std::ssize(meeting.people);
}

}  // namespace

Result<KnownLinks> known_links(Session& session, const LinkView& view, const Truth& truth) {
  const auto here = extracts_here(TRY(session.visible()), truth);
  if (here.empty()) {
    return Error{ErrorKind::bad_command, "truth_of_another",
                 fmt::format("None of the {} extracts of that truth is in the workspace", truth.extracts.size()),
                 "--truth", "Ingest the extracts that lie beside the truth, or name the truth of those ingested"};
  }
  const KeysByRow keys = TRY(keys_by_row(session, here));
  std::map<MentionKey, Meeting> meetings;
  Knowing knowing{.view = &view, .truth = &truth};
  std::vector<bool> is_here(truth.extracts.size(), false);
  for (const auto& [extract, number] : here) is_here[number] = true;
  knowing.known.extracts_here = std::ranges::count(is_here, true);
  for (const TruthRecord& record : truth.records) {
    if (!is_here[record.extract]) continue;
    ++knowing.known.records_here;
    meetings[{record.extract, std::string(told_by(record.row_key)), record.role}].people.push_back(record.person);
  }
  const std::vector<Mention>& mentions = view.links().world.mentions;
  std::int64_t seen = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (view.is_hidden(mentions[i])) continue;
    ++seen;
    const auto extract = here.find(mentions[i].id.extract);
    const auto key = keys.find({mentions[i].id.extract, mentions[i].id.place});
    if (extract == here.end() || key == keys.end()) continue;
    const auto meeting = meetings.find({extract->second, key->second, mentions[i].roles});
    if (meeting != meetings.end()) meeting->second.places.push_back(static_cast<std::uint32_t>(i));
  }
  for (const auto& [key, meeting] : meetings) meet(key.extract, meeting, knowing);
  knowing.known.unknown = seen - std::ssize(knowing.known.mentions);
  knowing.known.agencies = std::move(knowing.agencies.texts);
  knowing.known.kinds = std::move(knowing.kinds.texts);
  return std::move(knowing.known);
}

}  // namespace throughline::app
