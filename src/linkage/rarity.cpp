#include "linkage/rarity.h"

#include <algorithm>
#include <cmath>

namespace throughline::linkage {
namespace {

constexpr double k_bits_max = 16;  // No value counts as rarer, or commoner, than this against the usual one.
constexpr double k_near_bits_max = 6;
constexpr std::int64_t k_near_pairs_min = 200;

std::size_t index_of(RareField field) {
  return static_cast<std::size_t>(field);
}

bool is_near(NameLevel level) {
  return level == NameLevel::one_edit || level == NameLevel::near || level == NameLevel::prefix;
}

struct NameLevels {
  NameLevel given = NameLevel::missing;
  NameLevel family = NameLevel::missing;
};

NameLevels name_levels(const PatternCount& count) {
  const int names = pattern_of(count.key).level(Comparison::names);
  if (names >= k_names_swapped) return {};
  return {.given = static_cast<NameLevel>(names / 8), .family = static_cast<NameLevel>(names % 8)};
}

}  // namespace

Rarity::Rarity(std::span<const PersonRecord> records) {
  for (const PersonRecord& record : records) {
    count(RareField::given, record.given_id);
    count(RareField::family, record.family_id);
    count(RareField::locality, record.locality_id);
    count(RareField::email, record.email_id);
  }
  for (Counts& counts : counts_) close(counts);
}

void Rarity::count(RareField field, TextId id) {
  if (id == 0) return;
  Counts& counts = counts_[index_of(field)];
  if (id >= counts.of.size()) counts.of.resize(std::max<std::size_t>(id + std::size_t{1}, counts.of.size() * 2));
  ++counts.of[id];
  ++counts.uses;
}

void Rarity::close(Counts& counts) {
  if (counts.uses < 2) return;
  double equal = 0;
  for (const double of : counts.of) equal += of * (of - 1);
  counts.bits.resize(counts.of.size());
  if (equal == 0) return;
  const double usual = equal / (counts.uses * (counts.uses - 1));
  for (std::size_t id = 0; id < counts.of.size(); ++id) {
    if (counts.of[id] == 0) continue;
    counts.bits[id] =
        static_cast<float>(std::clamp(std::log2(usual * counts.uses / counts.of[id]), -k_bits_max, k_bits_max));
  }
}

double Rarity::share(RareField field, TextId id) const {
  const Counts& counts = counts_[index_of(field)];
  if (counts.uses == 0) return 0;
  const double seen = id < counts.of.size() ? counts.of[id] : 0;
  return std::max(seen, 1.0) / counts.uses;
}

double Rarity::bits(RareField field, TextId id) const {
  const Counts& counts = counts_[index_of(field)];
  return id < counts.bits.size() ? static_cast<double>(counts.bits[id]) : 0;
}

double Rarity::bits_max() const {
  double most = 0;
  for (std::size_t field = 0; field < counts_.size(); ++field) {
    const std::vector<float>& bits = counts_[field].bits;
    const double of_values = bits.empty() ? 0 : static_cast<double>(std::ranges::max(bits));
    most += field < usual_near_.size() ? std::max(of_values, k_near_bits_max) : std::max(of_values, 0.0);
  }
  return most;
}

double Rarity::near_share(RareField field, TextId one, TextId other) const {
  const double commoner = std::max(share(field, one), share(field, other));
  const double rarer = std::min(share(field, one), share(field, other));
  return std::sqrt(commoner * rarer);
}

double Rarity::near_bits(RareField field, NameLevel level, TextId one, TextId other) const {
  const double usual = usual_near_[index_of(field)][static_cast<std::size_t>(level)];
  if (usual == 0) return 0;
  return std::clamp(0.5 * std::log2(usual / near_share(field, one, other)), -k_near_bits_max, k_near_bits_max);
}

void Rarity::learn_near(std::span<const PersonRecord> records, std::span<const PairKey> drawn,
                        const ComparedPairs& compared) {
  struct Sum {
    double inverse = 0;
    std::int64_t pairs = 0;
  };
  std::array<std::array<Sum, 8>, 2> sums{};
  const auto add = [&](RareField field, NameLevel level, TextId one, TextId other) {
    Sum& sum = sums[index_of(field)][static_cast<std::size_t>(level)];
    sum.inverse += 1 / near_share(field, one, other);
    ++sum.pairs;
  };
  std::vector<NameLevels> levels;
  for (const PatternCount& pattern : compared.patterns) levels.push_back(name_levels(pattern));
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const NameLevels& of = levels[compared.of_pair[i]];
    const PersonRecord& one = records[lower_of(drawn[i])];
    const PersonRecord& other = records[upper_of(drawn[i])];
    if (is_near(of.given)) add(RareField::given, of.given, one.given_id, other.given_id);
    if (is_near(of.family)) add(RareField::family, of.family, one.family_id, other.family_id);
  }
  for (std::size_t field = 0; field < sums.size(); ++field) {
    for (std::size_t level = 0; level < sums[field].size(); ++level) {
      const Sum& sum = sums[field][level];
      usual_near_[field][level] = sum.pairs < k_near_pairs_min ? 0 : static_cast<double>(sum.pairs) / sum.inverse;
    }
  }
}

}  // namespace throughline::linkage
