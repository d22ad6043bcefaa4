// Chance that can be repeated: the counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 2011) and our
// own distributions upon it.
//
// A Random is keyed by what its numbers are for: the seed of the run, a stream (a person, an area, a replicate) and a
// step (a day, a round). The same key gives the same numbers on every machine, whatever else is drawn, in whatever
// order or thread. Not for secrets: see Entropy in base/clock.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace throughline::base {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

// Ten rounds of Philox4x32: a bijection of the counter for each key.
[[nodiscard]] PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key);

// A stream number for a purpose named in words.
[[nodiscard]] std::uint64_t stream_of(std::string_view purpose);

struct RandomKey {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
  std::uint32_t step = 0;
};

class Random {
 public:
  explicit Random(RandomKey key) : key_(key) {}

  // 32 or 64 random bits. A Random gives some 2^34 words of 32 bits; asking for more is a CHECK.
  [[nodiscard]] std::uint32_t bits32() {
    if (used_ == words_.size()) refill();
    return words_[used_++];
  }
  [[nodiscard]] std::uint64_t bits64() {
    const std::uint64_t low = bits32();
    return low | std::uint64_t{bits32()} << 32U;
  }
  // 0 <= x < 1, a multiple of 2^-53.
  [[nodiscard]] double uniform01() { return static_cast<double>(bits64() >> 11U) * 0x1p-53; }
  // 0 <= k < bound, without bias (Lemire, 2019). REQUIRES: bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  // low <= k <= high. REQUIRES: low <= high.
  [[nodiscard]] std::int64_t uniform_int(std::int64_t low, std::int64_t high);
  // True with the probability given. REQUIRES: 0 <= probability <= 1.
  [[nodiscard]] bool bernoulli(double probability);
  // Mean 0, standard deviation 1, by inversion (Wichura, 1988, AS 241; relative error of the inverse about 1e-16).
  [[nodiscard]] double normal();
  // Mean 1 / rate, by inversion. REQUIRES: rate > 0.
  [[nodiscard]] double exponential(double rate);
  // By inversion below a mean of 10, else transformed rejection (Hörmann, 1993, PTRS). REQUIRES: 0 <= mean <= 1e9.
  [[nodiscard]] std::int64_t poisson(double mean);
  // By inversion where the lesser mean is below 10, else transformed rejection (Hörmann, 1993, BTRS).
  // REQUIRES: 0 <= trials <= 1e9, 0 <= probability <= 1.
  [[nodiscard]] std::int64_t binomial(std::int64_t trials, double probability);

  // Every order equally likely (Fisher and Yates).
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }
  }

 private:
  void refill();

  RandomKey key_;
  std::uint64_t blocks_ = 0;  // Blocks made so far.
  std::array<std::uint32_t, 8> words_{};
  std::size_t used_ = 8;  // Words already given, or not in use.
};

// The first words that a Random of the key gives, all at once, which takes half the time.
void first_words(RandomKey key, std::span<std::uint32_t> words);

}  // namespace throughline::base
