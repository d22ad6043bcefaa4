#include "records/stage_feed.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "records/stage_columns.h"
#include "records/tables_write.h"
#include "store/fault_points.h"

namespace throughline::records {

namespace {

using base::Result;
using store::AppendColumn;

// Rows of one table, block by block. A part of it is one thread's.
struct KeptBlock {
  std::shared_ptr<const TypedWindow> window;  // Keeps the texts alive.
  const TypedBlock* block = nullptr;
};

// Gives out one block after another in slices that DuckDB can take.
class BlockCursor {
 public:
  explicit BlockCursor(const ItemColumns& items) : items_(&items) {}

  void begin(KeptBlock kept) {
    kept_ = std::move(kept);
    at_ = 0;
  }
  [[nodiscard]] bool is_done() const { return kept_.block == nullptr || at_ == kept_.block->rows(); }
  std::int64_t give(std::span<AppendColumn> columns) {
    const std::int64_t count = std::min(store::k_chunk_rows, kept_.block->rows() - at_);
    items_->view(*kept_.block, at_, count, columns);
    at_ += count;
    return count;
  }

 private:
  const ItemColumns* items_;
  KeptBlock kept_;
  std::int64_t at_ = 0;
};

// Rows of another table than the first, kept while a group ran.
class KeptRows final : public store::RowSupplier {
 public:
  KeptRows(const ItemColumns& items, const std::vector<KeptBlock>& blocks) : items_(&items), blocks_(&blocks) {}

  class KeptPart final : public Part {
   public:
    explicit KeptPart(KeptRows& rows) : rows_(&rows), cursor_(*rows.items_) {}
    Result<std::int64_t> next(std::span<AppendColumn> columns) override {
      while (cursor_.is_done()) {
        if (rows_->given_ == rows_->blocks_->size()) return std::int64_t{0};
        cursor_.begin((*rows_->blocks_)[rows_->given_++]);
      }
      return cursor_.give(columns);
    }

   private:
    KeptRows* rows_;
    BlockCursor cursor_;
  };

  std::unique_ptr<Part> part() override { return std::make_unique<KeptPart>(*this); }
  [[nodiscard]] int max_threads() const override { return 1; }

 private:
  const ItemColumns* items_;
  const std::vector<KeptBlock>* blocks_;
  std::size_t given_ = 0;
};

// The stored table that rows of the table always have a row in.
std::size_t stored_for(Table table) {
  const std::vector<StoredTable>& stored = stored_tables();
  return static_cast<std::size_t>(std::ranges::find(stored, table, &StoredTable::table) - stored.begin());
}

// About what a block holds beside its texts.
std::int64_t bytes_of(const TypedBlock& block) {
  std::int64_t columns = 1;
  for (const ColumnBuffer& column : block.columns) columns += column.is_used() ? 1 : 0;
  return block.rows() * columns * 12;
}

}  // namespace

// The stream of one file. Parts of it run on DuckDB's threads.
class FileRows final : public store::RowSupplier {
 public:
  FileRows(RowSource& source, const Typer& typer, const FeedOptions& options)
      : source_(&source),
        typer_(&typer),
        options_(&options),
        items_(typer.mapping(), options.extract),
        first_table_(stored_for(typer.mapping().items.front().table)) {
    fed_.new_words.resize(typer.mapping().columns.size());
  }

  class FilePart final : public Part {
   public:
    explicit FilePart(FileRows& rows) : rows_(&rows), cursor_(rows.items_) {}
    Result<std::int64_t> next(std::span<AppendColumn> columns) override {
      while (cursor_.is_done()) {
        if (waiting_.empty() && !TRY(take_window())) return std::int64_t{0};
        if (waiting_.empty()) continue;
        cursor_.begin(std::move(waiting_.back()));
        waiting_.pop_back();
      }
      return cursor_.give(columns);
    }

   private:
    Result<bool> take_window() {
      const std::optional<Window> window = TRY(rows_->next_window());
      if (!window) return false;
      RawRows raw = rows_->source_->parse(*window);
      const std::int64_t blank_lines = raw.blank_lines;
      auto typed = std::make_shared<TypedWindow>(rows_->typer_->type(std::move(raw)));
      rows_->take(typed, blank_lines, waiting_);
      std::ranges::reverse(waiting_);
      return true;
    }

    FileRows* rows_;
    BlockCursor cursor_;
    std::vector<KeptBlock> waiting_;  // Of the first table; the last is next.
  };

  std::unique_ptr<Part> part() override { return std::make_unique<FilePart>(*this); }
  [[nodiscard]] int max_threads() const override { return options_->threads; }

  // One group: the stream until it ends or enough is kept, then what was kept.
  Result<void> run_group(store::DuckWriter& writer) {
    ++fed_.groups;
    kept_bytes_ = 0;
    static_cast<void>(TRY(writer.insert_from(stored_tables()[first_table_].name, *this)));
    FAULT_POINT("ingest.rows_streamed");
    for (const auto& [stored, blocks] : kept_) {
      KeptRows rows(items_, blocks);
      static_cast<void>(TRY(writer.insert_from(stored_tables()[stored].name, rows)));
    }
    kept_.clear();
    std::ranges::sort(faults_);
    TRY(write_rejections(writer, options_->extract, source_->header(), faults_));
    faults_.clear();
    return {};
  }

  [[nodiscard]] bool is_ended() const { return is_ended_; }
  [[nodiscard]] Fed result() && { return std::move(fed_); }

 private:
  // The next window of the file; nothing at its end or when enough is kept.
  Result<std::optional<Window>> next_window() {
    const std::lock_guard lock(reading_);
    if (is_ended_ || is_full()) return std::optional<Window>();
    TRY(options_->interrupt->poll());
    std::optional<Window> window = TRY(source_->next());
    is_ended_ = !window.has_value();
    const std::int64_t reached = source_->received_so_far();
    options_->progress->advance(reached - reached_);
    reached_ = reached;
    return window;
  }

  bool is_full() {
    const std::lock_guard lock(keeping_);
    return kept_bytes_ >= options_->kept_bytes_max;
  }

  // Counts a typed window; blocks of the first table go to the part that made them, the rest is kept.
  void take(const std::shared_ptr<const TypedWindow>& window, std::int64_t blank_lines,
            std::vector<KeptBlock>& streamed) {
    const std::lock_guard lock(keeping_);
    fed_.rows_read += window->rows_read;
    fed_.rows_rejected += window->rows_rejected;
    fed_.blank_lines += blank_lines;
    fed_.coverage.unite(window->coverage);
    for (std::size_t rule = 0; rule < fed_.new_words.size(); ++rule) {
      fed_.new_words[rule].insert(window->new_words[rule].begin(), window->new_words[rule].end());
    }
    bool is_kept = false;
    for (const TypedBlock& block : window->blocks) {
      if (block.item == 0 && block.stored == first_table_) fed_.rows_of_first_item += block.rows();
      if (block.rows() == 0) continue;
      if (block.stored == first_table_) {
        streamed.push_back({window, &block});
      } else {
        kept_[block.stored].push_back({window, &block});
        kept_bytes_ += bytes_of(block);
        is_kept = true;
      }
    }
    if (is_kept) kept_bytes_ += static_cast<std::int64_t>(window->raw.held ? window->raw.held->size() : 0);
    faults_.insert(faults_.end(), window->faults.begin(), window->faults.end());
    kept_bytes_ += static_cast<std::int64_t>(window->faults.size() * sizeof(RowFault));
    options_->progress->count_rows(window->rows_read);
  }

  RowSource* source_;
  const Typer* typer_;
  const FeedOptions* options_;
  ItemColumns items_;
  std::size_t first_table_;  // Into stored_tables().
  std::mutex reading_;
  bool is_ended_ = false;
  std::int64_t reached_ = 0;
  std::mutex keeping_;
  Fed fed_;
  std::map<std::size_t, std::vector<KeptBlock>> kept_;  // By stored table.
  std::vector<RowFault> faults_;
  std::int64_t kept_bytes_ = 0;
};

Result<Fed> feed(store::DuckWriter& writer, RowSource& source, const Typer& typer, const FeedOptions& options) {
  CHECK(options.progress != nullptr && options.interrupt != nullptr);
  FileRows rows(source, typer, options);
  while (!rows.is_ended()) TRY(rows.run_group(writer));
  return std::move(rows).result();
}

}  // namespace throughline::records
