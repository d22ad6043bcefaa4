#include "records/readers/raw_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "records/readers/csv.h"
#include "records/readers/ndjson.h"
#include "records/readers/xlsx.h"

namespace throughline::records {

std::string_view fault_code(FaultRule rule) {
  switch (rule) {
    case FaultRule::too_few_fields: return "too_few_fields";
    case FaultRule::too_many_fields: return "too_many_fields";
    case FaultRule::unterminated_quote: return "unterminated_quote";
    case FaultRule::text_after_quote: return "text_after_quote";
    case FaultRule::nul_byte: return "nul_byte";
    case FaultRule::invalid_utf8: return "invalid_utf8";
    case FaultRule::record_too_long: return "record_too_long";
    case FaultRule::broken_json: return "broken_json";
    case FaultRule::duplicate_key: return "duplicate_key";
  }
  return "";
}

std::string Fault::message() const {
  switch (rule) {
    case FaultRule::too_few_fields:
    case FaultRule::too_many_fields: return fmt::format("has {} fields where the header has {}", found, expected);
    case FaultRule::unterminated_quote:
      return fmt::format("a quote opens in column {} and is never closed: the rest of the file lies inside it",
                         column + 1);
    case FaultRule::text_after_quote: return fmt::format("text follows the closing quote of column {}", column + 1);
    case FaultRule::nul_byte: return fmt::format("holds a zero byte, {} bytes into the record", found);
    case FaultRule::invalid_utf8: return fmt::format("holds bytes that are no UTF-8, {} bytes into the record", found);
    case FaultRule::record_too_long:
      return fmt::format("is {} bytes long, more than the {} a record may have; was a quote left open?", found,
                         expected);
    case FaultRule::broken_json: return "is not one whole JSON object";
    case FaultRule::duplicate_key: return "the JSON object has the same key twice";
  }
  return "";
}

namespace {

constexpr std::size_t k_front_bytes = 4096;

// Gives the bytes already looked at once more, then the rest.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {
    path_ = source_->path();
    content_name_ = source_->content_name();
    part_ = source_->part();
    packing_ = source_->packing();
    received_size_ = source_->received_size();
  }

  base::Result<std::string_view> peek() {
    front_.resize(k_front_bytes);
    const std::size_t got = TRY(source_->read(std::as_writable_bytes(std::span(front_))));
    front_.resize(got);
    return std::string_view(front_);
  }

  base::Result<std::size_t> read(std::span<std::byte> room) override {
    if (given_ == front_.size()) return source_->read(room);
    const std::size_t step = std::min(room.size(), front_.size() - given_);
    std::memcpy(room.data(), front_.data() + given_, step);
    given_ += step;
    return step;
  }

  [[nodiscard]] std::int64_t received_so_far() const override {
    // What was looked at and not yet given is still to come.
    const std::int64_t left = packing_ == Packing::plain ? static_cast<std::int64_t>(front_.size() - given_) : 0;
    return source_->received_so_far() - left;
  }
  base::Result<SourceHashes> finish() override { return source_->finish(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string front_;
  std::size_t given_ = 0;
};

// The content decides; only between kinds of text may the name.
Format detect_format(std::string_view front, const std::string& content_name) {
  if (front.starts_with("PK\x03\x04") || front.starts_with("\xD0\xCF\x11\xE0")) return Format::xlsx;
  if (front.starts_with("PAR1")) return Format::parquet;
  const std::string name = base::fold(content_name);
  if (name.ends_with(".ndjson") || name.ends_with(".jsonl") || name.ends_with(".json")) return Format::ndjson;
  if (front.starts_with("\xEF\xBB\xBF")) front.remove_prefix(3);
  const std::size_t first = front.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || front[first] != '{') return Format::csv;
  const std::size_t next = front.find_first_not_of(" \t\r\n", first + 1);
  const bool is_object = next != std::string_view::npos && (front[next] == '"' || front[next] == '}');
  return is_object ? Format::ndjson : Format::csv;
}

}  // namespace

base::Result<std::unique_ptr<RowSource>> open_rows(const std::string& path, const ReadOptions& options) {
  auto source = std::make_unique<PeekedSource>(TRY(open_source(path, options.limits)));
  const std::string_view front = TRY(source->peek());
  const Format format = options.format ? *options.format : detect_format(front, source->content_name());
  if (format != Format::xlsx && source->packing() == Packing::plain && !source->part().empty()) {
    return base::Error{base::ErrorKind::bad_command, "no_such_part", "only zips and workbooks have parts", path,
                       "Leave out the colon and what follows it"};
  }
  switch (format) {
    case Format::csv: return open_csv(std::move(source), options);
    case Format::ndjson: return open_ndjson(std::move(source), options);
    case Format::xlsx: return open_xlsx(std::move(source), options);
    case Format::parquet: break;
  }
  if (options.open_parquet) return options.open_parquet(std::move(source), options);
  return base::Error{base::ErrorKind::bad_command, "format_not_read_here",
                     "this is a Parquet file, which only a workspace can read", path, "Give it to throughline ingest"};
}

}  // namespace throughline::records
