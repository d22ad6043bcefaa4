#include "app/hidden_links.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/capacity_records.h"
#include "app/session.h"
#include "linkage/list_overlaps.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

struct Listed {
  std::vector<std::string> lists;                     // Names of agencies, sorted.
  std::vector<std::optional<std::uint32_t>> list_of;  // By mention.
  std::int64_t undated = 0;
};

struct AskedLists {
  linkage::Capacity capacity = linkage::Capacity::missing;
  MonthPeriod period;
  std::string category;
};

Listed listed_by(const LinkView& view, const AskedLists& wanted) {
  Listed listed;
  const std::vector<Mention>& mentions = view.links().world.mentions;
  std::vector<bool> is_listed;
  for (const Mention& mention : mentions) {
    const bool is_in = !view.is_hidden(mention) && is_in_capacity(mention, wanted.capacity, wanted.category);
    if (is_in && !mention.event_start) ++listed.undated;
    is_listed.push_back(is_in && mention.event_start && is_within(wanted.period, mention.event_start->month()));
    if (is_listed.back()) listed.lists.push_back(mention.agency);
  }
  std::ranges::sort(listed.lists);
  const auto repeated = std::ranges::unique(listed.lists);
  listed.lists.erase(repeated.begin(), repeated.end());
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    std::optional<std::uint32_t>& list = listed.list_of.emplace_back();
    if (!is_listed[i]) continue;
    list =
        static_cast<std::uint32_t>(std::ranges::lower_bound(listed.lists, mentions[i].agency) - listed.lists.begin());
  }
  return listed;
}

}  // namespace

Result<LinkedLists> lists_from_links(const Outside& outside, const Settings& settings, const HiddenRequest& request) {
  AskedLists wanted{
      .capacity = TRY(capacity_of(request.capacity, "--capacity")), .period = {}, .category = request.category};
  wanted.period = TRY(month_period_of(request.from, request.to));
  const auto session = TRY(Session::open(outside, settings, "hidden"));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::combination,
                                                .data_class = ledger::DataClass::links,
                                                .object = "an estimate of people on no list"}));
  const LinkView view = TRY(LinkView::open(*session));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  const Listed listed = listed_by(view, wanted);
  if (listed.lists.size() > static_cast<std::size_t>(evidence::k_lists_max)) {
    return Error{ErrorKind::bad_command, "lists_too_many",
                 fmt::format("{} agencies hold people in this capacity, and {} lists can be taken", listed.lists.size(),
                             evidence::k_lists_max),
                 "", "Ask for a category or a period that fewer agencies record"};
  }
  LinkedLists answer{.likely = {.lists = listed.lists, .counts = {}},
                     .drawn = {},
                     .undated = listed.undated,
                     .run = view.links().run.id.number()};
  if (!listed.lists.empty()) {
    linkage::ListOverlaps overlaps =
        linkage::list_overlaps(listed.list_of, static_cast<std::uint32_t>(listed.lists.size()),
                               links_between_rows(view), {.draws = request.draws, .seed = request.seed});
    answer.likely.counts = std::move(overlaps.likely);
    for (linkage::OverlapCounts& counts : overlaps.drawn) {
      answer.drawn.push_back({.lists = listed.lists, .counts = std::move(counts)});
    }
  }
  if (!listed.lists.empty() && evidence::cases_seen(answer.likely) >= k_people_told_min) return answer;
  return Error{
      ErrorKind::bad_command, "lists_too_small",
      fmt::format("Fewer than {} people are in this capacity, and nothing of so few is told", k_people_told_min), "",
      "Ask for more months, or for a wider category"};
}

}  // namespace throughline::app
