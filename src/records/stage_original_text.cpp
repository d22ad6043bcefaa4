#include "records/stage_original_text.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace throughline::records {

namespace {

using base::Encoding;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int64_t k_block_bytes = std::int64_t{1} << 20;  // As the archive packs them.
constexpr std::int64_t k_step_bytes = std::int64_t{64} << 10;

}  // namespace

ArchivedText::ArchivedText(const store::Archive& archive, const base::Hash& content_hash, Encoding encoding)
    : archive_(&archive),
      content_hash_(content_hash),
      encoding_(encoding),
      at_{.text = 0, .content = 0, .before = {}, .transcoder = base::Transcoder(encoding), .is_finished = false} {}

Result<ArchivedText> ArchivedText::open(const store::Archive& archive, const base::Hash& content_hash,
                                        Encoding encoding, std::vector<ErasedRow> erased) {
  ArchivedText text(archive, content_hash, encoding);
  text.content_bytes_ = TRY(archive.describe(content_hash)).plain_bytes;
  text.erased_ = std::move(erased);
  std::ranges::sort(text.erased_, {}, [](const ErasedRow& row) { return row.content.offset; });
  return text;
}

Error ArchivedText::nothing_at(std::int64_t offset) const {
  return {ErrorKind::bad_command, "no_record_here",
          "No record begins at place " + std::to_string(offset) + " of this extract", content_hash_.hex().substr(0, 16),
          "List its records with throughline records"};
}

Result<std::string_view> ArchivedText::bytes_at(std::int64_t offset, std::int64_t bytes_max) {
  CHECK(offset >= 0 && offset < content_bytes_);
  const std::int64_t begin = offset / k_block_bytes * k_block_bytes;
  if (block_ == nullptr || block_at_ != begin) {
    const std::int64_t length = std::min(k_block_bytes, content_bytes_ - begin);
    block_ = std::make_shared<const std::string>(TRY(archive_->read_at(content_hash_, {begin, length})));
    block_at_ = begin;
  }
  return std::string_view(*block_).substr(static_cast<std::size_t>(offset - begin),
                                          static_cast<std::size_t>(bytes_max));
}

Result<std::optional<std::string>> ArchivedText::step(std::int64_t bytes_max) {
  std::string piece;
  const auto next = std::ranges::find_if(
      erased_, [&](const ErasedRow& row) { return row.content.length > 0 && row.content.offset >= at_.content; });
  if (encoding_ != Encoding::utf8 && next != erased_.end() && next->content.offset == at_.content) {
    piece.assign(static_cast<std::size_t>(next->length), ' ');
    at_.content += next->content.length;
  } else if (at_.content < content_bytes_) {
    if (encoding_ != Encoding::utf8 && next != erased_.end()) {
      bytes_max = std::min(bytes_max, next->content.offset - at_.content);
    }
    const std::string_view bytes = TRY(bytes_at(at_.content, bytes_max));
    piece = encoding_ == Encoding::utf8 ? std::string(bytes) : at_.transcoder.feed(bytes);
    at_.content += static_cast<std::int64_t>(bytes.size());
  } else if (!at_.is_finished) {
    if (encoding_ != Encoding::utf8) piece = at_.transcoder.finish();
    at_.is_finished = true;
  } else {
    return std::optional<std::string>();
  }
  at_.text += static_cast<std::int64_t>(piece.size());
  if (!piece.empty()) at_.before = piece.back();
  return std::optional(std::move(piece));
}

Result<void> ArchivedText::seek_plain(std::int64_t offset) {
  if (offset > content_bytes_) return nothing_at(offset);
  at_.text = offset;
  at_.content = offset;
  at_.before.reset();
  if (offset > 0) at_.before = TRY(bytes_at(offset - 1, 1)).front();
  return {};
}

Result<void> ArchivedText::seek(std::int64_t offset) {
  CHECK(offset >= at_.text);
  if (encoding_ == Encoding::utf8) return seek_plain(offset);
  while (at_.text < offset) {
    At start = at_;
    const auto piece = TRY(step(k_step_bytes));
    if (!piece) return nothing_at(offset);
    if (at_.text < offset) continue;
    at_ = std::move(start);
    TRY(seek_within(offset));
  }
  return {};
}

// A character at a time, since only then is it known where one ends.
Result<void> ArchivedText::seek_within(std::int64_t offset) {
  const std::int64_t unit = encoding_ == Encoding::cp1252 ? 1 : 2;
  while (at_.text < offset) {
    const At start = at_;
    const auto piece = TRY(step(unit));
    if (!piece) return nothing_at(offset);
    if (at_.text <= offset) continue;
    // A surrogate without its other half is known only by the character after it, and both come at once.
    const bool is_between = unit == 2 && piece->starts_with("\uFFFD") && offset == start.text + 3;
    if (!is_between) return nothing_at(offset);
    at_.text = offset;
    at_.content -= unit;
    at_.before = piece->at(2);
    at_.transcoder = base::Transcoder(encoding_);
  }
  return {};
}

Result<bool> ArchivedText::extend(std::string& text, std::int64_t bytes) {
  for (const std::size_t wanted = text.size() + static_cast<std::size_t>(bytes); text.size() < wanted;) {
    const auto piece = TRY(step(k_step_bytes));
    if (!piece) return false;
    text += *piece;
  }
  return true;
}

}  // namespace throughline::records
