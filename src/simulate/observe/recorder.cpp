#include "simulate/observe/recorder.h"

#include <algorithm>

#include "base/parallel.h"

namespace throughline::simulate {

namespace {

constexpr std::int32_t k_seconds_a_day = 86'400;
constexpr std::int64_t k_town_days_a_chunk = 32;

}  // namespace

Recorder::Recorder(const Scene& scene, const Agency& agency, Kind kind, const Practice& practice)
    : scene_(&scene), agency_(&agency), practice_(&practice), kind_(kind) {
  const base::Month first = scene.date_of(scene.first_day).month();
  std::int32_t last = -1;
  bool is_delivered = true;
  for (std::int32_t day = scene.first_day; day < scene.end_day; ++day) {
    const std::int32_t month = scene.date_of(day).month() - first;
    if (month != last) {
      base::Random random = scene.draw(mixed(agency.key, mixed(1, static_cast<std::uint64_t>(kind))), month);
      is_delivered = random.uniform01() >= level(Level::months_missing);
    }
    last = month;
    is_day_delivered_.push_back(is_delivered);
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
  if (is_recorded(one)) cases_.push_back(one);
}

bool Recorder::is_recorded(Case& one) const {
  if (one.day < scene_->first_day || one.day >= scene_->end_day) return false;
  base::Random random =
      scene_->draw(mixed(one.key, mixed(agency_->key, 64 + static_cast<std::uint64_t>(kind_))), one.day);
  const double lag = level(Level::lag_days);
  one.recorded = one.day + static_cast<std::int32_t>(-base::portable_log(open_uniform(random)) * lag);
  return one.recorded < scene_->end_day && is_day_delivered_[index_of(one.recorded - scene_->first_day)];
}

void Recorder::make_background(const Make& make, double mean, Case of, std::vector<Case>& made) const {
  base::Random random = scene_->draw(
      mixed(agency_->key, mixed(static_cast<std::uint64_t>(of.town), 128 + static_cast<std::uint64_t>(kind_))), of.day);
  for (std::int64_t left = random.poisson(mean); left > 0; --left) {
    Case one = of;
    one.key = random.bits64();
    one.second = static_cast<std::int32_t>(random.below(k_seconds_a_day));
    if (make(one, random) && is_recorded(one)) made.push_back(one);
  }
}

void Recorder::add_background(const Make& make) {
  const double rate = level(Level::background) * effort() * scene_->run().input.world.scale / 1000 / k_days_per_year;
  const std::int64_t days = scene_->end_day - scene_->first_day;
  const base::Split split{.items = days * static_cast<std::int64_t>(agency_->towns.size()),
                          .chunk_items = k_town_days_a_chunk};
  std::vector<std::vector<Case>> chunks(static_cast<std::size_t>(split.chunks()));
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const std::int32_t town = agency_->towns[static_cast<std::size_t>(i / days)];
      const Case of{.day = scene_->first_day + static_cast<std::int32_t>(i % days), .town = town};
      make_background(make, rate * scene_->place(town).residents, of, chunks[static_cast<std::size_t>(chunk.index)]);
    }
  });
  for (const std::vector<Case>& chunk : chunks) cases_.insert(cases_.end(), chunk.begin(), chunk.end());
}

// By day of recording, day, second and key: by numbers that are quick to compare, for a case is large.
std::vector<Case> Recorder::take() {
  struct Order {
    std::uint64_t days = 0;
    std::int32_t second = 0;
    std::uint32_t at = 0;
  };
  std::vector<Order> orders;
  orders.reserve(cases_.size());
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const Case& one = cases_[i];
    // Neither is before the first day of the run.
    const std::uint64_t days = static_cast<std::uint64_t>(one.recorded) << 32U | static_cast<std::uint32_t>(one.day);
    orders.push_back({.days = days, .second = one.second, .at = static_cast<std::uint32_t>(i)});
  }
  std::ranges::sort(orders, [&](const Order& one, const Order& other) {
    if (one.days != other.days) return one.days < other.days;
    if (one.second != other.second) return one.second < other.second;
    return cases_[one.at].key < cases_[other.at].key;
  });
  std::vector<Case> taken;
  taken.reserve(cases_.size());
  for (const Order& order : orders) taken.push_back(cases_[order.at]);
  cases_.clear();
  return taken;
}

}  // namespace throughline::simulate
