#include "evidence/harm/severity.h"

namespace throughline::evidence {

std::vector<SeverityPoint> severity_points(const std::vector<OffenceWeight>& weights,
                                           const std::vector<OffenceCount>& counts, std::size_t periods) {
  std::vector<SeverityPoint> points(periods);
  for (const OffenceCount& row : counts) {
    const OffenceWeight& weight = weights.at(row.offence);
    SeverityPoint& point = points.at(row.period);
    const auto count = static_cast<double>(row.count);
    point.offences += row.count;
    if (weight.severity.has_value()) {
      point.severity += *weight.severity * count;
      if (weight.is_proactive) point.severity_proactive += *weight.severity * count;
    } else {
      point.unweighted += row.count;
    }
    if (weight.custody_days.has_value() && !weight.is_proactive) {
      point.custody_days += *weight.custody_days * count;
    } else {
      point.left_out += row.count;
    }
  }
  return points;
}

}  // namespace throughline::evidence
