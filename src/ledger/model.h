// The nouns of the ledger: who acts, for what, by what right, and what is written down about it.
//
// The numbers of the enumerations are part of the log's format (docs/formats/ledger.md): they are never reused or
// changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/hash.h"
#include "base/id.h"

namespace throughline::ledger {

using AccountId = base::Id<struct AccountTag>;
using AgencyId = base::Id<struct AgencyTag>;
// Extracts are numbered from 1 in the order in which they were announced.
using ExtractNo = base::Id<struct ExtractTag>;

// The agency that founded the workspace, which looks after it as a whole. The first account is one of its accounts.
inline constexpr AgencyId k_founding_agency{1};

// What an account may do. An account may hold several, each from a day and perhaps until one.
// None is that of an account without any, whose wish was refused.
enum class Role : std::uint8_t { none = 0, administrator = 1, analyst = 2, practitioner = 3, auditor = 4 };

// What is done, in the words of section 62 of the Data Protection Act 2018, and administration, which that section
// lacks.
enum class Operation : std::uint8_t {
  collection = 1,
  alteration = 2,
  consultation = 3,
  disclosure = 4,
  combination = 5,
  erasure = 6,
  administration = 7,
};

// What it is done to. Extracts are of one of the first three.
enum class DataClass : std::uint8_t {
  published = 1,
  personal = 2,
  sensitive = 3,
  log = 4,       // Entries: who did what.
  accounts = 5,  // People, roles, invitations.
  proof = 6,     // What shows that the log holds: verdicts, proofs, signed heads. Hashes, and nobody's name.
  own_work = 7,  // What an account has of its own: sessions, passwords, jobs, uploads, drafts.
  store = 8,     // The workspace as a whole: copies, compaction.
  links = 9,     // Which records are thought to be of one person, and who holds them in what capacity; no values.
};

// Whose it is, seen from the account that acts: its agency's, or for own_work its own. None where nothing is named yet,
// as for a list.
enum class Ownership : std::uint8_t { none = 0, own = 1, other = 2 };

// Why.
enum class Purpose : std::uint8_t { unstated = 0, protect = 1, investigate = 2, count = 3, govern = 4, operate = 5 };

enum class Decision : std::uint8_t { allow = 1, deny = 2 };

// By what legal gateway. Which of them stand at a date is data: see gateway_stands.
enum class Gateway : std::uint8_t {
  none = 0,
  public_record = 1,
  cda98_s115 = 2,
  cda98_s17a = 3,
  ca2004_s10_11 = 4,
  ca2004_s16la = 5,
  ca89_s17_47 = 6,
  care14_s42 = 7,
  care14_s45 = 8,
  pcsc22_s16 = 9,
  msa15_s52 = 10,
  ukgdpr_public_task = 11,
  ukgdpr_legal_obligation = 12,
  ukgdpr_art17 = 13,
  dpa18_part3 = 14,
  common_law = 15,
};

// The codes as commands, pages and files show them: "analyst", "PROTECT", "CDA98_S115".
[[nodiscard]] std::string_view code_of(Role role);
[[nodiscard]] std::string_view code_of(Operation operation);
[[nodiscard]] std::string_view code_of(Purpose purpose);
[[nodiscard]] std::string_view code_of(Gateway gateway);
[[nodiscard]] std::string_view code_of(Decision decision);
[[nodiscard]] std::string_view code_of(DataClass data_class);
[[nodiscard]] std::string_view code_of(Ownership ownership);

// The value with that code, in either case of letters.
// Never none.
[[nodiscard]] std::optional<Role> role_named(std::string_view code);
[[nodiscard]] std::optional<Purpose> purpose_named(std::string_view code);
[[nodiscard]] std::optional<Gateway> gateway_named(std::string_view code);
[[nodiscard]] std::vector<std::string> role_codes();
[[nodiscard]] std::vector<std::string> purpose_codes();
[[nodiscard]] std::vector<std::string> gateway_codes();

// Which rule of permission.h decided; the number is written into the entry.
using RuleId = std::int32_t;

struct Account {
  AccountId id;
  std::string name;         // Short, unique: what --as takes.
  std::string person_name;  // Who it is for.
  AgencyId agency;
  std::string agency_name;
  std::vector<Role> roles;  // Those that stand now.
};

// Who acts, as the entry will say: the account, and the operating system's name for whoever typed.
struct Actor {
  AccountId account;
  AgencyId agency;
  Role role = Role::analyst;
  std::string login;
};

// What somebody is about to do. Everything but the texts goes into the log's leaf; the texts into the sealed payload.
struct Act {
  Operation operation = Operation::consultation;
  Purpose purpose = Purpose::unstated;
  Gateway gateway = Gateway::none;
  Decision decision = Decision::allow;
  RuleId rule = 0;
  std::string object{};                   // What it is done to, for example "extract 3f9a0c12ab345678".
  std::string reason{};                   // In the actor's own words.
  std::vector<std::string> recipients{};  // For disclosures.
};

}  // namespace throughline::ledger
