// What judgements are good for beside binding: probabilities held against them, accuracy, certificates, and a queue
// that begins with what the reviewer can see. In the example's made-up agencies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "app/session.h"
#include "base/source_folder.h"
#include "base/text.h"
#include "linkage/certificate.h"
#include "linkage/stage.h"
#include "linkage/stage_accuracy.h"
#include "store/permit_for_tests.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string k_agencies = std::string(base::k_source_folder) + "/examples/agencies/";

struct LinkLabels : testing::Test, MadeUpWorld {
  LinkLabels() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    for (const char* file : {"crime_reports.csv", "missing_episodes.csv"}) {
      const bool is_police = std::string(file) == "crime_reports.csv";
      const auto answer = ingest(outside, asking(is_police ? "acole" : "founder", "PROTECT"),
                                 {.files = {k_agencies + file}, .mapping = {}, .supersedes = {}, .received = {}});
      EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    }
    run();
  }
  [[nodiscard]] Settings asking(const std::string& account, const std::string& purpose) const {
    Settings how = as(account);
    how.purpose = purpose;
    how.reason = "a made-up reason";
    return how;
  }
  Report run() const { return link(outside, asking("acole", "PROTECT"), {.act = "run"}).value(); }
  [[nodiscard]] linkage::Links links() const {
    const auto session = Session::open(outside, as("acole"), "test").value();
    store::DuckConnection connection = session->connect().value();
    return linkage::read_links(session->ledger(), connection, {}).value();
  }
  // Judgements of the account, in one entry.
  void write(std::vector<linkage::Judgement> judgements) const {
    const auto session = Session::open(outside, asking("acole", "PROTECT"), "test", Access::writing).value();
    const Permitted permitted = session
                                    ->may({.operation = ledger::Operation::alteration,
                                           .data_class = ledger::DataClass::links,
                                           .object = "records of a test"})
                                    .value();
    ledger::Transaction transaction = session->ledger().begin(permitted.actor, permitted.act).value();
    for (linkage::Judgement& judgement : judgements) {
      judgement.account = session->account().id;
      judgement.at = transaction.entry().at;
      judgement.entry = transaction.entry().number;
      static_cast<void>(linkage::write_judgement(transaction, judgement).value());
    }
    static_cast<void>(transaction.commit().value());
  }
  // So many judgements as the run itself would have it: the same for those of one person, else different; of every
  // seventh the contrary where some are to be. Of every tenth that a second person is wanted, as policy may.
  enum class Verdicts { as_run, some_contrary };
  void judge(std::size_t most, Verdicts verdicts = Verdicts::as_run) const {
    const linkage::Links of = links();
    std::vector<linkage::Judgement> judgements;
    std::array<std::size_t, 2> of_kind{};
    for (const linkage::LinkedPair& pair : of.derived.pairs) {
      const bool is_same = of.derived.is_together(pair.pair);
      if (is_one_row(pair.pair.one, pair.pair.other) || judgements.size() == most) continue;
      if (of_kind.at(is_same ? 1 : 0) >= most / 2) continue;
      ++of_kind.at(is_same ? 1 : 0);
      const bool is_contrary = verdicts == Verdicts::some_contrary && judgements.size() % 7 == 1;
      judgements.push_back({.pair = pair.pair,
                            .verdict = is_same != is_contrary ? linkage::Verdict::same : linkage::Verdict::different,
                            .wants_second = judgements.size() % 10 == 0});
    }
    ASSERT_EQ(judgements.size(), most);
    write(std::move(judgements));
  }
  // Two records of one person.
  [[nodiscard]] std::vector<std::string> pair_names() const {
    const linkage::Links of = links();
    for (const linkage::LinkedPair& pair : of.derived.pairs) {
      if (of.entity_of(pair.pair.one) != of.entity_of(pair.pair.other)) continue;
      return {of.mention(pair.pair.one)->name(), of.mention(pair.pair.other)->name()};
    }
    return {};
  }
  // The newest entry of the log that is no look at it: to what, and for which purpose.
  [[nodiscard]] std::pair<std::string, std::string> last_entry() const {
    const Report report = audit(outside, as("founder"), {.act = "show", .rows_max = 9}).value();
    const Table& table = report.sections.front().tables.front();
    std::size_t row = 0;
    while (cell_of(table, row, "object") == Value("newest entries")) ++row;
    return {std::get<std::string>(cell_of(table, row, "object")),
            std::get<std::string>(cell_of(table, row, "purpose"))};
  }
};

double decimal(const Value& value) {
  return std::get<Decimal>(value).value;
}

std::int64_t number(const Report& report, const std::string& section, const std::string& name) {
  return std::get<std::int64_t>(fact_of(report, section, name));
}

std::string notes_of(const Report& report, const std::string& section) {
  std::string all;
  for (const std::string& note : section_of(report, section).notes) all += note + "\n";
  return all;
}

TEST_F(LinkLabels, too_few_labels_leave_the_models_probabilities_and_the_run_says_how_many_are_wanted) {
  judge(20);
  const Report ran = run();
  EXPECT_EQ(fact_of(ran, "run", "recalibrated"), Value("no"));
  EXPECT_EQ(number(ran, "run", "labels_same") + number(ran, "run", "labels_different"), 18);
  EXPECT_EQ(number(ran, "run", "labels_pending"), 2);
  EXPECT_THAT(notes_of(ran, "run"),
              HasSubstr("held against labels from 30 judged pairs on, at least 5 of them the same "
                        "and 5 different."));
  for (const linkage::LinkedPair& pair : links().derived.pairs) {
    EXPECT_NEAR(pair.probability, linkage::probability_of_bits(pair.model_bits()), 1e-9);
  }
}

TEST_F(LinkLabels, enough_labels_recalibrate_the_run_which_says_so_with_intervals) {
  judge(40);
  const Report ran = run();
  EXPECT_EQ(fact_of(ran, "run", "recalibrated"), Value("yes"));
  EXPECT_EQ(number(ran, "run", "labels_same") + number(ran, "run", "labels_different"), 36);
  EXPECT_EQ(number(ran, "run", "labels_pending"), 4) << "what waits for a second person is no label yet";
  EXPECT_THAT(notes_of(ran, "run"), HasSubstr("wait for a second person are no labels yet"));
  const Table& table = section_of(ran, "run").tables.at(0);
  ASSERT_EQ(table.rows.size(), 14U) << "of pairs apart and of pairs together";
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    EXPECT_LE(decimal(cell_of(table, row, "low")), decimal(cell_of(table, row, "calibrated")));
    EXPECT_GE(decimal(cell_of(table, row, "high")), decimal(cell_of(table, row, "calibrated")));
  }
  const linkage::Links of = links();
  ASSERT_TRUE(of.derived.recalibration.has_value());
  bool is_moved = false;
  for (const linkage::LinkedPair& pair : of.derived.pairs) {
    EXPECT_EQ(pair.probability, of.derived.recalibration->at(of.derived.standing(pair)).probability);
    is_moved = is_moved || std::abs(pair.probability - linkage::probability_of_bits(pair.model_bits())) > 0.001;
  }
  EXPECT_TRUE(is_moved);
  const Report report = link(outside, asking("acole", "COUNT"), {.act = "report"}).value();
  EXPECT_EQ(fact_of(report, "reliability", "recalibrated"), Value("yes"));
  const Report pair = link(outside, asking("acole", "PROTECT"), {.act = "explain", .names = pair_names()}).value();
  EXPECT_NE(fact_of(pair, "link", "probability_low"), Value("there is no such fact"));
  EXPECT_THAT(notes_of(pair, "link"), HasSubstr("follows 36 labels"));
}

// As a run writes it where hardly anybody has a third record.
TEST_F(LinkLabels, a_pair_of_which_one_is_with_others_says_what_that_takes_off_it) {
  const std::vector<std::string> names = pair_names();
  const auto explained = [&] {
    return link(outside, asking("acole", "PROTECT"), {.act = "explain", .names = names}).value();
  };
  EXPECT_THAT(notes_of(explained(), "link"), Not(HasSubstr("people seldom have a third")));
  EXPECT_EQ(fact_of(explained(), "link", "probability_model"), Value("there is no such fact"));
  {
    const auto session = Session::open(outside, as("acole"), "test", Access::writing).value();
    store::DuckConnection connection = session->connect().value();
    store::DuckWriter writer(store::PermitForTests().write(), connection);
    ASSERT_TRUE(writer.run_script("UPDATE derived.link_pair SET third_bits = -2.5").ok());
  }
  EXPECT_THAT(notes_of(explained(), "link"),
              HasSubstr("people seldom have a third: that takes 2.5 bits off the weight."));
  EXPECT_NE(fact_of(explained(), "link", "probability_model"), Value("there is no such fact"));
}

TEST_F(LinkLabels, judgements_of_records_that_cannot_be_seen_are_counted_and_bind_nothing) {
  const std::string record = pair_names().at(0);
  write({{.pair = linkage::MentionPair::of({.extract = ledger::ExtractNo(1), .place = 999'999},
                                           {.extract = ledger::ExtractNo(1), .place = 999'998}),
          .verdict = linkage::Verdict::same}});
  const Report ran = run();
  EXPECT_EQ(fact_of(ran, "run", "judgements"), Value(std::int64_t{0}));
  EXPECT_EQ(fact_of(ran, "run", "judgements_unseen"), Value(std::int64_t{1}));
  EXPECT_THAT(notes_of(ran, "run"), HasSubstr("withdrawn, erased or come later"));
  const auto refused = review(outside, asking("acole", "PROTECT"),
                              {.act = "judge", .names = {record, "0000000000000000:1.0"}, .verdict = "same"});
  EXPECT_EQ(refused.error().message(),
            "There is no record '0000000000000000:1.0' that names a person. Write it as EXTRACT:PLACE.ITEM, as "
            "throughline link entity shows it.");
}

// The judged pairs counted anew, from the judgements and the pairs of the run.
linkage::AccuracyCounts counted(const linkage::Links& links, double probability_min) {
  linkage::AccuracyCounts counts;
  for (const linkage::Judgement& judgement : links.world.judgements) {
    if (judgement.wants_second) continue;
    const linkage::LinkedPair* pair = links.pair(judgement.pair);
    const bool is_linked = pair != nullptr && pair->probability >= probability_min;
    const bool is_same = judgement.verdict == linkage::Verdict::same;
    counts.true_links += is_linked && is_same ? 1 : 0;
    counts.false_links += is_linked && !is_same ? 1 : 0;
    counts.missed += !is_linked && is_same ? 1 : 0;
  }
  return counts;
}

TEST_F(LinkLabels, accuracy_is_told_with_and_without_what_blocking_missed) {
  judge(40, Verdicts::some_contrary);  // They may contradict each other, which a next run would refuse.
  const Report report = review(outside, asking("acole", "PROTECT"), {.act = "accuracy"}).value();
  EXPECT_EQ(number(report, "accuracy", "judged"), 36);
  EXPECT_EQ(number(report, "accuracy", "pending"), 4);
  const Table& measures = section_of(report, "accuracy").tables.at(0);
  ASSERT_EQ(measures.rows.size(), 6U);
  for (std::size_t row = 0; row < measures.rows.size(); ++row) {
    const double value = decimal(cell_of(measures, row, "value"));
    EXPECT_LE(decimal(cell_of(measures, row, "low")), value);
    EXPECT_GE(decimal(cell_of(measures, row, "high")), value);
  }
  const double threshold = decimal(fact_of(report, "accuracy", "threshold"));
  const linkage::AccuracyCounts counts = counted(links(), threshold);
  EXPECT_GT(counts.false_links, 0);
  EXPECT_EQ(number(report, "accuracy", "true_links"), counts.true_links);
  EXPECT_EQ(number(report, "accuracy", "false_links"), counts.false_links);
  EXPECT_EQ(number(report, "accuracy", "missed"), counts.missed);
  EXPECT_EQ(number(report, "accuracy", "missed_by_blocking"), 0) << "so few are all compared";
  EXPECT_EQ(decimal(cell_of(measures, 3, "value")), linkage::accuracy_of(counts).precision.value);
  EXPECT_EQ(last_entry(), (std::pair<std::string, std::string>("accuracy of links", "PROTECT")));
}

TEST_F(LinkLabels, a_recalibrated_link_is_certified_and_its_certificate_stands_when_replayed) {
  judge(40);
  run();
  const std::vector<std::string> names = pair_names();
  const Settings how = asking("acole", "PROTECT");
  const std::string file = path("link.json");
  const Report written = link(outside, how, {.act = "certificate", .names = names, .output = file}).value();
  EXPECT_THAT(last_entry().first, HasSubstr("certificate of records " + names[0]));
  const linkage::Certificate certificate = linkage::read_certificate(store::bytes_of(file)).value();
  EXPECT_TRUE(certificate.recalibration.has_value());
  EXPECT_EQ(certificate.settings.at("review") != "settled", certificate.judgements.empty());
  EXPECT_TRUE(certificate.standing.is_together);
  const linkage::Links of = links();
  for (const linkage::LinkedPair& pair : of.derived.pairs) {
    if (of.mention(pair.pair.one)->name() != names[0] || of.mention(pair.pair.other)->name() != names[1]) continue;
    EXPECT_NEAR(certificate.decided.probability, pair.probability, 1e-5) << "one rule for the run and its certificates";
  }
  EXPECT_EQ(fact_of(link(outside, how, {.act = "replay", .names = {file}}).value(), "replay", "stands"), Value("yes"));
  const Report shown = link(outside, how, {.act = "certificate", .names = names}).value();
  EXPECT_EQ(section_of(shown, "certificate").verbatim, store::bytes_of(file));
  EXPECT_EQ(link(outside, how, {.act = "certificate", .names = {names[0]}}).error().code, "names_wrong");
  EXPECT_EQ(link(outside, how, {.act = "certificate", .names = {names[0], names[0]}}).error().code, "one_record");
}

// A file of another version is told from a broken one.
TEST_F(LinkLabels, a_certificate_of_another_version_is_refused_with_what_to_do) {
  const std::string file = path("link.json");
  store::put_bytes(file, "{\"format\": \"throughline link certificate\", \"version\": 1}");
  EXPECT_EQ(link(outside, asking("acole", "PROTECT"), {.act = "replay", .names = {file}}).error().message(),
            "this throughline link certificate is of version 1, and this program reads version 2 (version). Replay it "
            "with the version of the program that issued it.");
}

TEST_F(LinkLabels, the_queue_begins_with_pairs_that_have_a_record_of_the_reviewers_agency) {
  const linkage::Links of = links();
  const auto shown_to = [&](const std::string& account) {
    const Report report = review(outside, asking(account, "PROTECT"), {}).value();
    std::vector<const linkage::Mention*> shown;
    for (const linkage::Mention& mention : of.world.mentions) {
      const Value name(mention.name());
      if (name == fact_of(report, "review", "one") || name == fact_of(report, "review", "other")) {
        shown.push_back(&mention);
      }
    }
    return shown;
  };
  const auto has_missing = [](const std::vector<const linkage::Mention*>& shown) {
    return std::ranges::any_of(shown, [](const auto* each) { return each->source == "missing-episodes"; });
  };
  static_cast<void>(
      accounts(
          outside, settings,
          {.act = "add", .name = "elsewhere", .person_name = "A person", .agency = "Example Health", .role = "analyst"})
          .value());
  // Until what helps most of all is a pair of the police's alone: whoever has no record here is shown that.
  auto first = shown_to("elsewhere");
  for (int i = 0; i < 40 && has_missing(first); ++i) {
    write({{.pair = linkage::MentionPair::of(first.at(0)->id, first.at(1)->id), .verdict = linkage::Verdict::same}});
    first = shown_to("elsewhere");
  }
  ASSERT_FALSE(has_missing(first));
  EXPECT_TRUE(has_missing(shown_to("founder"))) << "it is the council's";
  EXPECT_EQ(shown_to("acole"), first);
}

TEST_F(LinkLabels, a_cohort_is_an_entry_with_its_purpose_and_without_what_was_typed) {
  const Settings count = asking("acole", "COUNT");
  ASSERT_TRUE(cohort(outside, count, {.capacity = "harmed", .from = "2024-01", .history = "missing"}).ok());
  EXPECT_EQ(last_entry(),
            (std::pair<std::string, std::string>(
                "share of people harmed from 2024-01 to any month with a history of missing (any category; "
                "history: any category)",
                "COUNT")));
  EXPECT_EQ(cohort(outside, count, {.capacity = "harmed", .category = "Vexworthy"}).error().code, "cohort_too_small");
  EXPECT_THAT(last_entry().first, HasSubstr("share of people harmed"));
  EXPECT_THAT(last_entry().first, HasSubstr("(a category nobody has; history: any category)"));
  EXPECT_THAT(last_entry().first, Not(HasSubstr("Vexworthy"))) << "somebody may type a name";
  const std::string held = links().world.mentions.front().event_category;
  ASSERT_FALSE(held.empty());
  static_cast<void>(cohort(outside, count, {.capacity = "harmed", .history_category = held}));
  EXPECT_THAT(last_entry().first, HasSubstr("(any category; history: category " + base::fold(held) + ")"));
}

TEST_F(LinkLabels, errors_are_counted_by_deprivation_where_a_look_up_is_named) {
  judge(40);
  run();
  std::string table = "postcode,decile\n";
  std::set<std::string> postcodes;
  for (const linkage::Mention& mention : links().world.mentions) postcodes.insert(mention.person.postcode);
  postcodes.erase("");
  std::string alone = table;
  bool is_first = true;
  for (const std::string& postcode : postcodes) {
    table += postcode + (is_first ? ",1\n" : ",9\n");
    is_first = !is_first;
  }
  store::put_bytes(path("deciles.csv"), table);
  const Settings how = asking("acole", "COUNT");
  const auto groups = [&](const LinkRequest& request) {
    const Report report = link(outside, how, request).value();
    const Table& of = section_of(report, "errors").tables.at(0);
    std::set<std::string> found;
    for (std::size_t row = 0; row < of.rows.size(); ++row) {
      if (cell_of(of, row, "grouping") == Value("deprivation"))
        found.insert(std::get<std::string>(cell_of(of, row, "group")));
    }
    return found;
  };
  EXPECT_TRUE(groups({.act = "report"}).empty());
  const std::set<std::string> found = groups({.act = "report", .deprivation = path("deciles.csv")});
  EXPECT_TRUE(found.contains("1, most deprived") && found.contains("5, least deprived"));
  EXPECT_THAT(last_entry().first, HasSubstr("report of linkage, by the deprivation look-up "));
  EXPECT_EQ(last_entry().second, "COUNT");
  // A look-up of one judged address: neither it nor the rest, from which it would follow.
  const linkage::Links of = links();
  const std::string one = of.mention(of.world.judgements.front().pair.one)->person.postcode;
  ASSERT_FALSE(one.empty());
  for (const std::string& postcode : postcodes) alone += postcode + (postcode == one ? ",1\n" : ",9\n");
  store::put_bytes(path("alone.csv"), alone);
  const std::set<std::string> of_one = groups({.act = "report", .deprivation = path("alone.csv")});
  EXPECT_FALSE(of_one.contains("1, most deprived") || of_one.contains("not known"));
  EXPECT_THAT(notes_of(link(outside, how, {.act = "report"}).value(), "errors"), HasSubstr("(--deprivation)"));
}

// A server keeps what it read from question to question, until something is written.
TEST_F(LinkLabels, a_server_reads_links_once_for_as_long_as_nothing_is_written) {
  const auto host = Host::open(outside, settings, "serve").value();
  outside.host = host.get();
  const auto kept = [&] {
    const auto session = Session::open(outside, as("acole"), "test").value();
    return session->links().value();
  };
  const auto first = kept();
  const WhoRequest asked{.surname = first->links().world.mentions.front().person.surname, .birth = "2009"};
  const Report before = who(outside, asking("acole", "PROTECT"), asked).value();
  EXPECT_EQ(kept(), first) << "a question is an entry and changes no link";
  run();
  EXPECT_NE(kept(), first);
  const Report after = who(outside, asking("acole", "PROTECT"), asked).value();
  EXPECT_EQ(section_of(before, "who").tables.at(0).rows, section_of(after, "who").tables.at(0).rows);
  outside.host = nullptr;
}

}  // namespace
}  // namespace throughline::app
