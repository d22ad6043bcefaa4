#include "evidence/hidden/selection.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/portable_math.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {

namespace {

constexpr double k_window = 5.991464547107982;  // 2 ln 20.
constexpr std::size_t k_fits_max = 4000;

// What the fit expects on both lists of the pair.
double expected_on_both(const ListFit& fit, ListPair pair) {
  const History both = history_of(pair);
  double sum = 0;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    if ((fit.design.histories[i] & both) == both) sum += fit.fitted[i];
  }
  return sum;
}

// The smaller of the probabilities of so many or fewer, and of so many or more.
double poisson_p(std::int64_t count, double mean) {
  const auto shape = static_cast<double>(count);
  const double at_most = gamma_tails(shape + 1, mean).upper;
  const double at_least = count == 0 ? 1 : gamma_tails(shape, mean).lower;
  return std::min(at_most, at_least);
}

std::vector<ChosenPair> candidates(const ListTable& table, const ListFit& fit, double p_max) {
  std::vector<ChosenPair> found;
  for (const ListPair pair : all_pairs(list_count(table))) {
    if (std::ranges::find(fit.model.pairs, pair) != fit.model.pairs.end()) continue;
    const double p = poisson_p(cases_on(table, history_of(pair)), expected_on_both(fit, pair));
    if (p < p_max) found.push_back({pair, p});
  }
  std::ranges::stable_sort(found, {}, &ChosenPair::p_value);
  return found;
}

// The first candidate with which the model still has an estimate, brought in. False where there is none.
bool bring_in_next(const ListTable& table, StepwiseFit& so_far, double p_max) {
  for (const ChosenPair& candidate : candidates(table, so_far.fit, p_max)) {
    ListModel larger = so_far.fit.model;
    larger.pairs.push_back(candidate.pair);
    std::optional<ListFit> fit = existing_fit(table, larger);
    if (!fit.has_value()) continue;
    so_far.fit = std::move(*fit);
    so_far.chosen.push_back(candidate);
    return true;
  }
  return false;
}

// The models around those that are kept, each fitted once. A model is the set of its pairs, one bit a pair.
class Window {
 public:
  explicit Window(const ListTable& table) : table_(table), pairs_(all_pairs(list_count(table))) {}

  void look_at(const ListModel& model) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (std::ranges::find(model.pairs, pairs_[i]) != model.pairs.end()) bits |= std::uint64_t{1} << i;
    }
    look_at(bits);
  }

  // The neighbours of all that are in the window, again and again until nothing new is.
  void widen() {
    std::vector<std::uint64_t> done;
    while (!is_full()) {
      const auto next = std::ranges::find_if(seen_, [&](const auto& entry) {
        return is_inside(entry.second) && !std::ranges::binary_search(done, entry.first);
      });
      if (next == seen_.end()) return;
      const std::uint64_t around = next->first;
      for (std::size_t i = 0; i < pairs_.size() && !is_full(); ++i) look_at(around ^ (std::uint64_t{1} << i));
      done.insert(std::ranges::upper_bound(done, around), around);
    }
  }

  [[nodiscard]] bool is_full() const { return seen_.size() >= k_fits_max; }

  [[nodiscard]] std::vector<ListFit> inside() const {
    std::vector<ListFit> fits;
    for (const auto& [bits, fit] : seen_) {
      if (is_inside(fit)) fits.push_back(*fit);
    }
    std::ranges::stable_sort(fits, {}, &ListFit::bic);
    return fits;
  }

 private:
  void look_at(std::uint64_t bits) {
    if (seen_.contains(bits)) return;
    ListModel model;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if ((bits >> i & 1U) != 0) model.pairs.push_back(pairs_[i]);
    }
    std::optional<ListFit> fit = existing_fit(table_, model);
    if (fit.has_value() && (!best_.has_value() || fit->bic < *best_)) best_ = fit->bic;
    seen_.emplace(bits, std::move(fit));
  }
  [[nodiscard]] bool is_inside(const std::optional<ListFit>& fit) const {
    return fit.has_value() && fit->bic <= *best_ + k_window;
  }

  const ListTable& table_;
  std::vector<ListPair> pairs_;
  std::map<std::uint64_t, std::optional<ListFit>> seen_;
  std::optional<double> best_;
};

// Where the mixture of the models' lognormals reaches the probability; by halves of the logarithm.
double mixture_quantile(const std::vector<WeightedModel>& models, double probability) {
  const double z = 12;
  double low = models.front().fit.log_unseen;
  double high = low;
  for (const WeightedModel& model : models) {
    low = std::min(low, model.fit.log_unseen - z * model.fit.log_unseen_error);
    high = std::max(high, model.fit.log_unseen + z * model.fit.log_unseen_error);
  }
  for (int halving = 0; halving < 80; ++halving) {
    const double middle = (low + high) / 2;
    double below = 0;
    for (const WeightedModel& model : models) {
      below += model.weight * normal_below((middle - model.fit.log_unseen) / model.fit.log_unseen_error);
    }
    (below < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

std::optional<StepwiseFit> stepwise_fit(const ListTable& table, double p_max) {
  std::optional<ListFit> main_effects = existing_fit(table, {});
  if (!main_effects.has_value()) return std::nullopt;
  StepwiseFit so_far{std::move(*main_effects), {}};
  while (bring_in_next(table, so_far, p_max)) {
  }
  return so_far;
}

std::optional<AveragedEstimate> averaged_estimate(const ListTable& table, Confidence confidence) {
  Window window(table);
  window.look_at(ListModel{});
  if (const std::optional<StepwiseFit> stepwise = stepwise_fit(table)) window.look_at(stepwise->fit.model);
  window.widen();
  std::vector<ListFit> fits = window.inside();
  if (fits.empty()) return std::nullopt;
  AveragedEstimate averaged;
  averaged.is_cut_short = window.is_full();
  double total = 0;
  const double best = fits.front().bic;
  for (ListFit& fit : fits) {
    const double weight = base::portable_exp((best - fit.bic) / 2);
    total += weight;
    averaged.models.push_back({std::move(fit), weight});
  }
  for (WeightedModel& model : averaged.models) {
    model.weight /= total;
    averaged.estimate += model.weight * model.fit.estimate();
  }
  const double tail = (1 - confidence.level) / 2;
  const auto seen = static_cast<double>(averaged.models.front().fit.seen);
  averaged.interval = {.low = seen + base::portable_exp(mixture_quantile(averaged.models, tail)),
                       .high = seen + base::portable_exp(mixture_quantile(averaged.models, 1 - tail))};
  return averaged;
}

}  // namespace throughline::evidence
