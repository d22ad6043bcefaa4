// The content of a file as UTF-8 text, whatever it was written in; the content's own bytes go to the sink on the way.
//
// Told apart by the first 64 KiB (a mark, or UTF-16), and for the rest by the 64 KiB that begin with the first byte
// beyond ASCII: UTF-8 where at least as many characters of it are whole as are broken, else Windows-1252. A file that
// turns out broken after that keeps its bytes as they are, and its rows become faults. What is decided never depends on
// how much is read at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/text.h"
#include "records/readers/raw_rows.h"
#include "records/readers/source.h"

namespace throughline::records {

class TextStream {
 public:
  TextStream(std::unique_ptr<ByteSource> source, const ReadOptions& options);

  // Adds the next stretch to the text, perhaps nothing. False at the end of the content.
  base::Result<bool> extend(std::string& text);
  // REQUIRES: extend() has given false.
  base::Result<SourceHashes> finish() { return source_->finish(); }

  [[nodiscard]] const ByteSource& source() const { return *source_; }
  [[nodiscard]] base::Encoding encoding() const { return encoding_.value_or(base::Encoding::utf8); }
  // How many bytes had no meaning in a Windows-1252 or UTF-16 file.
  [[nodiscard]] std::int64_t meaningless() const { return transcoder_ ? transcoder_->meaningless().count : 0; }

 private:
  // Reads one block onto the end of the text; false at the end.
  base::Result<bool> read_block(std::string& text);
  void decide(base::Encoding encoding);
  void try_to_decide(std::string& text);

  std::unique_ptr<ByteSource> source_;
  ContentSink sink_;
  std::size_t block_bytes_;
  std::optional<base::Encoding> encoding_;  // Empty while all was ASCII.
  std::optional<base::Transcoder> transcoder_;
  std::string pending_;  // Read, but not yet given: its encoding is not known.
  bool front_judged_ = false;
  bool ended_ = false;
};

}  // namespace throughline::records
