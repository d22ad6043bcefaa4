#include "evidence/caveats.h"
#include "base/source_folder.h"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

Caveats drawn_caveats() {
  Caveats caveats;
  for (const int index : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 27))) {
    caveats.add(all_caveats()[static_cast<std::size_t>(index)], *rc::gen::element<std::string>("", "one", "two"));
  }
  return caveats;
}

TEST(Caveats, have_a_code_and_a_sentence_each_and_no_two_alike) {
  std::set<std::string_view> codes;
  std::set<std::string_view> sentences;
  for (const Caveat caveat : all_caveats()) {
    EXPECT_TRUE(codes.insert(code_of(caveat)).second);
    EXPECT_TRUE(sentences.insert(sentence_of(caveat)).second);
    EXPECT_TRUE(sentence_of(caveat).ends_with('.'));
    EXPECT_EQ(caveat_named(code_of(caveat)), caveat);
  }
  EXPECT_EQ(codes.size(), 27U);
  EXPECT_EQ(caveat_named("police_activity"), Caveat::police_activity);
  EXPECT_EQ(caveat_named("POLICE"), std::nullopt);
}

RC_GTEST_PROP(Caveats, of_a_union_are_those_of_both_in_any_order, ()) {
  const Caveats left = drawn_caveats();
  const Caveats right = drawn_caveats();
  Caveats one = left;
  one.unite(right);
  Caveats other = right;
  other.unite(left);
  RC_ASSERT(one == other);
  for (const Caveat caveat : all_caveats()) {
    RC_ASSERT(one.has(caveat) == (left.has(caveat) || right.has(caveat)));
  }
  Caveats again = one;
  again.unite(one);
  RC_ASSERT(again == one);
}

TEST(Caveats, keep_their_details_apart_but_print_each_code_once) {
  Caveats caveats{Caveat::vintage, Caveat::police_activity};
  caveats.add(Caveat::vintage, "residents of mid-2020");
  caveats.add(Caveat::vintage, "residents of mid-2020");
  EXPECT_EQ(caveats.codes(), "POLICE_ACTIVITY VINTAGE");
  ASSERT_EQ(caveats.notes().size(), 3U);
  EXPECT_EQ(text_of(caveats.notes().back()),
            "Boundaries, populations or figures of different editions meet here. Here: residents of mid-2020.");
}

TEST(Refusals, never_let_police_activity_be_called_incidence_ranked_or_improved) {
  const Caveats caveats{Caveat::police_activity};
  const auto incidence = refuse(Use::call_incidence, caveats);
  ASSERT_TRUE(incidence.has_value());
  EXPECT_EQ(incidence->rule, Rule::activity_is_not_incidence);
  EXPECT_EQ(incidence->reason, "This series counts what the police recorded, so it may not be called incidence.");
  const auto ranking = refuse(Use::rank_areas, caveats);
  ASSERT_TRUE(ranking.has_value());
  EXPECT_EQ(ranking->reason,
            "Areas may not be ranked by what the police recorded: more recording would read as a worse place.");
  const auto improvement = refuse(Use::report_fall_as_improvement, caveats);
  ASSERT_TRUE(improvement.has_value());
  EXPECT_EQ(improvement->reason,
            "A fall in what the police recorded may not be reported as an improvement: less looking gives the same "
            "fall.");
  EXPECT_FALSE(refuse(Use::report_fall_as_improvement, caveats, {.is_paired_independently = true}).has_value());
  EXPECT_FALSE(refuse(Use::rank_areas, {}).has_value());
}

TEST(Refusals, give_no_percentage_change_under_ten_events) {
  const auto nine = refuse(Use::percentage_change, {}, {.smallest_count = 9});
  ASSERT_TRUE(nine.has_value());
  EXPECT_EQ(nine->rule, Rule::no_change_under_ten);
  EXPECT_EQ(nine->reason, "One of the two counts is 9; no percentage change is given when either is under 10.");
  EXPECT_EQ(nine->remedy, "Compare the counts and their intervals, or take a longer period or a larger area.");
  EXPECT_FALSE(refuse(Use::percentage_change, {}, {.smallest_count = 10}).has_value());
}

TEST(Refusals, block_sums_and_break_lines_over_missing_months) {
  const Caveats caveats{Caveat::absent_not_zero};
  const UseContext context{.smallest_count = 50, .absent = "2025-04 from Kent Police"};
  const auto sum = refuse(Use::sum_periods, caveats, context);
  ASSERT_TRUE(sum.has_value());
  EXPECT_EQ(sum->reason,
            "Months are missing (2025-04 from Kent Police), and a missing month is not nought, so no total for the "
            "whole period is given.");
  const auto line = refuse(Use::join_line, caveats, context);
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->rule, Rule::absent_months_break_lines);
  EXPECT_EQ(line->reason, "Months are missing (2025-04 from Kent Police), so the line is broken there.");
  const auto change = refuse(Use::percentage_change, caveats, context);
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(change->reason, "Months are missing (2025-04 from Kent Police), so the two periods are not alike.");
  EXPECT_FALSE(refuse(Use::sum_periods, {Caveat::police_activity}, context).has_value());
}

struct Forbidden {
  Use use;
  Caveat caveat;
  Rule rule;
  std::string reason;
};

TEST(Refusals, say_what_each_other_caveat_forbids) {
  const std::vector<Forbidden> k_table{
      {Use::sum_substances, Caveat::polydrug, Rule::substances_are_not_summed,
       "One death can name several substances, so figures for substances may not be added up."},
      {Use::compare_levels, Caveat::definition_differs, Rule::levels_are_not_compared,
       "Definitions differ between these places, so their levels may not be compared."},
      {Use::rank_areas, Caveat::definition_differs, Rule::levels_are_not_compared,
       "Places that define this differently may not be ranked."},
      {Use::join_series, Caveat::different_universe, Rule::universes_are_not_joined,
       "These series count different things under similar names and may not be joined."},
      {Use::percentage_change, Caveat::different_universe, Rule::universes_are_not_joined,
       "The two periods come from series that count different things, so no change may be given."},
      {Use::treat_point_as_address, Caveat::snapped_location, Rule::snapped_points_are_not_addresses,
       "These points were moved by their publisher to a nearby map point, so nothing may be said about an address or "
       "about distances between events."},
      {Use::report_latest_period, Caveat::registration_delay, Rule::latest_period_is_incomplete,
       "The latest period is not complete: events are registered long after they happened."},
      {Use::percentage_change, Caveat::registration_delay, Rule::latest_period_is_incomplete,
       "The latest period is not complete, so a change to it may not be given."},
      {Use::show_without_parts, Caveat::composite, Rule::composite_shows_its_parts,
       "A composite is never shown without its parts."},
      {Use::approximate_interval, Caveat::small_count, Rule::exact_intervals_only,
       "There are too few events for an approximate interval."},
  };
  for (const Forbidden& row : k_table) {
    const auto refusal = refuse(row.use, Caveats{row.caveat}, {.smallest_count = 1000});
    ASSERT_TRUE(refusal.has_value()) << row.reason;
    EXPECT_EQ(refusal->rule, row.rule);
    EXPECT_EQ(refusal->reason, row.reason);
    EXPECT_FALSE(refusal->remedy.empty());
    EXPECT_FALSE(name_of(refusal->rule).empty());
    EXPECT_FALSE(refuse(row.use, {}, {.smallest_count = 1000}).has_value()) << row.reason;
  }
}

TEST(Caveats, and_rules_stand_in_the_reference_word_for_word) {
  std::ifstream file(std::string(base::k_source_folder) + "/docs/reference/caveats.md");
  std::ostringstream page;
  page << file.rdbuf();
  for (const Caveat caveat : all_caveats()) {
    const std::string row = "| `" + std::string(code_of(caveat)) + "` | " + std::string(sentence_of(caveat)) + " |";
    EXPECT_NE(page.str().find(row), std::string::npos) << row;
  }
  for (int rule = 0; rule <= static_cast<int>(Rule::nothing_received); ++rule) {
    const std::string row = "| `" + std::string(name_of(static_cast<Rule>(rule))) + "` | ";
    EXPECT_NE(page.str().find(row), std::string::npos) << row;
  }
}

RC_GTEST_PROP(Refusals, are_never_lifted_by_a_further_caveat, ()) {
  const Caveats few = drawn_caveats();
  Caveats more = few;
  more.unite(drawn_caveats());
  const UseContext context{.smallest_count = *rc::gen::inRange<std::int64_t>(0, 30), .absent = "2025-04"};
  for (int use = 0; use <= static_cast<int>(Use::show_without_parts); ++use) {
    if (refuse(static_cast<Use>(use), few, context).has_value()) {
      RC_ASSERT(refuse(static_cast<Use>(use), more, context).has_value());
    }
  }
}

}  // namespace
}  // namespace throughline::evidence
