// Words of an address → its parts, one part taken out after another; what is left over is the places.
#pragma once

#include <vector>

#include "linkage/normal/address.h"
#include "linkage/normal/address_words.h"

namespace throughline::linkage {

// Everything but presence and postcode. Kind is none where no word was given.
[[nodiscard]] Address address_of(std::vector<AddressToken> tokens);

}  // namespace throughline::linkage
