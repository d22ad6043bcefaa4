#include "base/random.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::base {

namespace {

constexpr double k_two_to_minus_52 = 0x1p-52;
// Below this mean a search from 0 is quickest; above it the rejection methods hold.
constexpr double k_inversion_mean_max = 10.0;
// Above it the logarithms that the rejection methods subtract would lose the digits that matter.
constexpr double k_mean_max = 1e9;

constexpr int k_rounds = 10;
constexpr std::uint32_t k_multiplier_first = 0xD2511F53U;
constexpr std::uint32_t k_multiplier_second = 0xCD9E8D57U;

struct Wide {
  std::uint32_t high;
  std::uint32_t low;
};

Wide multiply(std::uint32_t one, std::uint32_t other) {
  const std::uint64_t product = std::uint64_t{one} * other;
  return {.high = static_cast<std::uint32_t>(product >> 32U), .low = static_cast<std::uint32_t>(product)};
}

void next_round(PhiloxKey& key) {
  key[0] += 0x9E3779B9U;
  key[1] += 0xBB67AE85U;
}

PhiloxCounter after_round(const PhiloxCounter& counter, const PhiloxKey& key) {
  const Wide first = multiply(k_multiplier_first, counter[0]);
  const Wide second = multiply(k_multiplier_second, counter[2]);
  return {second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low};
}

PhiloxCounter counter_of(const RandomKey& key, std::uint64_t block) {
  return {static_cast<std::uint32_t>(block), key.step, static_cast<std::uint32_t>(key.stream),
          static_cast<std::uint32_t>(key.stream >> 32U)};
}

PhiloxKey key_of(const RandomKey& key) {
  return {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32U)};
}

// The blocks of that counter and those after it. Word by word over the blocks, so that the compiler takes several at
// once.
template <std::size_t blocks>
void philox_blocks(const PhiloxCounter& counter, PhiloxKey key, std::array<std::uint32_t, blocks * 4>& words) {
  std::array<std::array<std::uint32_t, blocks>, 4> of{};
  for (std::size_t i = 0; i < blocks; ++i) {
    of[0][i] = counter[0] + static_cast<std::uint32_t>(i);
    of[1][i] = counter[1];
    of[2][i] = counter[2];
    of[3][i] = counter[3];
  }
  for (int round = 0; round < k_rounds; ++round) {
    for (std::size_t i = 0; i < blocks; ++i) {
      const Wide first = multiply(k_multiplier_first, of[0][i]);
      const Wide second = multiply(k_multiplier_second, of[2][i]);
      of[0][i] = second.high ^ of[1][i] ^ key[0];
      of[1][i] = second.low;
      of[2][i] = first.high ^ of[3][i] ^ key[1];
      of[3][i] = first.low;
    }
    next_round(key);
  }
  for (std::size_t i = 0; i < blocks; ++i) {
    for (std::size_t word = 0; word < 4; ++word) words[i * 4 + word] = of[word][i];
  }
}

// The block of that counter and the next.
void philox_two(const PhiloxCounter& counter, PhiloxKey key, std::array<std::uint32_t, 8>& words) {
  PhiloxCounter one = counter;
  PhiloxCounter other{counter[0] + 1, counter[1], counter[2], counter[3]};
  for (int round = 0; round < k_rounds; ++round) {
    one = after_round(one, key);
    other = after_round(other, key);
    next_round(key);
  }
  std::ranges::copy(one, words.begin());
  std::ranges::copy(other, words.begin() + 4);
}

// 0 < x < 1: the middles of 2^52 equal parts.
double open01(Random& random) {
  return (static_cast<double>(random.bits64() >> 12U) + 0.5) * k_two_to_minus_52;
}

std::int64_t poisson_by_inversion(Random& random, double mean) {
  double left = random.uniform01();
  double chance = portable_exp(-mean);
  std::int64_t k = 0;
  // A chance that has sunk to nothing cannot use up what rounding left over.
  while (left >= chance && chance > 0.0) {
    left -= chance;
    ++k;
    chance *= mean / static_cast<double>(k);
  }
  return k;
}

// Hörmann's PTRS: a hat of transformed uniforms, a box inside it that needs no logarithm.
std::int64_t poisson_by_rejection(Random& random, double mean) {
  const double log_mean = portable_log(mean);
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double log_inverse_alpha = portable_log(1.1239 + 1.1328 / (b - 3.4));
  const double box = 0.9277 - 3.6224 / (b - 2.0);
  while (true) {
    const double u = open01(random) - 0.5;
    const double v = open01(random);
    const double edge = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= box) return static_cast<std::int64_t>(k);
    if (k < 0.0 || (edge < 0.013 && v > edge)) continue;
    const double log_hat = portable_log(v) + log_inverse_alpha - portable_log(a / (edge * edge) + b);
    if (log_hat <= k * log_mean - mean - portable_log_factorial(k)) return static_cast<std::int64_t>(k);
  }
}

struct Trials {
  double count;
  double probability;  // At most one half.
};

std::int64_t binomial_by_inversion(Random& random, Trials trials) {
  const double odds = trials.probability / (1.0 - trials.probability);
  double left = random.uniform01();
  double chance = portable_exp(trials.count * portable_log(1.0 - trials.probability));
  double k = 0.0;
  while (left >= chance && k < trials.count) {
    left -= chance;
    chance *= odds * (trials.count - k) / (k + 1.0);
    ++k;
  }
  return static_cast<std::int64_t>(k);
}

// Hörmann's BTRS, built as PTRS is.
std::int64_t binomial_by_rejection(Random& random, Trials trials) {
  const double n = trials.count;
  const double p = trials.probability;
  const double spread = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double box = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = portable_log(p / (1.0 - p));
  const double mode = std::floor((n + 1.0) * p);
  const double at_mode = portable_log_factorial(mode) + portable_log_factorial(n - mode);
  while (true) {
    const double u = open01(random) - 0.5;
    const double v = open01(random);
    const double edge = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= box) return static_cast<std::int64_t>(k);
    if (k < 0.0 || k > n) continue;
    const double log_hat = portable_log(v * alpha / (a / (edge * edge) + b));
    const double log_chance =
        at_mode - portable_log_factorial(k) - portable_log_factorial(n - k) + (k - mode) * log_odds;
    if (log_hat <= log_chance) return static_cast<std::int64_t>(k);
  }
}

}  // namespace

PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < k_rounds; ++round) {
    counter = after_round(counter, key);
    next_round(key);
  }
  return counter;
}

void first_words(RandomKey key, std::span<std::uint32_t> words) {
  constexpr std::size_t k_blocks = 4;
  constexpr std::size_t k_words = k_blocks * 4;
  std::array<std::uint32_t, k_words> made{};
  for (std::size_t at = 0; at < words.size(); at += k_words) {
    philox_blocks<k_blocks>(counter_of(key, at / 4), key_of(key), made);
    const std::size_t wanted = std::min(k_words, words.size() - at);
    std::copy_n(made.begin(), wanted, words.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

std::uint64_t stream_of(std::string_view purpose) {
  // FNV-1a, 64 bits.
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : purpose) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3U;
  }
  return hash;
}

// Most keys are asked for few words: for those one block is made. Who asks for more is given two at a time, which take
// little longer than one, since neither waits for the other.
void Random::refill() {
  constexpr std::size_t k_half = 4;
  CHECK(blocks_ < 0xFFFFFFFFU);
  if (blocks_ == 0) {
    const PhiloxCounter words = philox4x32_10(counter_of(key_, 0), key_of(key_));
    std::ranges::copy(words, words_.begin() + k_half);
    used_ = k_half;
    blocks_ = 1;
    return;
  }
  philox_two(counter_of(key_, blocks_), key_of(key_), words_);
  used_ = 0;
  blocks_ += 2;
}

std::uint64_t Random::below(std::uint64_t bound) {
  CHECK(bound > 0);
  __extension__ using Wide128 = unsigned __int128;
  // The high half of a product is the answer; a low half among the first 2^64 mod bound would tip the scales.
  Wide128 product = Wide128{bits64()} * bound;
  if (static_cast<std::uint64_t>(product) < bound) {
    const std::uint64_t unfair = (0 - bound) % bound;
    while (static_cast<std::uint64_t>(product) < unfair) product = Wide128{bits64()} * bound;
  }
  return static_cast<std::uint64_t>(product >> 64U);
}

std::int64_t Random::uniform_int(std::int64_t low, std::int64_t high) {
  CHECK(low <= high);
  const std::uint64_t span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint64_t above = span == ~std::uint64_t{0} ? bits64() : below(span + 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + above);
}

bool Random::bernoulli(double probability) {
  CHECK(probability >= 0.0 && probability <= 1.0);
  return uniform01() < probability;
}

double Random::normal() {
  return portable_normal_quantile(open01(*this));
}

double Random::exponential(double rate) {
  CHECK(rate > 0.0);
  return -portable_log(open01(*this)) / rate;
}

std::int64_t Random::poisson(double mean) {
  CHECK(mean >= 0.0 && mean <= k_mean_max);
  return mean < k_inversion_mean_max ? poisson_by_inversion(*this, mean) : poisson_by_rejection(*this, mean);
}

std::int64_t Random::binomial(std::int64_t trials, double probability) {
  CHECK(trials >= 0 && static_cast<double>(trials) <= k_mean_max);
  CHECK(probability >= 0.0 && probability <= 1.0);
  if (probability > 0.5) return trials - binomial(trials, 1.0 - probability);
  const Trials drawn{.count = static_cast<double>(trials), .probability = probability};
  const bool is_few = drawn.count * drawn.probability < k_inversion_mean_max;
  return is_few ? binomial_by_inversion(*this, drawn) : binomial_by_rejection(*this, drawn);
}

}  // namespace throughline::base
