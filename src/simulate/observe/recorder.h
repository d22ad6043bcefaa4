// From what happens to what an agency writes down of it: seen or not, how late, in months that are delivered.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "simulate/observe/scene.h"

namespace throughline::simulate {

// One row to be: what it is about, in days of the run and seconds of the day.
struct Case {
  std::int32_t day = 0;
  std::int32_t second = 0;
  std::int32_t recorded = 0;  // Day on which it was written down.
  std::int32_t town = k_none;
  std::int32_t line = k_none;
  std::uint64_t key = 0;
  PersonRef who{};    // number is k_none where there is nobody.
  PersonRef other{};  //
  std::int64_t amount = 0;
  std::uint8_t why = 0;  // What sort of row, by the kind's own reckoning.
  How how = How::none;
  bool is_happening = false;  // Of the market, so that other records may speak of it.
};

// What one agency records of one kind.
class Recorder {
 public:
  Recorder(const Scene& scene, const Agency& agency, Kind kind, const Practice& practice);

  // Put down where it is seen: with the kind's detection times so much, times effort where the kind is of effort; then
  // late by the kind's lag, and only where the month is delivered and the extract not yet cut.
  void add(Case one, double times = 1);
  // The same without asking whether it is seen.
  void add_seen(Case one);
  // Records of people outside the market, by town and day at the kind's rate: make fills in who and why, and may say
  // that there is nobody. Make is called for several days at once, so it may change nothing but what it is given.
  void add_background(const std::function<bool(Case&, base::Random&)>& make);
  // In the order of recording, so that numbers run as a clerk would give them.
  [[nodiscard]] std::vector<Case> take();

  [[nodiscard]] const Scene& scene() const { return *scene_; }
  [[nodiscard]] const Agency& agency() const { return *agency_; }
  [[nodiscard]] const Practice& practice() const { return *practice_; }
  [[nodiscard]] double level(Level which) const { return practice_->level(kind_, which); }
  // 1 for kinds that do not follow it.
  [[nodiscard]] double effort() const;
  // A case of a happening: its day, place, person and key, with a second by chance.
  [[nodiscard]] Case case_of(const Happening& happening) const;

 private:
  using Make = std::function<bool(Case&, base::Random&)>;

  // Whether it is in the extract; then with the day on which it was written down.
  [[nodiscard]] bool is_recorded(Case& one) const;
  // Those of one town on one day.
  void make_background(const Make& make, double mean, Case of, std::vector<Case>& made) const;

  const Scene* scene_;
  const Agency* agency_;
  const Practice* practice_;
  Kind kind_;
  std::vector<bool> is_day_delivered_;  // From the first day.
  std::vector<Case> cases_;
};

}  // namespace throughline::simulate
