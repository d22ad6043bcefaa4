#include "records/readers/text_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/utf8.h"

namespace throughline::records {
namespace {

constexpr std::size_t k_sample_bytes = std::size_t{64} << 10;
constexpr std::size_t k_block_bytes_max = std::size_t{8} << 20;

std::size_t first_beyond_ascii(std::string_view text) {
  constexpr std::uint64_t k_high_bits = 0x8080808080808080U;
  std::size_t at = 0;
  for (; at + 32 <= text.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & k_high_bits) != 0) break;
  }
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0x80U) == 0) ++at;
  return at;
}

base::Encoding judge(std::string_view sample) {
  std::int64_t right = 0;
  std::int64_t wrong = 0;
  for (std::size_t at = 0; at < sample.size();) {
    const base::utf8::Sequence sequence = base::utf8::read(sample, at);
    if (sequence.kind == base::utf8::Sequence::Kind::cut) break;
    if (sequence.kind == base::utf8::Sequence::Kind::broken) ++wrong;
    if (sequence.kind == base::utf8::Sequence::Kind::whole && sequence.length > 1) ++right;
    at += sequence.length;
  }
  return right >= wrong ? base::Encoding::utf8 : base::Encoding::cp1252;
}

}  // namespace

TextStream::TextStream(std::unique_ptr<ByteSource> source, const ReadOptions& options)
    : source_(std::move(source)),
      sink_(options.sink),
      block_bytes_(std::clamp<std::size_t>(options.block_bytes, 1, k_block_bytes_max)) {
  if (options.encoding) decide(*options.encoding);
}

void TextStream::decide(base::Encoding encoding) {
  encoding_ = encoding;
  if (encoding != base::Encoding::utf8) transcoder_.emplace(encoding);
}

base::Result<bool> TextStream::read_block(std::string& text) {
  const std::size_t before = text.size();
  // No more room than a plain file can fill: most files are smaller than a block.
  const auto left =
      static_cast<std::size_t>(std::max<std::int64_t>(source_->received_size() - source_->received_so_far(), 1));
  text.resize(before + (source_->packing() == Packing::plain ? std::min(block_bytes_, left) : block_bytes_));
  auto room = std::as_writable_bytes(std::span(text).subspan(before));
  const std::size_t got = TRY(source_->read(room));
  if (sink_ && got > 0) TRY(sink_(room.first(got)));
  text.resize(before + got);
  ended_ = got == 0;
  return !ended_;
}

void TextStream::try_to_decide(std::string& text) {
  if (!front_judged_) {
    if (pending_.size() < k_sample_bytes && !ended_) return;
    const base::DetectedEncoding found = base::detect_encoding(std::string_view(pending_).substr(0, k_sample_bytes));
    const bool sixteen = found.encoding == base::Encoding::utf16le || found.encoding == base::Encoding::utf16be;
    front_judged_ = true;
    if (sixteen || found.mark_bytes > 0) return decide(found.encoding);
  }
  const std::size_t plain = first_beyond_ascii(pending_);
  text.append(pending_, 0, plain);
  pending_.erase(0, plain);
  if (pending_.empty() || (pending_.size() < k_sample_bytes && !ended_)) return;
  decide(judge(std::string_view(pending_).substr(0, k_sample_bytes)));
}

base::Result<bool> TextStream::extend(std::string& text) {
  if (ended_) return false;
  if (encoding_ == base::Encoding::utf8) return read_block(text);
  const bool more = TRY(read_block(pending_));
  if (!encoding_) try_to_decide(text);
  if (!encoding_) return more;
  if (transcoder_) {
    text += transcoder_->feed(pending_);
    if (ended_) text += transcoder_->finish();
  } else {
    text += pending_;
  }
  pending_.clear();
  return more;
}

}  // namespace throughline::records
