// throughline profile: panels of one area, its index, who is searched, what is out of the ordinary, who brought what.

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/disparity_verb.h"
#include "app/host.h"
#include "app/profile_index.h"
#include "app/profile_panels.h"
#include "app/profile_partners.h"
#include "app/profile_verb.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/small_table.h"
#include "app/watch_verb.h"
#include "base/parallel.h"
#include "base/text.h"
#include "evidence/tables.h"
#include "records/mapping.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::Panel;
using evidence::World;

struct ProfileKind {
  std::string name{};
  std::string title{};
  std::vector<Panel> order{};
  bool has_partners = false;
};

const std::array<ProfileKind, 2>& kinds() {
  static const std::array<ProfileKind, 2> k_profiles{
      {{.name = "market",
        .title = "Drug-market and harm profile",
        .order = {Panel::supply, Panel::demand, Panel::enforcement, Panel::violence, Panel::exploitation}},
       {.name = "needs",
        .title = "Strategic needs assessment: figures for the Serious Violence Duty",
        .order = {Panel::violence, Panel::exploitation, Panel::demand, Panel::supply, Panel::enforcement},
        .has_partners = true}}};
  return k_profiles;
}

Result<const ProfileKind*> kind_of(const std::string& name) {
  const auto found = std::ranges::find(kinds(), name, &ProfileKind::name);
  if (found != kinds().end()) return &*found;
  return bad_command("kind_unknown", fmt::format("There is no kind of profile “{}”", name), "--kind",
                     "They are market and needs");
}

Result<evidence::Basket> basket_of(const ProfileRequest& request) {
  if (request.basket.empty()) return evidence::central_basket();
  const std::string text = TRY(store::read_whole(request.basket));
  const evidence::Basket local = TRY(evidence::read_basket(text, request.basket));
  return evidence::with_local(evidence::central_basket(), local, request.basket);
}

struct Profiled {
  ProfileArea area;
  std::vector<ReadIndicator> indicators;
  Section index;
  std::vector<ledger::RegisteredExtract> registry;
};

Result<RecordCounts> records_of(Session& session, store::DuckConnection& connection, const World& world) {
  std::vector<std::int32_t> extracts;
  for (const ledger::RegisteredExtract& extract : TRY(session.visible())) {
    extracts.push_back(evidence::seen(extract).number);
  }
  RecordCounts counts;
  for (const evidence::KindCount& each : TRY(evidence::count_by_kind(connection, extracts))) {
    if (const auto force = world.areas().force_named(each.force)) {
      counts[{each.kind, *force}][each.month] += each.count;
    }
  }
  return counts;
}

// A kind that no built-in mapping makes and of which nothing was received is a slip of the pen.
Result<void> check_kinds(const evidence::Basket& basket, const RecordCounts& counts, const std::string& file) {
  std::set<std::string> known;
  for (const records::Mapping& mapping : records::built_in_mappings()) {
    for (const records::ItemRule& item : mapping.items) {
      if (item.table == records::Table::event && !item.kind.empty()) known.insert(item.kind);
    }
  }
  for (const auto& [key, by_month] : counts) known.insert(key.first);
  for (const evidence::Indicator& indicator : basket.indicators) {
    if (indicator.records.empty() || known.contains(indicator.records)) continue;
    const auto nearest = base::nearest_name(indicator.records, std::vector<std::string>(known.begin(), known.end()));
    return bad_command(
        "record_kind_unknown", fmt::format("There is no kind of record “{}”", indicator.records),
        fmt::format("{} line {}", file, indicator.line_in_file),
        nearest ? fmt::format("Did you mean “{}”?", *nearest) : fmt::format("They are: {}", fmt::join(known, ", ")));
  }
  return {};
}

Result<Profiled> profiled(const Outside& outside, const Settings& settings, const ProfileRequest& request,
                          const evidence::Basket& basket) {
  const auto session = TRY(Session::open(outside, settings, "profile"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  Profiled found{.area = TRY(profile_area(world, request.area)), .indicators = {}, .index = {}, .registry = {}};
  const RecordCounts records = TRY(records_of(*session, connection, world));
  TRY(check_kinds(basket, records, request.basket));
  const ReadingSources sources{
      .world = world, .records = records, .last = settings.as_of.value_or(outside.clock.now().date()).month()};
  for (const evidence::Indicator& indicator : basket.indicators) {
    TRY(outside.interrupt.poll());
    found.indicators.push_back(
        {.indicator = &indicator, .reading = TRY(read_indicator(sources, indicator, found.area))});
  }
  found.index = TRY(index_of_area(world, basket, found.area));
  found.registry = TRY(session->listed());
  return found;
}

// A part of another verb's answer, or a note that says why it has none.
Result<Section> part_of(const Answer& answer, const std::string& wanted, Section empty) {
  if (!answer.ok()) {
    if (answer.error().kind != base::ErrorKind::bad_command) return answer.error();
    empty.notes.push_back("Cannot tell: " + answer.error().what + ".");
    return empty;
  }
  for (const Section& section : answer.value().sections) {
    if (section.name != wanted) continue;
    empty.facts = section.facts;
    empty.tables = section.tables;
    empty.notes = section.notes;
  }
  return empty;
}

Result<Section> disproportionality(const Outside& outside, const Settings& settings, const ProfileArea& area) {
  Section section{.name = "disproportionality",
                  .title = fmt::format("Who is searched, {}", area.force ? area.force_name : area.name),
                  .facts = {},
                  .tables = {},
                  .notes = {}};
  if (!area.force) {
    section.notes.emplace_back("Cannot tell: nobody can say in which force it lies.");
    return section;
  }
  return part_of(disparity(outside, settings, {.area = area.force->text()}), "disparity", std::move(section));
}

Result<Section> alerts(const Outside& outside, const Settings& settings, const ProfileArea& area) {
  Section section{.name = "alerts", .title = "Out of the ordinary", .facts = {}, .tables = {}, .notes = {}};
  const bool is_borough = area.kind == evidence::AreaKind::local_authority;
  for (const char* measure : {"borough-offences", "crimes"}) {
    if (measure == std::string_view("borough-offences") && !is_borough) continue;
    const Answer answer = watch(outside, settings, {.measure = measure, .area = area.code.text()});
    section = TRY(part_of(answer, "alerts", std::move(section)));
    if (answer.ok() && !section.tables.empty()) {
      section.facts = {{"measure", "Watched", std::string(measure)}};
      break;
    }
  }
  return section;
}

Section head_section(const Profiled& found, const ProfileKind& kind, const evidence::Basket& basket,
                     const Settings& settings) {
  Section head{.name = "profile",
               .title = fmt::format("{}: {}", kind.title, found.area.name),
               .facts = {{"area", "Area", found.area.name},
                         {"code", "Code", found.area.code.text()},
                         {"area_kind", "Kind of area", std::string(name_of(found.area.kind))},
                         {"force", "Police force area", text_or_nothing(found.area.force_name)},
                         {"basket", "Basket", basket.name + ", version " + basket.version},
                         {"as_of", "As known at the end of",
                          settings.as_of ? base::to_string(*settings.as_of) : std::string("now")}},
               .tables = {},
               .notes = {}};
  const auto given =
      std::ranges::count_if(found.indicators, [](const ReadIndicator& each) { return each.reading.value.has_value(); });
  head.facts.push_back({"given", "Indicators with a figure", std::int64_t{given}});
  head.facts.push_back({"not_given", "Indicators without one", std::ssize(found.indicators) - given});
  head.notes = {
      "Figures of unlike years and areas stand side by side: each row says of whom and of when it is. Where a figure "
      "is "
      "of a larger area, nothing is known of this one.",
      "What has no figure is not nought. Nothing here ranks an area, and nothing is about a person."};
  head.commands = {{.line = shown_command(settings, {"trace", "CELL"}), .what = "how any figure is known"}};
  return head;
}

struct AskedOf {
  const ProfileKind& kind;
  evidence::Basket basket;
};

Answer profile_in_host(const Outside& outside, const Settings& settings, const ProfileRequest& request,
                       const AskedOf& asked) {
  const auto& [kind, basket] = asked;
  const Profiled found = TRY(profiled(outside, settings, request, basket));
  Report report{.verb = "profile", .sections = {head_section(found, kind, basket, settings)}};
  for (Section& section : panel_sections(found.indicators, kind.order)) report.sections.push_back(std::move(section));
  report.sections.push_back(found.index);
  report.sections.push_back(TRY(disproportionality(outside, settings, found.area)));
  report.sections.push_back(TRY(alerts(outside, settings, found.area)));
  if (kind.has_partners) report.sections.push_back(partners_section(found.registry));
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, indicators_table(found.indicators, kind.order)));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace

Answer profile(const Outside& outside, const Settings& settings, const ProfileRequest& request) {
  const AskedOf asked{.kind = *TRY(kind_of(request.kind)), .basket = TRY(basket_of(request))};
  if (outside.host != nullptr) return profile_in_host(outside, settings, request, asked);
  // Its parts are other verbs: the workspace is opened once for all of them, and what is known of it is read once.
  base::set_thread_limit(settings.threads);
  const std::unique_ptr<Host> host = TRY(Host::open(outside, settings, "profile"));
  const Outside shared{outside.clock, outside.entropy, outside.progress, outside.interrupt, host.get()};
  return profile_in_host(shared, settings, request, asked);
}

}  // namespace throughline::app
