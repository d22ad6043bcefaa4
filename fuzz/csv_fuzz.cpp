// Delimited text: any block size gives the same rows and faults, and the bytes at a row's place give the row back.
#include "fuzz/scratch_input.h"

namespace throughline::fuzz {
namespace {

void slices_give_rows_back(const std::string& text, const Told& told) {
  for (std::size_t row = 0; row < told.places.size(); ++row) {
    const records::Place& place = told.places[row];
    const std::string slice =
        text.substr(static_cast<std::size_t>(place.offset), static_cast<std::size_t>(place.length));
    const std::vector<std::string> fields = records::parse_record(slice, told.delimiter);
    CHECK(fields.size() == told.header.size());
    for (std::size_t column = 0; column < fields.size(); ++column) {
      CHECK(fields[column] == told.fields[row * fields.size() + column]);
    }
  }
}

}  // namespace
}  // namespace throughline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using throughline::fuzz::read_all;
  if (size < 2) return 0;
  const std::size_t block = std::size_t{1} + data[0];
  const throughline::fuzz::ScratchInput input(data + 1, size - 1);
  throughline::records::ReadOptions options;
  options.format = throughline::records::Format::csv;
  const auto whole = read_all(input.path(), options);
  options.block_bytes = block;
  CHECK(read_all(input.path(), options) == whole);
  if (whole.encoding == throughline::base::Encoding::utf8) {
    const bool packed = size > 3 && ((data[1] == 0x1f && data[2] == 0x8b) || (data[1] == 'P' && data[2] == 'K'));
    if (!packed) {
      throughline::fuzz::slices_give_rows_back(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), whole);
    }
  }
  return 0;
}
