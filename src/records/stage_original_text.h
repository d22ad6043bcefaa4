// The UTF-8 text of an archived content, from any place in it, and where in the content that place lies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "records/tables_erased.h"
#include "store/archive.h"

namespace throughline::records {

// A reading place in the text of one content. A copy reads on by itself from where it was made.
//
// Where the content is UTF-8, any place is one frame away. Elsewhere the text is made from the front: seeking costs the
// content up to the place, and goes forwards only. Rows that were erased take up the room that they had in the text.
class ArchivedText {
 public:
  // `erased` by place. The archive must outlive this.
  [[nodiscard]] static base::Result<ArchivedText> open(const store::Archive& archive, const base::Hash& content_hash,
                                                       base::Encoding encoding, std::vector<ErasedRow> erased);

  // REQUIRES: the offset is not before where this is. Errors: "no_record_here" (bad command) where the text is shorter
  // or the offset is inside a character.
  [[nodiscard]] base::Result<void> seek(std::int64_t offset);
  // Adds the next stretch to the text, about as much as asked for. False at the end.
  [[nodiscard]] base::Result<bool> extend(std::string& text, std::int64_t bytes);

  [[nodiscard]] std::int64_t offset() const { return at_.text; }
  [[nodiscard]] std::int64_t content_offset() const { return at_.content; }
  // The byte of the text before this place; nothing at the front.
  [[nodiscard]] std::optional<char> before() const { return at_.before; }

 private:
  struct At {
    std::int64_t text = 0;
    std::int64_t content = 0;
    std::optional<char> before;
    base::Transcoder transcoder;
    bool is_finished = false;
  };

  ArchivedText(const store::Archive& archive, const base::Hash& content_hash, base::Encoding encoding);
  // Bytes of the content at an offset, at least one and at most that many. REQUIRES: it is before the end.
  [[nodiscard]] base::Result<std::string_view> bytes_at(std::int64_t offset, std::int64_t bytes_max);
  // The text of the next bytes, which moves this on; nothing at the end.
  [[nodiscard]] base::Result<std::optional<std::string>> step(std::int64_t bytes_max);
  [[nodiscard]] base::Result<void> seek_plain(std::int64_t offset);
  [[nodiscard]] base::Result<void> seek_within(std::int64_t offset);
  [[nodiscard]] base::Error nothing_at(std::int64_t offset) const;

  const store::Archive* archive_;
  base::Hash content_hash_;
  base::Encoding encoding_;
  std::int64_t content_bytes_ = 0;
  std::vector<ErasedRow> erased_;  // By content offset.
  std::shared_ptr<const std::string> block_;
  std::int64_t block_at_ = 0;
  At at_;
};

}  // namespace throughline::records
