#include "linkage/starting_levels.h"

#include "base/check.h"

namespace throughline::linkage {
namespace {

StartingLevels of_match(Comparison comparison) {
  switch (comparison) {
    case Comparison::names:
      return {
          .parts = {{{0, 0.83, 0.03, 0.06, 0.02, 0.02, 0.02, 0.02}, {0, 0.84, 0.01, 0.06, 0.01, 0.02, 0.01, 0.05}, {}}},
          .special = {0.01, 0.002}};
    case Comparison::birth:
      return {.parts = {{{0, 0.92, 0.04, 0.04}, {0, 0.93, 0.03, 0.04}, {0, 0.93, 0.04, 0.03}}},
              .special = {0.01, 0.001, 0.001}};
    case Comparison::place:
      return {.parts = {{{0, 0.70, 0.06, 0.06, 0.04, 0.14}, {0, 0.74, 0.06, 0.03, 0.04, 0.13}, {}}}, .special = {}};
    case Comparison::sex: return {.parts = {{{0, 0.985, 0.015}, {}, {}}}, .special = {}};
    case Comparison::middle: return {.parts = {{{0, 0.75, 0.15, 0.10}, {}, {}}}, .special = {}};
    case Comparison::locality: return {.parts = {{{0, 0.80, 0.08, 0.12}, {}, {}}}, .special = {}};
    case Comparison::region: return {.parts = {{{0, 0.92, 0.08}, {}, {}}}, .special = {}};
    case Comparison::email: return {.parts = {{{0, 0.75, 0.06, 0.09, 0.10}, {}, {}}}, .special = {}};
    case Comparison::phone: return {.parts = {{{0, 0.75, 0.05, 0.20}, {}, {}}}, .special = {}};
    case Comparison::identifier: return {.parts = {{{0, 0.92, 0.05, 0.03}, {}, {}}}, .special = {}};
  }
  CHECK(false);
}

StartingLevels of_household(Comparison comparison) {
  switch (comparison) {
    case Comparison::names:
      return {
          .parts = {{{0, 0.50, 0.02, 0.05, 0.02, 0.03, 0.03, 0.35}, {0, 0.75, 0.02, 0.05, 0.01, 0.02, 0.01, 0.14}, {}}},
          .special = {0.0001, 0.0001},
          .parts_of_strangers = {0.98, 0, 0}};
    case Comparison::birth:
      return {.parts = {{{0, 0.94, 0.03, 0.03}, {0, 0.94, 0.03, 0.03}, {0, 0.94, 0.03, 0.03}}},
              .special = {0.001, 0.001, 0.001},
              .parts_of_strangers = {0.98, 0.98, 0.97},
              .all_exact = 0.012};
    case Comparison::place:
      return {.parts = {{{0, 0.90, 0.04, 0.02, 0.01, 0.03}, {0, 0.94, 0.03, 0.01, 0.01, 0.01}, {}}}, .special = {}};
    case Comparison::sex: return {.parts = {{{0, 0.5, 0.5}, {}, {}}}, .special = {}, .parts_of_strangers = {1, 0, 0}};
    case Comparison::middle:
      return {.parts = {{{0, 0.1, 0.1, 0.8}, {}, {}}}, .special = {}, .parts_of_strangers = {0.98, 0, 0}};
    case Comparison::locality: return {.parts = {{{0, 0.93, 0.04, 0.03}, {}, {}}}, .special = {}};
    case Comparison::region: return {.parts = {{{0, 0.97, 0.03}, {}, {}}}, .special = {}};
    case Comparison::email:
      return {.parts = {{{0, 0.05, 0.05, 0.05, 0.85}, {}, {}}}, .special = {}, .parts_of_strangers = {0.9, 0, 0}};
    case Comparison::phone:
      return {.parts = {{{0, 0.30, 0.02, 0.68}, {}, {}}}, .special = {}, .parts_of_strangers = {0.5, 0, 0}};
    case Comparison::identifier:
      return {.parts = {{{0, 0.001, 0.004, 0.995}, {}, {}}}, .special = {}, .parts_of_strangers = {0.99, 0, 0}};
  }
  CHECK(false);
}

}  // namespace

StartingLevels starting_levels(PairClass of, Comparison comparison) {
  CHECK(of != PairClass::stranger);
  return of == PairClass::match ? of_match(comparison) : of_household(comparison);
}

}  // namespace throughline::linkage
