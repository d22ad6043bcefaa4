// Delimited text: RFC 4180 as it is met in the wild.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/readers/raw_rows.h"
#include "records/readers/text_stream.h"

namespace throughline::records {

// Reads the header. The delimiter is the one of , ; tab | under which most of the first rows have as many fields as the
// header, and the header has most. Errors: nothing in it, a header alone is no error, a name twice, a delimiter that
// was asked for and does not part the header though another would.
[[nodiscard]] base::Result<std::unique_ptr<RowSource>> open_csv(std::unique_ptr<ByteSource> source,
                                                                const ReadOptions& options);

struct RecordShape {
  char delimiter = ',';
  std::int32_t columns = 0;
};

// The rows and faults of whole records. Offsets and lines count on from the window's.
[[nodiscard]] RawRows parse_delimited(const Window& window, RecordShape shape);

struct FirstRecord {
  std::vector<std::string> fields;
  std::size_t end = 0;  // Just past its line end and the blank lines before it; 0 where the text holds none whole.
};

// The first record of the text that is no blank line, of any number of fields up to 65,536.
[[nodiscard]] FirstRecord first_record(std::string_view text, char delimiter, bool is_all);

}  // namespace throughline::records
