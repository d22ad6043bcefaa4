#include "linkage/stage_encode.h"

#include <limits>
#include <map>
#include <string>
#include <utility>

#include "base/check.h"

namespace throughline::linkage {

People encode_mentions(const std::vector<Mention>& mentions) {
  std::vector<PersonTexts> texts;
  std::map<std::pair<std::string, std::string>, std::uint16_t> sources;
  for (const Mention& mention : mentions) {
    texts.push_back(mention.person);
    sources.try_emplace({mention.agency, mention.source}, 0);
  }
  CHECK(sources.size() <= std::numeric_limits<std::uint16_t>::max());
  std::uint16_t next = 0;
  for (auto& [register_of, number] : sources) number = next++;
  const NumberKind kind = number_kind_of(texts);
  Encoder encoder;
  for (const Mention& mention : mentions) {
    encode(encoder, mention.person, sources.at({mention.agency, mention.source}), kind);
  }
  return std::move(encoder).finish();
}

}  // namespace throughline::linkage
