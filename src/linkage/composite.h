// Several records as one: what most of them say, field by field.
//
// A record that lacks a date of birth may be known by its address, another of the same person by the date: together
// they say both. Where as many say one thing as another, the record that comes first decides.
#pragma once

#include <cstdint>
#include <span>

#include "linkage/record.h"

namespace throughline::linkage {

// REQUIRES: members not empty, each a place in records.
[[nodiscard]] PersonRecord composite(std::span<const PersonRecord> records, std::span<const std::uint32_t> members);

}  // namespace throughline::linkage
