// From typed spans into DuckDB's vectors: the inner loop of every ingest.
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "base/check.h"
#include "store/duck_internal.h"

namespace throughline::store {

namespace {

struct Part {
  std::size_t begin;
  std::size_t count;
};

DuckText text_view(std::string_view text) {
  DuckText result{};
  result.length = static_cast<std::uint32_t>(text.size());
  if (text.size() <= 12) {
    // The 12 bytes after the length hold a short text whole.
    if (!text.empty()) std::memcpy(reinterpret_cast<char*>(&result) + sizeof(result.length), text.data(), text.size());
  } else {
    std::memcpy(result.prefix, text.data(), sizeof(result.prefix));
    result.pointer = text.data();
  }
  return result;
}

void fill_validity(duckdb_vector vector, const Validity& validity, Part part) {
  if (validity.all()) return;
  duckdb_vector_ensure_validity_writable(vector);
  std::uint64_t* words = duckdb_vector_get_validity(vector);
  const std::size_t word_count = (part.count + 63) / 64;
  if (validity.words() != nullptr && part.begin % 64 == 0) {
    std::memcpy(words, validity.words() + part.begin / 64, word_count * sizeof(std::uint64_t));
    return;
  }
  for (std::size_t word = 0; word < word_count; ++word) {
    std::uint64_t bits = 0;
    const std::size_t end = std::min<std::size_t>(64, part.count - word * 64);
    for (std::size_t bit = 0; bit < end; ++bit) {
      const auto row = static_cast<std::int64_t>(part.begin + word * 64 + bit);
      bits |= std::uint64_t{validity.has(row) ? 1U : 0U} << bit;
    }
    words[word] = bits;
  }
}

void fill_nulls(duckdb_vector vector, std::size_t count) {
  duckdb_vector_ensure_validity_writable(vector);
  std::memset(duckdb_vector_get_validity(vector), 0, (count + 63) / 64 * sizeof(std::uint64_t));
}

template <class T>
void fill_same_as(duckdb_vector vector, T value, std::size_t count) {
  std::fill_n(static_cast<T*>(duckdb_vector_get_data(vector)), count, value);
}

void fill_same_number(duckdb_vector vector, int wanted, std::int64_t value, std::size_t count) {
  switch (wanted) {
    case k_type_class<std::int8_t>: return fill_same_as(vector, static_cast<std::int8_t>(value), count);
    case k_type_class<std::uint8_t>: return fill_same_as(vector, static_cast<std::uint8_t>(value), count);
    case k_type_class<std::int16_t>: return fill_same_as(vector, static_cast<std::int16_t>(value), count);
    case k_type_class<std::uint16_t>: return fill_same_as(vector, static_cast<std::uint16_t>(value), count);
    case k_type_class<std::int32_t>: return fill_same_as(vector, static_cast<std::int32_t>(value), count);
    case k_type_class<std::uint32_t>: return fill_same_as(vector, static_cast<std::uint32_t>(value), count);
    case k_type_class<std::int64_t>: return fill_same_as(vector, value, count);
    case k_type_class<std::uint64_t>: return fill_same_as(vector, static_cast<std::uint64_t>(value), count);
    default: CHECK(false);
  }
}

struct Filler {
  duckdb_vector vector;
  int wanted;
  Part part;
  const Validity& validity;

  void operator()(const Same& same) const {
    if (std::holds_alternative<std::monostate>(same.value)) return fill_nulls(vector, part.count);
    fill_validity(vector, validity, part);
    if (const auto* number = std::get_if<std::int64_t>(&same.value)) {
      return fill_same_number(vector, wanted, *number, part.count);
    }
    if (const auto* real = std::get_if<double>(&same.value)) {
      CHECK(wanted == k_type_class<double>);
      return fill_same_as(vector, *real, part.count);
    }
    CHECK(wanted == k_text_class);
    fill_same_as(vector, text_view(std::get<std::string_view>(same.value)), part.count);
  }

  template <class T>
  void operator()(std::span<const T> values) const {
    CHECK(values.size() >= part.begin + part.count);
    fill_validity(vector, validity, part);
    if constexpr (std::is_same_v<T, std::string_view>) {
      CHECK(wanted == k_text_class);
      auto* target = static_cast<DuckText*>(duckdb_vector_get_data(vector));
      const bool all = validity.all();
      for (std::size_t row = 0; row < part.count; ++row) {
        // An empty row's view may be anything; DuckDB must never follow it.
        const bool has = all || validity.has(static_cast<std::int64_t>(part.begin + row));
        target[row] = has ? text_view(values[part.begin + row]) : DuckText{};
      }
    } else {
      CHECK(wanted == k_type_class<T>);
      std::memcpy(duckdb_vector_get_data(vector), values.data() + part.begin, part.count * sizeof(T));
    }
  }

  void operator()(const CodedTexts& texts) const {
    CHECK(wanted == k_text_class);
    CHECK(texts.codes.size() >= part.begin + part.count);
    fill_validity(vector, validity, part);
    auto* target = static_cast<DuckText*>(duckdb_vector_get_data(vector));
    for (std::size_t row = 0; row < part.count; ++row) {
      if (!validity.all() && !validity.has(static_cast<std::int64_t>(part.begin + row))) {
        target[row] = DuckText{};
        continue;
      }
      const std::uint32_t code = texts.codes[part.begin + row];
      CHECK(code < texts.words.size());
      target[row] = text_view(texts.words[code]);
    }
  }
};

}  // namespace

void fill_vector(duckdb_vector vector, duckdb_type type, const AppendColumn& column, RowSpan rows) {
  CHECK(rows.count <= k_chunk_rows);
  const Part part{static_cast<std::size_t>(rows.begin), static_cast<std::size_t>(rows.count)};
  std::visit(Filler{vector, type_class(type), part, column.validity}, column.values);
}

}  // namespace throughline::store
