#include "store/archive_format.h"

#include <zstd.h>
#include <cstring>

#include "base/check.h"
#include "base/sha256.h"

namespace throughline::store {

namespace {

constexpr int k_zstd_level = 1;

void put_number(std::string& target, std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  for (unsigned shift = 0; shift < 64; shift += 8) target += static_cast<char>(bits >> shift & 0xff);
}

void put_hash(std::string& target, const Hash& hash) {
  target.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
}

// Takes numbers and hashes off the front; `good` turns false once and for all when there is too little.
struct Taker {
  std::string_view rest;
  bool good = true;

  std::int64_t number() {
    if (rest.size() < 8) {
      good = false;
      return 0;
    }
    std::uint64_t bits = 0;
    for (unsigned at = 0; at < 8; ++at) bits |= std::uint64_t{static_cast<unsigned char>(rest[at])} << (8 * at);
    rest.remove_prefix(8);
    return static_cast<std::int64_t>(bits);
  }
  Hash hash() {
    Hash result;
    if (rest.size() < result.bytes.size()) {
      good = false;
      return result;
    }
    std::memcpy(result.bytes.data(), rest.data(), result.bytes.size());
    rest.remove_prefix(result.bytes.size());
    return result;
  }
};

std::int64_t frames_for(std::int64_t plain_bytes) {
  return plain_bytes / k_frame_plain_bytes + (plain_bytes % k_frame_plain_bytes != 0 ? 1 : 0);
}

}  // namespace

Error damaged_archive(const std::filesystem::path& path, std::string_view why) {
  return {ErrorKind::damaged, "damaged_archive", "an archived extract is damaged: " + std::string(why), path.string(),
          "Restore this file from a backup, or ingest the original again"};
}

std::string write_index(const ArchiveIndex& index, std::int64_t offset) {
  std::string body;
  put_hash(body, index.content_hash);
  put_hash(body, index.held_hash);
  put_number(body, index.plain_bytes);
  put_number(body, static_cast<std::int64_t>(index.frames.size()));
  for (const ArchiveFrame& frame : index.frames) {
    put_number(body, frame.file_offset);
    put_number(body, frame.stored_bytes);
  }
  put_number(body, static_cast<std::int64_t>(index.erased.size()));
  for (const ByteRange& range : index.erased) {
    put_number(body, range.offset);
    put_number(body, range.length);
  }
  const Hash hash = base::hash_text(body);
  const auto length = static_cast<std::int64_t>(body.size());
  put_number(body, offset);
  put_number(body, length);
  put_hash(body, hash);
  return body + std::string(k_archive_magic);
}

Result<ArchiveIndex> read_index(const FileHandle& file, const std::filesystem::path& path) {
  const std::int64_t size = TRY(file_bytes(path));
  if (size < k_footer_bytes) return damaged_archive(path, "it is too short");
  const std::string footer = TRY(read_exactly(file, size - k_footer_bytes, k_footer_bytes, path));
  Taker tail{footer};
  const std::int64_t offset = tail.number();
  const std::int64_t length = tail.number();
  const Hash hash = tail.hash();
  if (tail.rest != k_archive_magic) return damaged_archive(path, "it does not end as an archive file does");
  if (offset < 0 || length < 0 || offset > size || length != size - k_footer_bytes - offset) {
    return damaged_archive(path, "its index lies outside it");
  }
  const std::string body = TRY(read_exactly(file, offset, length, path));
  if (base::hash_text(body) != hash) return damaged_archive(path, "its index was altered");
  ArchiveIndex index;
  Taker taker{body};
  index.content_hash = taker.hash();
  index.held_hash = taker.hash();
  index.plain_bytes = taker.number();
  const std::int64_t frames = taker.number();
  if (frames != frames_for(index.plain_bytes)) return damaged_archive(path, "its index does not add up");
  for (std::int64_t at = 0; at < frames && taker.good; ++at) {
    index.frames.push_back({taker.number(), taker.number()});
    const ArchiveFrame& frame = index.frames.back();
    if (frame.file_offset < 0 || frame.stored_bytes < 0 || frame.file_offset > offset - frame.stored_bytes) {
      return damaged_archive(path, "its index does not add up");
    }
  }
  const std::int64_t erased = taker.number();
  for (std::int64_t at = 0; at < erased && taker.good; ++at) index.erased.push_back({taker.number(), taker.number()});
  if (!taker.good || !taker.rest.empty()) return damaged_archive(path, "its index does not add up");
  return index;
}

std::string pack_frame(std::string_view plain) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  CHECK(context != nullptr);
  CHECK(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, k_zstd_level)) == 0);
  CHECK(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)) == 0);
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size = ZSTD_compress2(context, packed.data(), packed.size(), plain.data(), plain.size());
  ZSTD_freeCCtx(context);
  CHECK(ZSTD_isError(size) == 0);
  packed.resize(size);
  return packed;
}

Result<std::string> unpack_frame(std::string_view packed, std::int64_t plain_bytes, const std::filesystem::path& path) {
  std::string plain(static_cast<std::size_t>(plain_bytes), '\0');
  const std::size_t size = ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) != 0 || size != plain.size()) return damaged_archive(path, "a frame does not unpack");
  return plain;
}

Result<ArchiveFile> ArchiveFile::create(const std::filesystem::path& path) {
  ArchiveFile file(TRY(create_private_file(path)), path);
  TRY(write_all(file.file_, k_archive_magic, path));
  file.written_ = static_cast<std::int64_t>(k_archive_magic.size());
  return file;
}

Result<void> ArchiveFile::add_frame(std::string_view plain) {
  CHECK(plain_bytes_ % k_frame_plain_bytes == 0 && !plain.empty());
  const std::string packed = pack_frame(plain);
  TRY(write_all(file_, packed, path_));
  frames_.push_back({written_, static_cast<std::int64_t>(packed.size())});
  written_ += static_cast<std::int64_t>(packed.size());
  plain_bytes_ += static_cast<std::int64_t>(plain.size());
  return {};
}

Result<void> ArchiveFile::close(ArchiveIndex index) {
  index.frames = std::move(frames_);
  index.plain_bytes = plain_bytes_;
  TRY(write_all(file_, write_index(index, written_), path_));
  return sync_file(file_, path_);
}

}  // namespace throughline::store
