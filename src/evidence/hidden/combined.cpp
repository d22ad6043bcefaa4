#include "evidence/hidden/combined.h"

#include <cmath>

#include "base/portable_math.h"
#include "evidence/hidden/refusal.h"

namespace throughline::evidence {

std::optional<CombinedEstimate> combined_estimate(std::span<const ListTable> tables, double p_max,
                                                  Confidence confidence) {
  std::vector<double> logs;
  double mean = 0;
  double within = 0;
  for (const ListTable& table : tables) {
    if (refuse_estimate(table).has_value()) continue;
    const std::optional<StepwiseFit> fit = stepwise_fit(table, p_max);
    if (!fit.has_value()) continue;
    const double all = fit->fit.estimate();
    const double error = (all - static_cast<double>(fit->fit.seen)) * fit->fit.log_unseen_error / all;
    logs.push_back(base::portable_log(all));
    mean += logs.back();
    within += error * error;
  }
  const auto n = static_cast<double>(logs.size());
  if (logs.size() < 2 || logs.size() * 2 < tables.size()) return std::nullopt;
  mean /= n;
  within /= n;
  double between = 0;
  for (const double each : logs) between += (each - mean) * (each - mean) / (n - 1);
  between *= 1 + 1 / n;
  const double reach = normal_reach(confidence) * std::sqrt(within + between);
  return CombinedEstimate{
      .estimate = base::portable_exp(mean),
      .interval = {.low = base::portable_exp(mean - reach), .high = base::portable_exp(mean + reach)},
      .with_estimate = static_cast<std::int64_t>(logs.size()),
      .between_share = between / (within + between)};
}

}  // namespace throughline::evidence
