#include "evidence/series/series_card.h"

#include <algorithm>

namespace throughline::evidence {

const SeriesPoint* SeriesLine::at(const std::string& area, const SeriesSpan& span) const {
  const auto found =
      std::ranges::find_if(points, [&](const SeriesPoint& point) { return point.area == area && point.span == span; });
  return found == points.end() ? nullptr : &*found;
}

bool SeriesLine::has_area(const std::string& area) const {
  return std::ranges::find(points, area, &SeriesPoint::area) != points.end();
}

const SeriesPoint* SeriesLine::last_of(const std::string& area) const {
  const SeriesPoint* last = nullptr;
  for (const SeriesPoint& point : points) {
    if (point.area == area && (last == nullptr || last->span.last < point.span.last)) last = &point;
  }
  return last;
}

std::optional<SeriesSpan> SeriesCard::first_span() const {
  std::optional<SeriesSpan> first;
  for (const SeriesLine& line : lines) {
    for (const SeriesPoint& point : line.points) {
      if (!first || point.span.first < first->first) first = point.span;
    }
  }
  return first;
}

std::optional<SeriesSpan> SeriesCard::last_span() const {
  std::optional<SeriesSpan> last;
  for (const SeriesLine& line : lines) {
    for (const SeriesPoint& point : line.points) {
      if (!last || last->last < point.span.last) last = point.span;
    }
  }
  return last;
}

}  // namespace throughline::evidence
