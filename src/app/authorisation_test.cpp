// Who may do what, held against an independent specification: the table of docs/reference/permissions.md.
//
// The codes of the enumerations are not listed here by hand: whatever number has a code is tried, so that a value that
// is added without a row is tried too, and one that the table misspells is found.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "app/authorisation_table.h"
#include "app/made_up_world.h"
#include "app/own_work.h"
#include "app/ownership.h"
#include "app/session.h"
#include "base/source_folder.h"
#include "ledger/permission.h"

namespace throughline::app {
namespace {

using ledger::AgencyId;
using ledger::DataClass;
using ledger::Decision;
using ledger::Operation;
using ledger::Ownership;
using ledger::Purpose;
using ledger::Role;

constexpr std::array k_roles = {Role::none, Role::administrator, Role::analyst, Role::practitioner, Role::auditor};
constexpr std::array k_operations = {Operation::collection,    Operation::alteration,  Operation::consultation,
                                     Operation::disclosure,    Operation::combination, Operation::erasure,
                                     Operation::administration};
constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive,
                                  DataClass::log,       DataClass::accounts, DataClass::proof,
                                  DataClass::own_work,  DataClass::store,    DataClass::links};
constexpr std::array k_purposes = {Purpose::unstated, Purpose::protect, Purpose::investigate,
                                   Purpose::count,    Purpose::govern,  Purpose::operate};
constexpr std::array k_ownerships = {Ownership::none, Ownership::own, Ownership::other};

// A switch without default: a value that is added does not compile here until it is tried above.
constexpr bool is_tried(Operation operation) {
  switch (operation) {
    case Operation::collection:
    case Operation::alteration:
    case Operation::consultation:
    case Operation::disclosure:
    case Operation::combination:
    case Operation::erasure:
    case Operation::administration: return true;
  }
  return false;
}
constexpr bool is_tried(DataClass data_class) {
  switch (data_class) {
    case DataClass::published:
    case DataClass::personal:
    case DataClass::sensitive:
    case DataClass::log:
    case DataClass::accounts:
    case DataClass::proof:
    case DataClass::own_work:
    case DataClass::store:
    case DataClass::links: return true;
  }
  return false;
}
constexpr bool is_tried(Purpose purpose) {
  switch (purpose) {
    case Purpose::unstated:
    case Purpose::protect:
    case Purpose::investigate:
    case Purpose::count:
    case Purpose::govern:
    case Purpose::operate: return true;
  }
  return false;
}
constexpr bool is_tried(Role role) {
  switch (role) {
    case Role::none:
    case Role::administrator:
    case Role::analyst:
    case Role::practitioner:
    case Role::auditor: return true;
  }
  return false;
}

const AuthorisationTable& table() {
  static const AuthorisationTable read(std::string(base::k_source_folder) + "/docs/reference/permissions.md");
  return read;
}

WordedWish worded(const ledger::Wish& wish) {
  return {.role = std::string(code_of(wish.role)),
          .operation = std::string(code_of(wish.operation)),
          .data = std::string(code_of(wish.data_class)),
          .purpose = std::string(code_of(wish.purpose)),
          .whose = std::string(code_of(wish.ownership)),
          .agency = wish.is_founding ? "founding" : "another"};
}

std::string text_of(const WordedWish& wish) {
  return wish.role + ", " + wish.operation + ", " + wish.data + ", " + wish.purpose + ", " + wish.whose + ", " +
         wish.agency;
}

template <class Check>
void for_every_object(const Check& check) {
  for (const Operation operation : k_operations) {
    for (const DataClass data_class : k_classes) {
      for (const Ownership ownership : k_ownerships) check(operation, data_class, ownership);
    }
  }
}

TEST(Authorisation, the_table_is_read_and_every_word_of_it_is_one_of_the_programs) {
  ASSERT_EQ(table().rows().size(), 14U);
  const auto is_code = [](const auto& values, const std::string& word) {
    return std::ranges::any_of(values, [&](auto value) { return code_of(value) == word; });
  };
  for (const AuthorisationTable::Row& row : table().rows()) ASSERT_EQ(row.size(), 6U);
  for (const std::string& word : table().words_of(0)) EXPECT_TRUE(is_code(k_roles, word)) << word;
  for (const std::string& word : table().words_of(1)) EXPECT_TRUE(is_code(k_operations, word)) << word;
  for (const std::string& word : table().words_of(2)) EXPECT_TRUE(is_code(k_classes, word)) << word;
  for (const std::string& word : table().words_of(3)) EXPECT_TRUE(is_code(k_purposes, word)) << word;
  for (const std::string& word : table().words_of(4)) EXPECT_TRUE(is_code(k_ownerships, word)) << word;
  EXPECT_EQ(table().words_of(5), AuthorisationTable::Words{"founding"});
  // Every kind of data has a row of its own, and no role that holds something is forgotten.
  EXPECT_EQ(table().words_of(2).size(), k_classes.size());
  EXPECT_EQ(table().words_of(0).size(), k_roles.size() - 1);
}

TEST(Authorisation, every_wish_there_is_is_decided_as_the_table_says) {
  std::int64_t wishes = 0;
  std::int64_t allowed = 0;
  for (const Role role : k_roles) {
    for (const Purpose purpose : k_purposes) {
      for (const bool is_founding : {false, true}) {
        for_every_object([&](Operation operation, DataClass data_class, Ownership ownership) {
          const ledger::Wish wish{role, operation, data_class, purpose, ownership, is_founding};
          ASSERT_TRUE(is_tried(role) && is_tried(operation) && is_tried(data_class) && is_tried(purpose));
          const bool is_allowed = ledger::allow(wish).decision == Decision::allow;
          EXPECT_EQ(is_allowed, table().allows(worded(wish))) << text_of(worded(wish));
          ++wishes;
          allowed += is_allowed ? 1 : 0;
        });
      }
    }
  }
  EXPECT_EQ(wishes, 5 * 6 * 2 * 7 * 9 * 3);
  EXPECT_GT(allowed, 0);
}

// A workspace of two agencies, with one account of each for every set of up to two roles.
struct TwoAgencies : testing::Test, MadeUpWorld {
  std::vector<std::vector<Role>> role_sets;
  AgencyId founding{1};
  AgencyId police{2};

  TwoAgencies() {
    static_cast<void>(founded());
    role_sets.push_back({});
    for (std::size_t i = 1; i < k_roles.size(); ++i) {
      role_sets.push_back({k_roles.at(i)});
      for (std::size_t j = i + 1; j < k_roles.size(); ++j) role_sets.push_back({k_roles.at(i), k_roles.at(j)});
    }
    const auto session = Session::open(outside, settings, "test").value();
    ledger::Transaction adding =
        session->ledger()
            .begin(ledger::Actor{.account = ledger::AccountId(1), .agency = founding, .login = "x"}, ledger::Act{})
            .value();
    std::int64_t number = 2;
    for (const char* agency : {"Example Council", "Example Police"}) {
      for (std::size_t i = 0; i < role_sets.size(); ++i) {
        session->ledger()
            .add_account(adding, {.agency = agency, .account = name_of(agency, i), .person_name = "A person"})
            .value();
        for (const Role role : role_sets.at(i))
          session->ledger().grant(adding, ledger::AccountId(number), role).value();
        ++number;
      }
    }
    static_cast<void>(adding.commit().value());
  }
  static std::string name_of(const std::string& agency, std::size_t set) {
    return (agency == "Example Council" ? "council-" : "police-") + std::to_string(set);
  }
};

TEST_F(TwoAgencies, a_session_decides_for_each_set_of_roles_as_the_table_says_of_any_of_them) {
  const auto host = Host::open(outside, settings, "test").value();
  outside.host = host.get();
  std::int64_t asked = 0;
  for (const AgencyId agency : {founding, police}) {
    const std::string agency_name = agency == founding ? "Example Council" : "Example Police";
    for (std::size_t set = 0; set < role_sets.size(); ++set) {
      for (const Purpose purpose : k_purposes) {
        Settings how = as(name_of(agency_name, set));
        how.purpose = std::string(code_of(purpose));
        const auto session = Session::open(outside, how, "test").value();
        ASSERT_EQ(session->account().roles.size(), role_sets.at(set).size());
        for_every_object([&](Operation operation, DataClass data_class, Ownership ownership) {
          std::optional<AgencyId> owner;
          if (ownership == Ownership::own) owner = agency;
          if (ownership == Ownership::other) owner = agency == founding ? police : founding;
          const Wanted wanted{.operation = operation, .data_class = data_class, .object = "x", .owner = owner};
          const auto is_allowed = [&](Role role) {
            return table().allows(worded({role, operation, data_class, purpose, ownership, agency == founding}));
          };
          const bool expected = std::ranges::any_of(role_sets.at(set), is_allowed);
          const auto would = [&](Role role) { return session->would(wanted, role).decision == Decision::allow; };
          EXPECT_EQ(std::ranges::any_of(role_sets.at(set), would), expected) << session->account().name;
          ++asked;
        });
      }
    }
  }
  EXPECT_EQ(asked, 2 * 11 * 6 * 7 * 9 * 3);
  outside.host = nullptr;
}

TEST_F(TwoAgencies, asking_in_earnest_gives_the_same_and_a_refusal_leaves_its_entry) {
  const auto host = Host::open(outside, settings, "test").value();
  outside.host = host.get();
  for (const AgencyId agency : {founding, police}) {
    const std::string agency_name = agency == founding ? "Example Council" : "Example Police";
    for (std::size_t set = 0; set < role_sets.size(); ++set) {
      Settings how = as(name_of(agency_name, set));
      how.purpose = "PROTECT";
      const auto session = Session::open(outside, how, "test").value();
      for (const DataClass data_class : k_classes) {
        const Wanted wanted{.data_class = data_class, .object = "x", .owner = AgencyId(2)};
        const Ownership ownership = agency == police ? Ownership::own : Ownership::other;
        const bool expected = std::ranges::any_of(role_sets.at(set), [&](Role role) {
          return table().allows(
              worded({role, Operation::consultation, data_class, Purpose::protect, ownership, agency == founding}));
        });
        const std::int64_t before = session->ledger().log().size().value();
        const auto permitted = session->may(wanted);
        EXPECT_EQ(permitted.ok(), expected) << session->account().name << " " << code_of(data_class);
        ASSERT_EQ(session->ledger().log().size().value(), before + (expected ? 0 : 1));
        if (expected) continue;
        const auto entry = session->ledger().log().entry(before).value().entry;
        EXPECT_EQ(entry.decision, Decision::deny);
        EXPECT_EQ(entry.account, session->account().id);
        EXPECT_NE(entry.rule, 0);
      }
    }
  }
  outside.host = nullptr;
}

TEST(OwnWork, is_allowed_to_every_role_without_an_entry_and_refused_by_name_to_an_account_without_one) {
  const MadeUpWorld world;
  static_cast<void>(world.founded());
  world.add_account("watcher", "auditor");
  const auto entries = [&] {
    return Session::open(world.outside, world.settings, "test").value()->ledger().log().size().value();
  };
  const std::int64_t before = entries();
  EXPECT_EQ(owner_of_work(world.outside, world.as("watcher"), {.object = "jobs"}).value().name, "watcher");
  EXPECT_EQ(entries(), before);
  static_cast<void>(world.run_accounts({.act = "revoke", .name = "watcher", .role = "auditor"}));
  const base::Error refusal = owner_of_work(world.outside, world.as("watcher"), {.object = "jobs"}).error();
  EXPECT_EQ(refusal.code, "refused");
  EXPECT_NE(refusal.what.find("(rule "), std::string::npos) << refusal.what;
  EXPECT_EQ(entries(), before + 2);  // The revoking, and the refusal.
}

TEST(Ownership, of_a_job_an_upload_or_a_draft_is_its_makers_alone) {
  const ledger::Account maker{.id = ledger::AccountId(7),
                              .name = "a",
                              .person_name = "",
                              .agency = AgencyId(1),
                              .agency_name = "",
                              .roles = {Role::analyst}};
  ledger::Account chief = maker;
  chief.id = ledger::AccountId(8);
  chief.roles = {Role::administrator, Role::analyst, Role::practitioner, Role::auditor};
  EXPECT_TRUE(owns(maker, ledger::AccountId(7)));
  EXPECT_FALSE(owns(chief, ledger::AccountId(7)));
  ledger::Account without = maker;
  without.roles.clear();
  EXPECT_FALSE(owns(without, ledger::AccountId(7)));
}

}  // namespace
}  // namespace throughline::app
