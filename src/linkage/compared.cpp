#include "linkage/compared.h"

#include <algorithm>

#include "linkage/indexed_people.h"
#include "linkage/stage_encode.h"

namespace throughline::linkage {

bool Compared::has(std::size_t one, std::size_t other) const {
  return is_every_pair || std::ranges::any_of(in_force, [&](const BlockingRule& rule) {
           const auto block = block_of(rule, people.records[one], people.texts);
           return block && block == block_of(rule, people.records[other], people.texts);
         });
}

base::Result<Compared> compared_in(const Links& links) {
  Compared compared{.people = encode_mentions(links.world.mentions)};
  const Blocking blocking = TRY(plan(links.world));
  compared.is_every_pair = blocking.is_every_pair;
  for (const BlockingRule& rule : rule_catalogue()) {
    const auto planned = std::ranges::find(blocking.rules, rule.name(), &RulePlan::rule);
    if (planned != blocking.rules.end() && planned->is_used) compared.in_force.push_back(rule);
  }
  return compared;
}

}  // namespace throughline::linkage
