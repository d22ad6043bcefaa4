// A link as a document that can be disclosed, challenged and reckoned again.
#pragma once

#include "app/linkage_verbs.h"

namespace throughline::app {

// names = {MENTION, MENTION}: writes the certificate of what the last run said of the two to `output`; without one it
// is the section's verbatim text. The records are named by their extract's hash and place; no value of a record stands
// in it. The entry says that its links were shown. Errors: as for explain.
[[nodiscard]] Answer link_certificate(const Outside& outside, const Settings& settings, const LinkRequest& request);

// names = {FILE}: compares the two records again as they are found now and weighs them by the certificate's own model.
// Done with findings where it does not stand, and says which part differs. Errors: "record_gone" where a record that it
// names cannot be found; those of read_certificate().
[[nodiscard]] Answer link_replay(const Outside& outside, const Settings& settings, const LinkRequest& request);

}  // namespace throughline::app
