// JSON lines: any block size gives the same rows and faults.
#include "fuzz/scratch_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using throughline::fuzz::read_all;
  if (size < 2) return 0;
  const std::size_t block = std::size_t{1} + data[0];
  const throughline::fuzz::ScratchInput input(data + 1, size - 1);
  throughline::records::ReadOptions options;
  options.format = throughline::records::Format::ndjson;
  const auto whole = read_all(input.path(), options);
  options.block_bytes = block;
  CHECK(read_all(input.path(), options) == whole);
  return 0;
}
