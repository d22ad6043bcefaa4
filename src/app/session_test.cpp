#include "app/session.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "base/sha256.h"
#include "base/source_folder.h"
#include "store/permit_for_tests.h"

namespace throughline::app {
namespace {

struct SessionTest : testing::Test, MadeUpWorld {
  SessionTest() { static_cast<void>(founded()); }
  [[nodiscard]] std::unique_ptr<Session> opened(const Settings& how) const {
    return Session::open(outside, how, "test").value();
  }
  [[nodiscard]] base::Error refusal_of(const Settings& how) const {
    return Session::open(outside, how, "test").error();
  }
  static Wanted look_at_people() {
    return {.operation = ledger::Operation::consultation,
            .data_class = ledger::DataClass::personal,
            .object = "extract 3f9a0c12ab345678",
            .owner = ledger::k_founding_agency};
  }
  static std::int64_t entries(Session& session) { return session.ledger().log().size().value(); }
};

TEST_F(SessionTest, a_login_becomes_a_short_name) {
  EXPECT_EQ(account_name_of("acole"), "acole");
  EXPECT_EQ(account_name_of("A.Cole"), "a.cole");
  EXPECT_EQ(account_name_of("COUNCIL\\a cole"), "council-a-cole");
  EXPECT_EQ(account_name_of(""), "founder");
  EXPECT_EQ(account_name_of(std::string(99, 'x')).size(), 64U);
}

TEST_F(SessionTest, the_account_of_the_login_acts) {
  add_account("acole", "analyst");
  EXPECT_EQ(opened(settings)->account().name, "founder");
  Settings other = settings;
  other.login = "ACole";
  EXPECT_EQ(opened(other)->account().name, "acole");
  EXPECT_EQ(opened(as("acole"))->account().name, "acole");
}

TEST_F(SessionTest, the_only_account_acts_whatever_the_login_is) {
  Settings other = settings;
  other.login = "root";
  EXPECT_EQ(opened(other)->account().name, "founder");
  add_account("acole", "analyst");
  const base::Error error = refusal_of(other);
  EXPECT_EQ(error.code, "account_unknown");
  EXPECT_EQ(error.message(),
            "There is no account 'root' in this workspace. Name the account that acts with --as; an administrator adds "
            "one with throughline accounts add.");
}

TEST_F(SessionTest, an_unknown_account_and_an_unknown_purpose_get_the_nearest) {
  EXPECT_EQ(refusal_of(as("fuonder")).remedy, "Did you mean 'founder'?");
  Settings other = settings;
  other.purpose = "PROTCET";
  EXPECT_EQ(refusal_of(other).message(),
            "'PROTCET' is not a purpose (--purpose). Did you mean 'PROTECT'? The codes are UNSTATED, PROTECT, "
            "INVESTIGATE, COUNT, GOVERN, OPERATE.");
}

TEST_F(SessionTest, personal_data_are_shown_for_a_purpose_and_leave_an_entry) {
  Settings other = settings;
  other.purpose = "protect";
  other.reason = "a referral";
  const auto session = opened(other);
  const std::int64_t before = entries(*session);
  session->look(look_at_people()).value();
  ASSERT_EQ(entries(*session), before + 1);
  const auto shown = session->ledger().log().entry(before).value();
  EXPECT_EQ(shown.entry.role, ledger::Role::analyst);
  EXPECT_EQ(shown.entry.purpose, ledger::Purpose::protect);
  EXPECT_EQ(shown.entry.decision, ledger::Decision::allow);
  EXPECT_EQ(shown.entry.rule, 305);
  EXPECT_EQ(shown.payload.object, "extract 3f9a0c12ab345678");
  EXPECT_EQ(shown.payload.reason, "a referral");
  EXPECT_EQ(shown.payload.login, "founder");
}

TEST_F(SessionTest, a_refusal_says_what_to_do_and_is_an_entry_first) {
  const auto session = opened(settings);
  const std::int64_t before = entries(*session);
  const auto refused = session->look(look_at_people());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::refused);
  EXPECT_EQ(refused.error().code, "refused");
  EXPECT_EQ(refused.error().message(),
            "Personal data are shown only for a purpose (rule 303) (account founder). Say why with --purpose PROTECT, "
            "--purpose INVESTIGATE or --purpose GOVERN, and in your own words with --reason; the codes are UNSTATED, "
            "PROTECT, INVESTIGATE, COUNT, GOVERN, OPERATE.");
  ASSERT_EQ(entries(*session), before + 1);
  const auto shown = session->ledger().log().entry(before).value();
  EXPECT_EQ(shown.entry.decision, ledger::Decision::deny);
  EXPECT_EQ(shown.entry.rule, 303);
}

TEST_F(SessionTest, of_many_refusals_of_an_account_some_have_an_entry_each_and_the_others_one_together) {
  const auto host = Host::open(outside, settings, "serve").value();
  outside.host = host.get();
  const std::int64_t before = entries(*opened(settings));
  {
    // A clock that stands still: each entry moves it by a second.
    const auto session = opened(settings);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(session->look(look_at_people()).error().code, "refused");
  }
  const std::int64_t after = entries(*opened(settings));
  EXPECT_EQ(after, before + 30);
  EXPECT_TRUE(say_unsaid_refusals(outside, settings, TellUnsaid::due).ok());
  EXPECT_EQ(entries(*opened(settings)), after) << "their minute is not over";
  clock.advance(std::chrono::minutes(1));
  EXPECT_TRUE(say_unsaid_refusals(outside, settings, TellUnsaid::due).ok());
  EXPECT_TRUE(say_unsaid_refusals(outside, settings, TellUnsaid::all).ok());
  const auto session = opened(settings);
  ASSERT_EQ(entries(*session), after + 1);
  const auto told = session->ledger().log().entry(after).value();
  EXPECT_EQ(told.payload.object, "70 more refused requests, without an entry each; the last: extract 3f9a0c12ab345678");
  EXPECT_EQ(told.entry.decision, ledger::Decision::deny);
  EXPECT_EQ(told.entry.rule, 303);
  EXPECT_EQ(told.entry.account, session->account().id);
}

TEST_F(SessionTest, a_refusal_after_a_storm_says_first_how_many_had_no_entry) {
  const auto host = Host::open(outside, settings, "serve").value();
  outside.host = host.get();
  const auto session = opened(settings);
  for (int i = 0; i < 40; ++i) EXPECT_FALSE(session->look(look_at_people()).ok());
  clock.advance(std::chrono::minutes(2));
  const std::int64_t before = entries(*session);
  EXPECT_FALSE(session->look(look_at_people()).ok());
  ASSERT_EQ(entries(*session), before + 2);
  EXPECT_TRUE(session->ledger().log().entry(before).value().payload.object.starts_with("10 more refused requests"));
  EXPECT_EQ(session->ledger().log().entry(before + 1).value().payload.object, "extract 3f9a0c12ab345678");
}

TEST_F(SessionTest, published_figures_are_open_and_leave_no_entry) {
  const auto session = opened(settings);
  const std::int64_t before = entries(*session);
  session->look({.object = "crimes"}).value();
  EXPECT_EQ(entries(*session), before);
}

TEST_F(SessionTest, the_first_role_that_a_rule_allows_acts) {
  const auto session = opened(settings);
  EXPECT_EQ(session
                ->may({.operation = ledger::Operation::collection,
                       .data_class = ledger::DataClass::personal,
                       .owner = session->account().agency})
                .value()
                .actor.role,
            ledger::Role::analyst);
  EXPECT_EQ(session->may({.data_class = ledger::DataClass::log}).value().actor.role, ledger::Role::auditor);
  EXPECT_EQ(session->may({.data_class = ledger::DataClass::accounts}).value().actor.role, ledger::Role::administrator);
}

TEST_F(SessionTest, erasing_asks_for_the_purpose_govern) {
  const auto session = opened(settings);
  const auto refused = session->may({.operation = ledger::Operation::erasure,
                                     .data_class = ledger::DataClass::personal,
                                     .owner = session->account().agency});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().remedy, "Give the order with --purpose GOVERN, and say which with --reason");
}

TEST_F(SessionTest, an_account_without_a_role_may_do_nothing) {
  add_account("acole", "");
  const auto session = opened(as("acole"));
  const auto refused = session->look({.object = "crimes"});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::refused);
  const auto newest = session->ledger().log().newest({.count = 1}).value();
  EXPECT_EQ(newest[0].entry.role, ledger::Role::none);
  EXPECT_EQ(newest[0].entry.rule, 401);
}

TEST_F(SessionTest, a_workspace_whose_making_was_interrupted_says_so) {
  Settings other = settings;
  other.workspace = path("half");
  {
    store::Opening how = opening_of(outside, other, "init");
    how.create = true;
    static_cast<void>(store::Workspace::open(other.workspace, std::move(how)).value());
  }
  const base::Error error = refusal_of(other);
  EXPECT_EQ(error.code, "workspace_unfinished");
  EXPECT_EQ(error.remedy, "Run throughline init once more: it goes on from there");
  EXPECT_TRUE(init(outside, other, {.agency = "Example Council"}).ok());
  EXPECT_EQ(opened(other)->account().name, "founder");
}

TEST_F(SessionTest, what_was_announced_and_never_came_is_abandoned_on_opening) {
  {
    const auto session = opened(settings);
    const Permitted permitted =
        session->may({.operation = ledger::Operation::collection, .data_class = ledger::DataClass::published}).value();
    ledger::Transaction transaction = session->ledger().begin(permitted.actor, permitted.act).value();
    ledger::announce(transaction, {.extract = ledger::ExtractNo(1), .content_hash = base::hash_text("one")}).value();
    static_cast<void>(transaction.commit().value());
  }
  auto session = opened(settings);
  ASSERT_EQ(session->recovered().size(), 1U);
  EXPECT_EQ(session->recovered()[0],
            "Extract 1 was not whole when the program was stopped; nothing of it is kept, so read it in again.");
  EXPECT_TRUE(session->visible().value().empty());
  session.reset();
  EXPECT_TRUE(opened(settings)->recovered().empty());
}

struct ExtractNameTest : SessionTest {
  std::unique_ptr<Session> session = opened(settings);
  store::PermitForTests permits;

  // An extract whose hash begins so.
  void take_in(std::int64_t number, const std::string& hash_begin) const {
    const Permitted permitted =
        session->may({.operation = ledger::Operation::collection, .data_class = ledger::DataClass::published}).value();
    ledger::Transaction transaction = session->ledger().begin(permitted.actor, permitted.act).value();
    const auto hash = base::Hash::from_hex(hash_begin + std::string(64 - hash_begin.size(), '0')).value();
    ledger::announce(transaction, {.extract = ledger::ExtractNo(number), .content_hash = hash}).value();
    ledger::confirm(transaction, ledger::ExtractNo(number), std::nullopt).value();
    static_cast<void>(transaction.commit().value());
  }
  [[nodiscard]] std::int64_t found(const std::string& name) const {
    return session->extract(name).value().announced.extract.number();
  }
};

TEST_F(ExtractNameTest, an_extract_is_found_by_the_first_digits_of_its_hash_or_by_its_number) {
  take_in(1, "abcd1");
  take_in(2, "abcd2");
  take_in(3, "3333");
  EXPECT_EQ(found("abcd1"), 1);
  EXPECT_EQ(found("abcd2000"), 2);
  EXPECT_EQ(found("2"), 2);
  EXPECT_EQ(found("3333"), 3);
  EXPECT_EQ(session->extract("abcd").error().code, "extract_ambiguous");
  EXPECT_EQ(session->extract("abc").error().code, "extract_unknown") << "three digits are too few";
  EXPECT_EQ(session->extract("").error().code, "extract_unknown");
  EXPECT_EQ(session->extract("9").error().code, "extract_unknown");
  const auto near = session->extract("abcd100000000010");
  ASSERT_FALSE(near.ok());
  EXPECT_EQ(near.error().message(),
            "There is no extract 'abcd100000000010' in this workspace. Did you mean 'abcd100000000000'?");
}

// Two modules keep tables in the record store: each step of it is one module's.
TEST(Opening, numbers_the_steps_of_each_store_once_and_without_a_gap) {
  const MadeUpWorld world;
  std::map<store::StoreKind, std::set<int>> numbers;
  for (const store::Migration& step : opening_of(world.outside, world.settings, "test").migrations) {
    EXPECT_TRUE(numbers[step.store].insert(step.number).second) << step.number;
  }
  for (const auto& [kind, steps] : numbers) EXPECT_EQ(*steps.rbegin(), static_cast<int>(steps.size()));
}

TEST(Opening, brings_a_workspace_of_an_earlier_version_up_to_this_one) {
  for (const int last : {2, 3}) {
    const MadeUpWorld world;
    {
      store::Opening earlier = opening_of(world.outside, world.settings, "init");
      earlier.create = true;
      std::erase_if(earlier.migrations, [&](const store::Migration& step) {
        return step.store == store::StoreKind::records && step.number > last;
      });
      ASSERT_TRUE(store::Workspace::open(world.settings.workspace, earlier).ok());
    }
    static_cast<void>(world.founded());
    Settings how = world.settings;
    how.purpose = "PROTECT";
    const std::string file = std::string(base::k_source_folder) + "/examples/agencies/crime_reports.csv";
    ASSERT_TRUE(ingest(world.outside, how, {.files = {file}, .mapping = {}, .supersedes = {}, .received = {}}).ok());
    EXPECT_TRUE(link(world.outside, how, {.act = "run"}).ok()) << last;
    const auto report = link(world.outside, how, {.act = "report"});
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message());
  }
}

}  // namespace
}  // namespace throughline::app
