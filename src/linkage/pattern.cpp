#include "linkage/pattern.h"

#include "base/check.h"

namespace throughline::linkage {
namespace {

constexpr std::array<ComparisonShape, k_comparisons> k_shapes = {{
    {.name = "names", .parts = 2, .part_levels = {8, 8, 1}, .special_levels = 2},
    {.name = "birth", .parts = 3, .part_levels = {4, 4, 4}, .special_levels = 3},
    {.name = "place", .parts = 2, .part_levels = {6, 6, 1}, .special_levels = 0},
    {.name = "sex", .parts = 1, .part_levels = {3, 1, 1}, .special_levels = 0, .contexts = 2},
    {.name = "middle", .parts = 1, .part_levels = {4, 1, 1}, .special_levels = 0, .contexts = 2},
    {.name = "locality", .parts = 1, .part_levels = {4, 1, 1}, .special_levels = 0, .contexts = 2},
    {.name = "region", .parts = 1, .part_levels = {3, 1, 1}, .special_levels = 0, .contexts = 2},
    {.name = "email", .parts = 1, .part_levels = {5, 1, 1}, .special_levels = 0, .contexts = 2},
    {.name = "phone", .parts = 1, .part_levels = {4, 1, 1}, .special_levels = 0},
    {.name = "identifier", .parts = 1, .part_levels = {4, 1, 1}, .special_levels = 0},
}};

}  // namespace

const ComparisonShape& shape_of(Comparison comparison) {
  return k_shapes[static_cast<std::size_t>(comparison)];
}

int grid_levels(const ComparisonShape& shape) {
  return shape.contexts * shape.part_levels[0] * shape.part_levels[1] * shape.part_levels[2];
}

int part_level(const ComparisonShape& shape, int level, int part) {
  CHECK(level < grid_levels(shape) && part < shape.parts);
  for (int behind = shape.parts - 1; behind > part; --behind)
    level /= shape.part_levels[static_cast<std::size_t>(behind)];
  return level % shape.part_levels[static_cast<std::size_t>(part)];
}

unsigned group_of(const ComparisonShape& shape, int level) {
  if (level >= grid_levels(shape)) return 0;
  unsigned group = shape.contexts > 1 && level >= grid_levels(shape) / 2 ? 8 : 0;
  for (int part = 0; part < shape.parts; ++part) {
    if (part_level(shape, level, part) == 0) group |= 1U << part;
  }
  return group;
}

bool is_whole(const ComparisonShape& shape, int level) {
  return (group_of(shape, level) & 7U) == 0;
}

}  // namespace throughline::linkage
