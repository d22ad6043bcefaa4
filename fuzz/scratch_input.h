// For fuzzers: the input as a file in a folder that goes away, and everything a reader says of it.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "records/readers/raw_rows.h"

namespace throughline::fuzz {

// The bytes as a file in memory, reachable by a path while this lives.
class ScratchInput {
 public:
  ScratchInput(const std::uint8_t* data, std::size_t size) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
    CHECK(descriptor_ >= 0);
    CHECK(::write(descriptor_, data, size) == static_cast<ssize_t>(size));
  }
  ~ScratchInput() { ::close(descriptor_); }
  ScratchInput(const ScratchInput&) = delete;
  ScratchInput& operator=(const ScratchInput&) = delete;

  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

struct Told {
  std::string error;
  std::vector<std::string> header;
  std::vector<std::string> fields;
  std::vector<records::Place> places;
  std::vector<records::Fault> faults;
  std::int64_t blank_lines = 0;
  char delimiter = ',';
  base::Encoding encoding = base::Encoding::utf8;

  friend bool operator==(const Told&, const Told&) = default;
};

inline base::Result<void> read_into(const std::string& path, const records::ReadOptions& options, Told& told) {
  auto source = TRY(records::open_rows(path, options));
  told.header = source->header();
  told.delimiter = source->delimiter();
  for (auto window = TRY(source->next()); window; window = TRY(source->next())) {
    const records::RawRows rows = source->parse(*window);
    CHECK(rows.fields.size() == rows.places.size() * told.header.size());
    for (const std::string_view field : rows.fields) told.fields.emplace_back(field);
    told.places.insert(told.places.end(), rows.places.begin(), rows.places.end());
    told.faults.insert(told.faults.end(), rows.faults.begin(), rows.faults.end());
    told.blank_lines += rows.blank_lines;
  }
  told.encoding = source->encoding();
  static_cast<void>(TRY(source->finish()));
  return {};
}

inline Told read_all(const std::string& path, const records::ReadOptions& options) {
  Told told;
  const auto done = read_into(path, options, told);
  if (!done.ok()) {
    told = Told();
    told.error = done.error().code;
  }
  return told;
}

}  // namespace throughline::fuzz
