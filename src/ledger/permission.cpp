#include "ledger/permission.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace throughline::ledger {

namespace {

constexpr PermissionVerdict permit(RuleId rule, std::string_view sentence) {
  return {Decision::allow, rule, sentence};
}
constexpr PermissionVerdict refuse(RuleId rule, std::string_view sentence) {
  return {Decision::deny, rule, sentence};
}

// A number keeps its meaning for good, as entries name it. 1xx administrators, 2xx auditors, 3xx analysts and
// practitioners, 4xx accounts without a role, 5xx everybody, 6xx signing in.
constexpr std::array k_rules = {
    refuse(101, "An administrator looks after the system and never handles personal data by that role"),
    refuse(102, "The log is read by an auditor, not by an administrator"),
    permit(103, "An administrator looks after accounts and stores"),
    refuse(104, "An administrator does not change what sources said"),
    refuse(105,
           "An administrator looks after the accounts of their own agency; only those of the founding agency look "
           "after all"),
    permit(106, "Published figures are open to every role"),
    refuse(107, "The workspace as a whole is looked after by administrators of the agency that founded it"),
    permit(201, "An auditor reads the log, and that is an entry too"),
    permit(202, "Published figures are open to every role"),
    refuse(203, "An auditor reads the log and published figures, nothing else"),
    refuse(204, "An auditor reads what accounts of their own agency did; only those of the founding agency read all"),
    refuse(301, "The log, the accounts and the workspace as a whole belong to auditors and administrators"),
    permit(302, "Published figures are open to every role"),
    refuse(303, "Personal data are shown only for a purpose"),
    refuse(304, "Neither counting nor operating needs to see a person's record"),
    permit(305, "Looking at a record of one's own agency for a stated purpose, which is an entry"),
    refuse(306, "A practitioner looks and decides; analysts bring data in and take it out"),
    permit(307, "An analyst brings extracts in"),
    permit(308, "Erasing on an order, for the purpose GOVERN"),
    refuse(309, "Erasing takes the purpose GOVERN"),
    refuse(310, "No rule allows this"),
    refuse(311,
           "Personal data belong to the agency that brought them in; another agency's take an agreement, and "
           "there are none yet"),
    refuse(312, "Whose data these are was not said, so nobody may have them"),
    refuse(313, "An extract is erased from by the agency that brought it in"),
    permit(321, "An analyst links and counts people across agencies' records, which shows nobody's values"),
    permit(322, "Which agencies hold something of a person is shown for a stated purpose, which is an entry"),
    permit(323, "Judging and using a link for a stated purpose, which is an entry"),
    refuse(324, "Counting shows no link of a person, and operating the system needs none"),
    refuse(325, "Links are made by a run, judged and used; they are neither brought in nor given away"),
    refuse(401, "An account without a role may do nothing until one is granted"),
    permit(501, "That the log holds can be checked by every role: it shows hashes and nobody's name"),
    refuse(502, "Proofs of the log are made from it and never changed"),
    permit(511, "An account looks after its own session, password, jobs, uploads and drafts"),
    refuse(512, "Sessions, passwords, jobs, uploads and drafts belong to the account whose they are"),
    refuse(513, "What is an account's own is neither disclosed nor combined"),
    refuse(601, "The sign-in did not show who it was"),
    refuse(602, "After failed sign-ins the next one has to wait"),
};

bool is_about_people(DataClass data_class) {
  return data_class == DataClass::personal || data_class == DataClass::sensitive;
}

bool names_people(DataClass data_class) {
  return is_about_people(data_class) || data_class == DataClass::links;
}

// What is the same for every role that an account may hold; 0 where the role decides.
RuleId rule_for_everybody(const Wish& wish) {
  if (wish.data_class == DataClass::proof) return wish.operation == Operation::consultation ? 501 : 502;
  if (wish.data_class != DataClass::own_work) return 0;
  if (wish.ownership != Ownership::own) return 512;
  const bool leaves_the_account = wish.operation == Operation::disclosure || wish.operation == Operation::combination;
  return leaves_the_account ? 513 : 511;
}

RuleId rule_for_administrator(const Wish& wish) {
  if (names_people(wish.data_class)) return 101;
  if (wish.data_class == DataClass::log) return 102;
  const bool is_upkeep = wish.operation == Operation::administration || wish.operation == Operation::consultation;
  if (wish.data_class == DataClass::published) return wish.operation == Operation::consultation ? 106 : 104;
  if (!is_upkeep) return 104;
  if (wish.is_founding) return 103;
  if (wish.data_class == DataClass::store) return 107;
  return wish.ownership == Ownership::other ? 105 : 103;
}

RuleId rule_for_auditor(const Wish& wish) {
  if (wish.operation != Operation::consultation) return 203;
  if (wish.data_class == DataClass::published) return 202;
  if (wish.data_class != DataClass::log) return 203;
  return wish.ownership == Ownership::other && !wish.is_founding ? 204 : 201;
}

// Whose the personal data are comes before all else; 0 where they are the agency's own.
RuleId rule_of_ownership(const Wish& wish) {
  if (!is_about_people(wish.data_class) || wish.ownership == Ownership::own) return 0;
  return wish.ownership == Ownership::other ? 311 : 312;
}

RuleId rule_for_look(const Wish& wish) {
  if (!is_about_people(wish.data_class)) return 302;
  if (wish.purpose == Purpose::unstated) return k_rule_purpose_needed;
  const bool is_unfit = wish.purpose == Purpose::operate || wish.purpose == Purpose::count;
  return is_unfit ? k_rule_purpose_unfit : 305;
}

RuleId rule_for_erasure(const Wish& wish) {
  if (wish.ownership == Ownership::other) return 313;
  if (wish.ownership == Ownership::none) return 312;
  return wish.purpose == Purpose::govern ? 308 : k_rule_govern_needed;
}

// Links belong to no agency: they say who holds something, and nothing of what it says.
RuleId rule_for_links(const Wish& wish) {
  const bool is_combination = wish.operation == Operation::combination;
  const bool is_look = wish.operation == Operation::consultation;
  if (!is_combination && !is_look && wish.operation != Operation::alteration) return 325;
  if (is_combination && wish.role == Role::practitioner) return 306;
  if (wish.purpose == Purpose::unstated) return k_rule_purpose_needed;
  if (wish.purpose == Purpose::operate) return 324;
  if (is_combination) return 321;
  if (wish.purpose == Purpose::count) return 324;
  return is_look ? 322 : 323;
}

// Analysts and practitioners: the same, but that a practitioner brings nothing in and removes nothing.
RuleId rule_for_worker(const Wish& wish) {
  if (wish.data_class == DataClass::links) return rule_for_links(wish);
  const bool is_record = is_about_people(wish.data_class) || wish.data_class == DataClass::published;
  if (!is_record) return 301;
  if (const RuleId rule = rule_of_ownership(wish); rule != 0) return rule;
  if (wish.operation == Operation::consultation) return rule_for_look(wish);
  if (wish.role == Role::practitioner) return 306;
  if (wish.operation == Operation::collection || wish.operation == Operation::alteration) return 307;
  return wish.operation == Operation::erasure ? rule_for_erasure(wish) : 310;
}

RuleId rule_for(const Wish& wish) {
  if (wish.role == Role::none) return 401;
  if (const RuleId rule = rule_for_everybody(wish); rule != 0) return rule;
  switch (wish.role) {
    case Role::administrator: return rule_for_administrator(wish);
    case Role::auditor: return rule_for_auditor(wish);
    case Role::analyst:
    case Role::practitioner: return rule_for_worker(wish);
    case Role::none: return 401;
  }
  return 310;
}

}  // namespace

PermissionVerdict allow(const Wish& wish) {
  return rule_of(rule_for(wish));
}

std::span<const PermissionVerdict> rules() {
  return k_rules;
}

PermissionVerdict rule_of(RuleId rule) {
  const auto* at = std::ranges::find(k_rules, rule, &PermissionVerdict::rule);
  CHECK(at != k_rules.end());
  return *at;
}

}  // namespace throughline::ledger
