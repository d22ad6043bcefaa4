#include "simulate/observe/listen.h"

#include "base/check.h"

namespace throughline::simulate {

void listen(WorldRun& run, Happenings& happenings) {
  CHECK(happenings.by_area.size() == run.state.towns.size());
  run.listener = &happenings;
  for (const std::int32_t number : run.state.open_lines) {
    const std::int32_t town = run.line(number).town;
    tell(run, {.town = town, .area = town, .line = number, .what = Happened::line_opened});
  }
  for (std::size_t i = 0; i < run.state.towns.size(); ++i) {
    const auto area = static_cast<std::int32_t>(i);
    const People& people = run.town(area).people;
    for (std::size_t row = 0; row < people.state.size(); ++row) {
      if (people.state[row] != PersonState::in_prison) continue;
      tell_of(run, area, static_cast<std::int32_t>(row),
              {.town = area, .what = Happened::prison_in, .how = How::stole_to_buy});
    }
  }
}

}  // namespace throughline::simulate
