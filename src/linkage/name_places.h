// Which records bear a name, and which bear one like it.
//
// Every different name is compared with the one asked for, and the records that bear those alike are given. Names are
// far fewer than records, so this costs little beside comparing records, and no spelling is missed as it is by keys
// made of sounds or first letters.
#pragma once

#include <span>
#include <vector>

#include "linkage/compare.h"
#include "linkage/key_table.h"

namespace throughline::linkage {

struct BorneName {
  TextId id = 0;
  ShortName text{};
  TextId variants = 0;  // As the table of given names knows it; 0: it does not.
};

class NamePlaces {
 public:
  // A name of the record; a missing one is passed over.
  void add(const BorneName& name, Place place);
  // A part of a name, which is found as a whole only.
  void add_part(TextId id, Place place);
  // After all were added, before any is asked for.
  void close();

  // Those that bear the name itself, ascending.
  [[nodiscard]] std::span<const Place> bearing(TextId id) const;
  // Those that bear a name equal to it, a form of it, near it or one that begins like it, each name's ascending; no
  // more than that many, and then perhaps not all. An initial is like no name.
  [[nodiscard]] std::vector<Place> bearing_like(const BorneName& name, std::int64_t most) const;

 private:
  struct Bearer {
    TextId id = 0;
    Place place = 0;
    friend auto operator<=>(const Bearer&, const Bearer&) = default;
  };
  std::vector<BorneName> names_;     // Each once, by id, once closed.
  std::vector<Bearer> bearers_;      // Ascending, each once.
  std::vector<Place> places_;        // Of the bearers.
  std::vector<std::size_t> begins_;  // By id: where its places begin; one more at the end.
};

}  // namespace throughline::linkage
