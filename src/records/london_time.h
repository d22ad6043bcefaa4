// Which month a moment falls in where it happened: by the clock on the wall in England and Wales.
//
// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
// (Summer Time Order 2002; the same days since 1996). Earlier years had other days: there a moment within an hour of a
// month's end may be given the month beside it.
#pragma once

#include "base/date.h"

namespace throughline::records {

[[nodiscard]] bool is_british_summer_time(base::Instant instant);
[[nodiscard]] base::Month month_in_london(base::Instant instant);

}  // namespace throughline::records
