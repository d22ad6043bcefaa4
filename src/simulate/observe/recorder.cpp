#include "simulate/observe/recorder.h"

#include <algorithm>
#include <tuple>

namespace throughline::simulate {

namespace {

constexpr std::int32_t k_seconds_a_day = 86'400;
constexpr double k_days_a_year = 365.25;

}  // namespace

Recorder::Recorder(const Scene& scene, const Agency& agency, Kind kind, const Practice& practice)
    : scene_(&scene), agency_(&agency), practice_(&practice), kind_(kind) {
  const base::Month first = scene.date_of(scene.first_day).month();
  const std::int32_t months = scene.date_of(scene.end_day).month() - first + 1;
  for (std::int32_t month = 0; month < months; ++month) {
    base::Random random = scene.draw(mixed(agency.key, mixed(1, static_cast<std::uint64_t>(kind))), month);
    is_month_missing_.push_back(random.uniform01() < level(Level::months_missing));
  }
}

double Recorder::effort() const {
  return words_of(kind_).is_of_effort ? practice_->figure(Figure::effort) : 1.0;
}

Case Recorder::case_of(const Happening& happening) const {
  Case one{.day = happening.day, .town = happening.town, .line = happening.line};
  one.is_happening = true;
  one.key = key_of(*scene_, happening);
  if (happening.person != k_none) one.who = person_of(happening);
  one.amount = happening.amount;
  one.how = happening.how;
  base::Random random = scene_->draw(mixed(one.key, 2), one.day);
  one.second = static_cast<std::int32_t>(random.below(k_seconds_a_day));
  return one;
}

void Recorder::add(Case one, double times) {
  if (one.day < scene_->first_day || one.day >= scene_->end_day) return;
  // Everybody who records one happening has chance of their own.
  base::Random random = scene_->draw(mixed(one.key, mixed(agency_->key, static_cast<std::uint64_t>(kind_))), one.day);
  if (random.uniform01() < level(Level::detection) * effort() * times) add_seen(one);
}

void Recorder::add_seen(Case one) {
  if (one.day < scene_->first_day || one.day >= scene_->end_day) return;
  base::Random random =
      scene_->draw(mixed(one.key, mixed(agency_->key, 64 + static_cast<std::uint64_t>(kind_))), one.day);
  const double lag = level(Level::lag_days);
  one.recorded = one.day + static_cast<std::int32_t>(-base::portable_log(open_uniform(random)) * lag);
  if (one.recorded >= scene_->end_day) return;
  const std::int32_t month = scene_->date_of(one.recorded).month() - scene_->date_of(scene_->first_day).month();
  if (is_month_missing_[index_of(month)]) return;
  cases_.push_back(one);
}

void Recorder::add_background(const std::function<bool(Case&, base::Random&)>& make) {
  const double rate = level(Level::background) * effort() * scene_->run().input.world.scale / 1000 / k_days_a_year;
  for (const std::int32_t town : agency_->towns) {
    const double mean = rate * scene_->place(town).residents;
    for (std::int32_t day = scene_->first_day; day < scene_->end_day; ++day) {
      base::Random random = scene_->draw(
          mixed(agency_->key, mixed(static_cast<std::uint64_t>(town), 128 + static_cast<std::uint64_t>(kind_))), day);
      for (std::int64_t left = random.poisson(mean); left > 0; --left) {
        Case one{.day = day, .town = town};
        one.key = random.bits64();
        one.second = static_cast<std::int32_t>(random.below(k_seconds_a_day));
        if (make(one, random)) add_seen(one);
      }
    }
  }
}

std::vector<Case> Recorder::take() {
  std::ranges::sort(cases_, {}, [](const Case& one) { return std::tuple(one.recorded, one.day, one.second, one.key); });
  return std::move(cases_);
}

}  // namespace throughline::simulate
