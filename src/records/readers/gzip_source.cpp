#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/sha256.h"
#include "records/readers/file_bytes.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t k_packed_block = std::size_t{256} << 10;
constexpr int k_gzip_window_bits = 15 + 16;  // The largest window, and a gzip header around it.

// Several members one after another are one content, as gzip itself has it; zeros after the last are padding.
class GzipSource final : public ByteSource {
 public:
  GzipSource(FileBytes file, const SourceLimits& limits)
      : file_(std::move(file)), limits_(limits), packed_(k_packed_block) {
    path_ = file_.path();
    content_name_ = file_name_of(path_);
    if (content_name_.ends_with(".gz")) content_name_.resize(content_name_.size() - 3);
    packing_ = Packing::gzip;
    received_size_ = file_.size();
    CHECK(inflateInit2(&stream_, k_gzip_window_bits) == Z_OK);
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  base::Result<std::size_t> read(std::span<std::byte> room) override {
    room = room.first(std::min(room.size(), std::size_t{1} << 30));
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    while (stream_.avail_out > 0 && !at_end_) TRY(step());
    const std::size_t got = room.size() - stream_.avail_out;
    content_hash_.update(std::span<const std::byte>(room.first(got)));
    plain_ += static_cast<std::int64_t>(got);
    TRY(check_unpacked(path_, offset_, plain_, limits_));
    return got;
  }

  [[nodiscard]] std::int64_t received_so_far() const override { return offset_; }

  base::Result<SourceHashes> finish() override {
    CHECK(at_end_);
    return SourceHashes{received_hash_.finish(), content_hash_.finish(), offset_, plain_};
  }

 private:
  base::Result<void> refill() {
    const std::size_t got = TRY(file_.read_at(offset_, packed_));
    received_hash_.update(std::span<const std::byte>(packed_).first(got));
    offset_ += static_cast<std::int64_t>(got);
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_.avail_in = static_cast<uInt>(got);
    return {};
  }

  base::Result<void> step() {
    if (stream_.avail_in == 0) {
      TRY(refill());
      if (stream_.avail_in == 0) {
        if (!between_members_) return cut_off();
        at_end_ = true;
        return {};
      }
    }
    if (between_members_ && !first_member_) {
      TRY(begin_member());
      if (between_members_) return {};
    }
    between_members_ = false;
    first_member_ = false;
    const int answer = inflate(&stream_, Z_NO_FLUSH);
    if (answer == Z_STREAM_END) {
      between_members_ = true;
      return {};
    }
    if (answer == Z_OK || answer == Z_BUF_ERROR) return {};
    return Error{ErrorKind::damaged, "gzip_damaged",
                 fmt::format("the gzip data are damaged ({})", stream_.msg == nullptr ? "no reason" : stream_.msg),
                 where(), "Nothing of it was taken in. Ask the sender for the file again"};
  }

  // After a member: zeros are passed over, the start of another is begun, anything else is refused.
  base::Result<void> begin_member() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return {};
    if (*stream_.next_in != 0x1f) {
      return Error{ErrorKind::damaged, "gzip_garbage", "bytes that are no gzip follow the end of the gzip data",
                   where(), "Nothing of it was taken in. Ask the sender for the file again"};
    }
    CHECK(inflateReset(&stream_) == Z_OK);
    between_members_ = false;
    return {};
  }

  [[nodiscard]] Error cut_off() const {
    return Error{ErrorKind::damaged, "gzip_cut_off",
                 fmt::format("the gzip file is cut off: it ends after {} bytes without its closing mark", offset_),
                 where(), "Nothing of it was taken in. Ask the sender for the file again"};
  }

  [[nodiscard]] std::string where() const {
    return fmt::format("{} at byte {}", path_, offset_ - static_cast<std::int64_t>(stream_.avail_in));
  }

  FileBytes file_;
  SourceLimits limits_;
  std::vector<std::byte> packed_;
  z_stream stream_{};
  base::Sha256 received_hash_;
  base::Sha256 content_hash_;
  std::int64_t offset_ = 0;
  std::int64_t plain_ = 0;
  bool between_members_ = true;
  bool first_member_ = true;
  bool at_end_ = false;
};

}  // namespace

base::Result<std::unique_ptr<ByteSource>> make_gzip_source(FileBytes file, const SourceLimits& limits) {
  return std::unique_ptr<ByteSource>(std::make_unique<GzipSource>(std::move(file), limits));
}

}  // namespace throughline::records
