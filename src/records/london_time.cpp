#include "records/london_time.h"

namespace throughline::records {

namespace {

constexpr std::int64_t k_hour_microseconds = std::int64_t{3'600} * 1'000'000;

// 01:00 UTC on the last Sunday of the month.
base::Instant last_sunday(base::Month month) {
  const base::Date last = month.last_day();
  const int past_sunday = static_cast<int>(last.weekday()) % 7;
  return {base::Instant::start_of(last - past_sunday).microseconds + k_hour_microseconds};
}

}  // namespace

bool is_british_summer_time(base::Instant instant) {
  const base::Month january(instant.date().year() * 12);
  return last_sunday(january + 2) <= instant && instant < last_sunday(january + 9);
}

base::Month month_in_london(base::Instant instant) {
  const std::int64_t shift = is_british_summer_time(instant) ? k_hour_microseconds : 0;
  return base::Instant{instant.microseconds + shift}.date().month();
}

}  // namespace throughline::records
