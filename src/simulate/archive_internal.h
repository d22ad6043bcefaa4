// Writes and reads values as little-endian bytes, by one description of what a state holds for both ways.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/check.h"
#include "simulate/state.h"

namespace throughline::simulate {

static_assert(sizeof(double) == 8);

class ByteWriter {
 public:
  static constexpr bool k_is_reader = false;

  void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }
  [[nodiscard]] bool is_good() const { return true; }
  std::uint64_t size(std::uint64_t count, std::size_t) {
    raw(&count, sizeof count);
    return count;
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  static constexpr bool k_is_reader = true;

  explicit ByteReader(std::string_view bytes) : left_(bytes) {}
  void raw(void* into, std::size_t size) {
    if (size > left_.size()) {
      is_good_ = false;
      left_ = {};
      std::memset(into, 0, size);
      return;
    }
    std::memcpy(into, left_.data(), size);
    left_.remove_prefix(size);
  }
  // How many follow, of at least so many bytes each; 0 where there cannot be so many.
  std::uint64_t size(std::uint64_t, std::size_t least_bytes) {
    std::uint64_t count = 0;
    raw(&count, sizeof count);
    if (count <= left_.size() / least_bytes) return count;
    is_good_ = false;
    return 0;
  }
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool is_at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
  bool is_good_ = true;
};

// Numbers and enumerations as they lie in memory.
template <class Archive, class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
void store(Archive& archive, T& value) {
  archive.raw(&value, sizeof value);
}

template <class Archive, class T, std::size_t N>
void store(Archive& archive, std::array<T, N>& values) {
  for (T& value : values) store(archive, value);
}

// The fewest bytes that a value takes: those of one with empty lists. So a short file cannot ask for much memory.
template <class T>
std::size_t least_bytes();

template <class Archive, class T>
void store(Archive& archive, std::vector<T>& values) {
  const std::uint64_t count = archive.size(values.size(), least_bytes<T>());
  values.resize(count);
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    if (count > 0) archive.raw(values.data(), count * sizeof(T));
  } else {
    for (T& value : values) {
      if (archive.is_good()) store(archive, value);
    }
  }
}

template <class Archive>
void store(Archive& archive, EventCalendar& calendar) {
  calendar.visit([&](std::vector<std::int32_t>& values) { store(archive, values); });
}

template <class Archive, class... Fields>
void store_all(Archive& archive, Fields&... fields) {
  (store(archive, fields), ...);
}

template <class Archive>
void store(Archive& archive, People& people) {
  store_all(archive, people.state, people.kind, people.needs, people.event, people.generation, people.birth_day,
            people.line, people.debt_pounds, people.calendar, people.kind_begin);
}

template <class Archive>
void store(Archive& archive, Waiting& waiting) {
  store_all(archive, waiting.person, waiting.since);
}

template <class Archive>
void store(Archive& archive, Departure& departure) {
  store_all(archive, departure.line, departure.person);
}

template <class Archive>
void store(Archive& archive, Town& town) {
  store_all(archive, town.people, town.count, town.waiting, town.reserve, town.local_sellers, town.local_sellers_start,
            town.local_pounds_per_day, town.powder_users, town.cannabis_users, town.grows, town.grows_start,
            town.local_stock, town.purity, town.price, town.local_sales, town.line_share, town.users_start,
            town.nearest_hub, town.lines, town.departures, town.today, town.sold);
}

template <class Archive>
void store(Archive& archive, Carrier& carrier) {
  store_all(archive, carrier.area, carrier.person);
}

template <class Archive>
void store(Archive& archive, TakenHome& home) {
  store_all(archive, home.person, home.until);
}

template <class Archive>
void store(Archive& archive, Line& line) {
  store_all(archive, line.key, line.hub, line.town, line.opened_day, line.closed_day, line.capacity_for_violence,
            line.belief, line.stock, line.sales, line.carriers, line.homes);
}

template <class Archive>
void store(Archive& archive, Vacancy& vacancy) {
  store_all(archive, vacancy.key, vacancy.hub, vacancy.town, vacancy.day);
}

template <class Archive>
void store(Archive& archive, Hub& hub) {
  store_all(archive, hub.town, hub.would_be, hub.would_be_start, hub.releases, hub.stock, hub.attraction_start);
}

template <class Archive>
void store(Archive& archive, Importer& importer) {
  store_all(archive, importer.belief, importer.routes);
}

template <class Archive>
void store(Archive& archive, State& state) {
  store_all(archive, state.day, state.towns, state.lines, state.open_lines, state.vacancies, state.hubs,
            state.importers, state.drugs.brought_in, state.drugs.seized, state.series.every, state.series.period_days,
            state.series.rows);
}

template <class T>
std::size_t least_bytes() {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    return sizeof(T);
  } else {
    static const std::size_t k_least = [] {
      ByteWriter writer;
      T value{};
      store(writer, value);
      return writer.take().size();
    }();
    return k_least;
  }
}

}  // namespace throughline::simulate
