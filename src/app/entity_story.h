// What happened to one person and what people judged of their records, beside the records themselves.
#pragma once

#include <vector>

#include "app/link_view.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

// Table "story": a row for each record and capacity, by day, those without a day last (record, agency, capacity, at,
// what, outcome: the last three only of the caller's own). No capacity takes another's place.
[[nodiscard]] Table story_table(const LinkView& view, const std::vector<const linkage::Mention*>& shown);

// Table "judgements": every verdict on two of these records, by its number, superseded ones too (one, other, verdict,
// state, at, agency, account: the last only of the caller's own agency). What waits for a second person is left out,
// for the first one's verdict would lead the second.
[[nodiscard]] base::Result<Table> judgements_table(Session& session, const LinkView& view,
                                                   const std::vector<const linkage::Mention*>& shown);

}  // namespace throughline::app
