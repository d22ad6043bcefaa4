#include "simulate/observe/observe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/parallel.h"
#include "simulate/begin.h"
#include "simulate/checkpoint.h"
#include "simulate/observe/listen.h"
#include "simulate/observe/recipe.h"
#include "simulate/observe/testing_observed.h"
#include "simulate/run.h"
#include "simulate/series_text.h"

namespace throughline::simulate {
namespace {

std::int64_t rows_of(const std::map<std::string, Extract>& extracts, Kind kind) {
  std::int64_t rows = 0;
  for (const auto& [name, extract] : extracts) rows += extract.kind == kind ? extract.rows : 0;
  return rows;
}

const std::map<std::string, Extract>& usual() {
  static const std::map<std::string, Extract> k_extracts = Observed(observed_practices()).extracts();
  return k_extracts;
}

TEST(Listening, changes_neither_series_nor_checkpoint) {
  const RunInput input = observed_input();
  const base::Interrupt never;
  WorldRun alone = begin_world(input);
  run_days(alone, k_observed_days, never).value();
  Happenings happenings(input.world.places.size());
  WorldRun heard = begin_world(input);
  listen(heard, happenings);
  run_days(heard, k_observed_days, never).value();
  EXPECT_EQ(series_csv(alone), series_csv(heard));
  EXPECT_TRUE(checkpoint_bytes(alone) == checkpoint_bytes(heard));
  std::size_t told = 0;
  for (const auto& list : happenings.by_area) told += list.size();
  EXPECT_GT(told, 800U);
}

std::int64_t told_of(const Happenings& happenings, Happened what, std::int32_t from) {
  std::int64_t count = 0;
  for (const auto& list : happenings.by_area) {
    count += std::ranges::count_if(list, [&](const Happening& one) { return one.what == what && one.day >= from; });
  }
  return count;
}

TEST(Listening, is_told_as_often_as_the_series_counts) {
  Observed observed(observed_practices());
  const Series series = series_so_far(observed.run);
  const auto counted = [&](Outcome outcome) {
    std::int64_t sum = 0;
    for (const OutcomeRow& row : series.rows) sum += row[static_cast<std::size_t>(outcome)];
    return sum;
  };
  const auto told = [&](Happened what) { return told_of(observed.happenings, what, observed.run.input.warm_up_days); };
  EXPECT_EQ(told(Happened::missing), counted(Outcome::missing_episodes));
  EXPECT_EQ(told(Happened::week_carried), counted(Outcome::weeks_worked));
  EXPECT_EQ(told(Happened::robbery), counted(Outcome::robberies));
  EXPECT_EQ(told(Happened::assault), counted(Outcome::assaults_intoxicated));
  EXPECT_EQ(told(Happened::fight), counted(Outcome::fights));
  EXPECT_EQ(told(Happened::admitted), counted(Outcome::admissions_drugs));
  EXPECT_EQ(told(Happened::died), counted(Outcome::deaths_users));
  EXPECT_EQ(told(Happened::treatment_started), counted(Outcome::treatment_starts));
  EXPECT_EQ(told(Happened::home_taken), counted(Outcome::homes_taken));
  EXPECT_EQ(told(Happened::line_closed), counted(Outcome::lines_closed));
  EXPECT_EQ(told(Happened::controller_arrested), counted(Outcome::controllers_arrested));
  EXPECT_EQ(told(Happened::local_seller_arrested), counted(Outcome::local_sellers_arrested));
  EXPECT_EQ(told(Happened::carrier_arrested), counted(Outcome::children_arrested) + counted(Outcome::adults_arrested));
  EXPECT_EQ(told(Happened::number_changed), counted(Outcome::number_changes));
}

// With bad rows in every kind.
Practices faulty_practices() {
  std::string text;
  for (const KindWords& kind : kind_words()) text += "[" + std::string(kind.name) + "]\nfaulty = 0.2\n";
  return with_practices(observed_practices(), text, "faulty.toml").value();
}

TEST(Observe, gives_the_same_bytes_at_any_number_of_threads) {
  const Practices practices = faulty_practices();
  std::map<std::string, Extract> first;
  std::map<std::string, std::string, std::less<>> first_truth;
  for (const int threads : {1, 2, 8}) {
    base::set_thread_limit(threads);
    Observed observed(practices);
    const std::map<std::string, Extract> again = observed.extracts();
    const auto truth = truth_files(observed.scene);
    if (first.empty()) {
      first = again;
      first_truth = truth;
    }
    ASSERT_EQ(again.size(), first.size());
    for (const auto& [name, extract] : first) {
      EXPECT_TRUE(again.at(name).text == extract.text) << name << " at " << threads;
      EXPECT_TRUE(again.at(name).truth == extract.truth) << name << " at " << threads;
      EXPECT_TRUE(again.at(name).faults == extract.faults) << name << " at " << threads;
    }
    EXPECT_TRUE(truth == first_truth) << "at " << threads;
  }
  base::set_thread_limit(0);
  EXPECT_TRUE(first_truth.contains("people.csv"));
  const auto is_faulty = [](const auto& entry) { return entry.second.faulty > 0; };
  EXPECT_GT(std::ranges::count_if(first, is_faulty), 10);
}

TEST(Observe, writes_every_kind_with_as_many_cells_as_its_header) {
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    EXPECT_GT(rows_of(usual(), static_cast<Kind>(kind)), 0) << kind_words()[kind].name;
  }
  for (const auto& [name, extract] : usual()) {
    const auto table = table_of(extract.text);
    ASSERT_EQ(static_cast<std::int64_t>(table.size()), extract.rows + 1) << name;
    EXPECT_EQ(table.front(), cells_of(header_of(extract.kind))) << name;
    for (const auto& row : table) EXPECT_EQ(row.size(), table.front().size()) << name;
  }
}

TEST(Observe, names_in_its_truth_only_rows_and_people_that_are_there) {
  const RunInput input = observed_input();
  const Population population(input, {.days = k_observed_days});
  std::int64_t named = 0;
  for (const auto& [name, extract] : usual()) {
    std::set<std::string> keys;
    for (const auto& row : table_of(extract.text)) {
      keys.insert(extract.kind == Kind::attendance ? row[0] + " " + row[10] : row[0]);
    }
    for (const auto& row : table_of(extract.truth)) {
      ASSERT_EQ(row.size(), 4U);
      EXPECT_EQ(row[0], name);
      EXPECT_TRUE(keys.contains(row[1])) << name << " " << row[1];
      const auto person = person_of(row[3]);
      ASSERT_TRUE(person.has_value()) << row[3];
      EXPECT_TRUE(population.is_in(*person)) << row[3];
      ++named;
    }
  }
  EXPECT_GT(named, 400);
}

TEST(Observe, gives_each_record_of_an_extract_a_reference_of_its_own) {
  for (const auto& [name, extract] : usual()) {
    if (extract.kind == Kind::search || extract.kind == Kind::attendance) continue;
    std::set<std::string> keys;
    for (const auto& row : table_of(extract.text)) EXPECT_TRUE(keys.insert(row[0]).second) << name << " " << row[0];
  }
}

TEST(Observe, with_twice_the_effort_has_more_of_what_police_find_and_the_same_in_hospital) {
  const Practices twice = with_practices(observed_practices(), "[police]\neffort = 2\n", "twice.toml").value();
  const std::map<std::string, Extract> extracts = Observed(twice).extracts();
  for (const Kind kind : {Kind::crime, Kind::search, Kind::intelligence, Kind::seizure}) {
    EXPECT_GT(rows_of(extracts, kind), rows_of(usual(), kind) * 11 / 10) << words_of(kind).name;
  }
  for (const auto& [name, extract] : usual()) {
    if (words_of(extract.kind).is_of_effort || extract.kind == Kind::nrm) continue;
    EXPECT_TRUE(extracts.at(name).text == extract.text) << name;
  }
}

TEST(Observe, lists_every_row_that_it_made_bad_and_names_nobody_in_it) {
  std::string text;
  for (const KindWords& kind : kind_words()) text += "[" + std::string(kind.name) + "]\nfaulty = 0.2\n";
  const std::map<std::string, Extract> extracts =
      Observed(with_practices(observed_practices(), text, "bad.toml").value()).extracts();
  std::int64_t faulty = 0;
  for (const auto& [name, extract] : extracts) {
    const auto listed = table_of(extract.faults);
    ASSERT_EQ(static_cast<std::int64_t>(listed.size()), extract.faulty) << name;
    const auto table = table_of(extract.text);
    std::set<std::string> named;
    for (const auto& row : table_of(extract.truth)) named.insert(row[1]);
    for (const auto& row : listed) {
      ASSERT_EQ(row.size(), cells_of(k_faults_header).size());
      const auto at = static_cast<std::size_t>(std::stoll(row[2]));
      EXPECT_EQ(row[1], std::to_string(at + 1));
      EXPECT_FALSE(named.contains(table[at][0])) << name;
      const bool has_one_too_many = row[3].empty();
      EXPECT_EQ(table[at].size(), table.front().size() + (has_one_too_many ? 1 : 0)) << name;
    }
    faulty += extract.faulty;
  }
  EXPECT_GT(faulty, 100);
  for (const auto& [name, extract] : usual()) EXPECT_EQ(extract.faulty, 0) << name;
}

// Who the truth says a row names in that role, by the row's reference.
std::map<std::string, std::string> people_in(const Extract& extract, std::string_view role) {
  std::map<std::string, std::string> people;
  for (const auto& row : table_of(extract.truth)) {
    if (row[2] == role) people[row[1]] = row[3];
  }
  return people;
}

// Whom crime reports suspect, by the force's folder and the crime's reference.
std::map<std::string, std::string> suspects_in(const std::map<std::string, Extract>& extracts) {
  std::map<std::string, std::string> suspects;
  for (const auto& [name, extract] : extracts) {
    if (extract.kind != Kind::crime) continue;
    for (const auto& [key, person] : people_in(extract, "suspect")) suspects[extract.folder + key] = person;
  }
  return suspects;
}

// Expects that each row names the suspect of the crime it refers to. How many bystanders that were: local sellers, for
// the most part.
std::int64_t expect_suspects(const Extract& extract, std::string_view role,
                             const std::map<std::string, std::string>& suspects) {
  const auto table = table_of(extract.text);
  const auto people = people_in(extract, role);
  const auto column = std::ranges::find(table.front(), "Crime reference") - table.front().begin();
  std::int64_t bystanders = 0;
  for (const auto& row : table) {
    const auto suspect = suspects.find(extract.folder + row.at(static_cast<std::size_t>(column)));
    const auto person = people.find(row[0]);
    if (suspect == suspects.end() || person == people.end()) continue;
    EXPECT_EQ(person->second, suspect->second) << extract.file << " " << row[0];
    bystanders += suspect->second.starts_with('b') ? 1 : 0;
  }
  return bystanders;
}

TEST(Observe, names_one_person_for_an_arrest_in_crime_custody_and_seizure) {
  RunInput input = observed_input();
  input.parameters.police_local_arrest_per_year *= 12;
  const std::map<std::string, Extract> extracts = Observed(observed_practices(), input).extracts();
  const std::map<std::string, std::string> suspects = suspects_in(extracts);
  std::map<Kind, std::int64_t> sellers;
  for (const auto& [name, extract] : extracts) {
    if (extract.kind == Kind::custody) sellers[extract.kind] += expect_suspects(extract, "detained", suspects);
    const bool is_seizure = extract.kind == Kind::seizure || extract.kind == Kind::cash;
    if (is_seizure) sellers[extract.kind] += expect_suspects(extract, "holder", suspects);
  }
  for (const Kind kind : {Kind::custody, Kind::seizure, Kind::cash})
    EXPECT_GT(sellers[kind], 25) << words_of(kind).name;
}

TEST(Observe, names_the_crime_that_an_arrest_was_recorded_as) {
  std::set<std::string> crimes;
  std::int64_t named = 0;
  for (const auto& [name, extract] : usual()) {
    if (extract.kind != Kind::crime) continue;
    for (const auto& row : table_of(extract.text)) crimes.insert(extract.folder + row[0]);
  }
  for (const auto& [name, extract] : usual()) {
    if (extract.kind != Kind::custody) continue;
    for (const auto& row : table_of(extract.text)) {
      if (row[11].empty() || row[11] == "Crime reference") continue;
      EXPECT_TRUE(crimes.contains(extract.folder + row[11])) << row[11];
      ++named;
    }
  }
  EXPECT_GT(named, 10);
}

TEST(Observe, gathers_the_searches_of_a_month_in_one_file_however_late_they_were_recorded) {
  const Practices late = with_practices(observed_practices(),
                                        "[police-uk-stop-and-search]\nlag_days = 20\nfaulty = 0.2\n"
                                        "months_missing = 0\nbackground_per_1000 = 5\n",
                                        "late.toml")
                             .value();
  std::map<std::string, std::int64_t> files;
  std::int64_t faulty = 0;
  for (const auto& [name, extract] : Observed(late, observed_input(), 70).extracts()) {
    if (extract.kind != Kind::search) continue;
    ++files[extract.folder];
    const auto table = table_of(extract.text);
    EXPECT_EQ(static_cast<std::int64_t>(table.size()), extract.rows + 1) << name;
    std::set<std::size_t> bad;
    for (const auto& fault : table_of(extract.faults)) {
      const auto& row = table.at(static_cast<std::size_t>(std::stoll(fault[2])));
      bad.insert(static_cast<std::size_t>(std::stoll(fault[2])));
      EXPECT_TRUE(row[1].starts_with("2024-02-30") || row[0].empty() || row.size() > table.front().size()) << name;
    }
    for (std::size_t i = 1; i < table.size(); ++i) {
      if (bad.contains(i)) continue;
      EXPECT_EQ(table[i][1].substr(0, 7), extract.file.substr(0, 7)) << name;
    }
    faulty += extract.faulty;
  }
  EXPECT_GT(faulty, 10);
  EXPECT_EQ(files.size(), 3U);
  for (const auto& [folder, count] : files) EXPECT_EQ(count, 3) << folder;  // January, February and March.
}

// By the first letter of the code: W, M, A, B, O.
using Groups = std::map<char, double>;

double chi_square(const Groups& counted, const Groups& shares) {
  double all = 0;
  for (const auto& [group, count] : counted) all += count;
  double sum = 0;
  for (const auto& [group, share] : shares) {
    const double expected = share * all;
    const auto at = counted.find(group);
    const double found = at == counted.end() ? 0 : at->second;
    if (expected >= 5) sum += (found - expected) * (found - expected) / expected;
  }
  return sum;
}

TEST(Observe, gives_roles_without_looking_at_ethnic_groups_or_names) {
  const Population population(observed_input(), {.days = k_observed_days});
  Groups shares;
  double all = 0;
  for (std::int32_t town = 0; town < population.towns(); ++town) {
    for (std::int32_t i = 0; i < population.bystanders(town); i += 3) {
      ++shares[population.of({.circle = Circle::bystander, .town = town, .number = i}).ethnicity.front()];
      ++all;
    }
  }
  for (auto& [group, count] : shares) count /= all;
  std::map<std::string, std::set<PersonRef>> by_role;
  for (const auto& [name, extract] : usual()) {
    for (const auto& row : table_of(extract.truth)) by_role[row[2]].insert(*person_of(row[3]));
  }
  int judged = 0;
  for (const auto& [role, people] : by_role) {
    if (people.size() < 30) continue;
    Groups counted;
    for (const PersonRef& person : people) ++counted[population.of(person).ethnicity.front()];
    // Four degrees of freedom at most: 18.5 is passed once in a thousand; siblings, who share a group, add to it.
    EXPECT_LT(chi_square(counted, shares), 27) << role;
    ++judged;
  }
  EXPECT_GE(judged, 3);
}

TEST(TruthFiles, hold_everybody_who_is_named_and_every_line) {
  Observed observed(observed_practices());
  std::set<std::string> people;
  std::size_t lines = 0;
  for (const auto& [name, text] : truth_files(observed.scene)) {
    const auto table = table_of(text);
    for (const auto& row : table) {
      EXPECT_EQ(row.size(), table.front().size()) << name;
      if (name == "people.csv") EXPECT_TRUE(people.insert(row[0]).second) << row[0] << " twice";
      if (name == "lines.csv") ++lines;
    }
  }
  EXPECT_GE(lines, observed.run.state.lines.size());
  for (const auto& [name, extract] : usual()) {
    for (const auto& row : table_of(extract.truth)) EXPECT_TRUE(people.contains(row[3])) << row[3];
  }
}

TEST(Practices, say_which_figure_is_not_known_and_where) {
  const auto answer = with_practices(built_in_practices(), "[crime-reports]\ndetecton = 0.5\n", "mine.toml");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "name_unknown");
  EXPECT_NE(answer.error().message().find("crime-reports.detection"), std::string::npos) << answer.error().message();
  EXPECT_NE(answer.error().message().find("mine.toml line 2"), std::string::npos) << answer.error().message();
  EXPECT_EQ(with_practices(built_in_practices(), "[police]\neffort = 11\n", "mine.toml").error().code, "out_of_range");
  const auto own =
      with_practices(built_in_practices(), "[agency.\"Esex Police\".crime-reports]\ndetection = 1\n", "m.toml");
  EXPECT_NE(check_agencies(own.value(), {"Essex Police"}, "m.toml").error().message().find("Essex Police"),
            std::string::npos);
}

TEST(Practices, of_one_agency_are_its_own_and_differ_from_anothers_by_the_spread) {
  const Practices practices =
      with_practices(built_in_practices(), "[agency.\"Essex Police\".crime-reports]\ndetection = 0.77\n", "m.toml")
          .value();
  EXPECT_EQ(practices.of("Essex Police").level(Kind::crime, Level::detection), 0.77);
  EXPECT_NE(practices.of("Kent Police").level(Kind::crime, Level::detection),
            practices.of("Norfolk Constabulary").level(Kind::crime, Level::detection));
  const Practices alike = with_practices(built_in_practices(), "[general]\nspread = 0\n", "m.toml").value();
  EXPECT_EQ(alike.of("Kent Police").level(Kind::crime, Level::detection),
            alike.of("Norfolk Constabulary").level(Kind::crime, Level::detection));
}

}  // namespace
}  // namespace throughline::simulate
