// Bytes of a file that came from outside: plain, gzip, or one member of a zip. Hashed twice on the way: as they came,
// and as what they hold.
//
// Nothing is believed before the end: a packed file that is cut off, or that unpacks to more than it may, is an Error,
// and whatever was read from it until then must be thrown away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace throughline::records {

enum class Packing { plain, gzip, zip };

struct SourceLimits {
  std::int64_t plain_bytes_max = std::int64_t{1} << 40;  // The most a file may hold, unpacked.
  // A packed file may unpack to this many times its size once it has given `ratio_free_bytes`; ordinary tables give 5
  // to 40.
  std::int64_t ratio_max = 250;
  std::int64_t ratio_free_bytes = std::int64_t{64} << 20;
};

// Takes the plain bytes of the content in order, for example the archive. An Error stops the reading.
using ContentSink = std::function<base::Result<void>(std::span<const std::byte>)>;

struct SourceHashes {
  base::Hash received;  // Of the file's bytes as they came.
  base::Hash content;   // Of the plain content; the same where the file is plain.
  std::int64_t received_bytes = 0;
  std::int64_t content_bytes = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Fills the room from its front with the next plain bytes; 0 only at the end. REQUIRES: room not empty.
  virtual base::Result<std::size_t> read(std::span<std::byte> room) = 0;
  // How far into the file, as it lies on disk, the reading has come; for progress.
  [[nodiscard]] virtual std::int64_t received_so_far() const = 0;
  // REQUIRES: read() has given 0.
  virtual base::Result<SourceHashes> finish() = 0;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Packing packing() const { return packing_; }
  // The name of what is read, without its folder and packing: "2025-01-essex-street.csv".
  [[nodiscard]] const std::string& content_name() const { return content_name_; }
  // What stood after the colon: the member of a zip, or the sheet of a workbook. Often empty.
  [[nodiscard]] const std::string& part() const { return part_; }
  [[nodiscard]] std::int64_t received_size() const { return received_size_; }

 protected:
  ByteSource() = default;

  std::string path_;
  std::string content_name_;
  std::string part_;
  Packing packing_ = Packing::plain;
  std::int64_t received_size_ = 0;
};

// Opens the file and looks at its first bytes, not its name, for how it is packed. "file.zip:member.csv" names a member
// of a zip; without one the zip must hold a single table. A workbook (.xlsx) is a zip too and is given as plain bytes.
// Errors: missing (with the nearest name in the folder), a folder, unreadable, empty, a zip with no or several tables.
[[nodiscard]] base::Result<std::unique_ptr<ByteSource>> open_source(const std::string& path,
                                                                    const SourceLimits& limits = {});

}  // namespace throughline::records
