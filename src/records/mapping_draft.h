// A mapping as far as its text could be read, with the lines that faults name. Only mapping_*.cpp include this.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "records/mapping.h"

namespace throughline::records {

// What is wrong so far.
class Faults {
 public:
  explicit Faults(std::string file) : file_(std::move(file)) {}
  void add(std::int64_t line, std::string what) { all_.push_back({file_, line, std::move(what)}); }
  // By line, each once.
  [[nodiscard]] std::vector<MappingFault> sorted() const;

 private:
  std::string file_;
  std::vector<MappingFault> all_;
};

// A text of the file and where it stands.
struct Worded {
  std::string text;
  std::int64_t line = 0;
};

struct DraftItem {
  ItemRule rule;
  std::int64_t line = 0;
  bool is_of_known_table = false;
};

struct DraftColumn {
  ColumnRule rule;
  std::int64_t line = 0;
  std::vector<Worded> to;
  std::vector<Worded> vocabulary;
  std::vector<std::pair<Worded, std::string>> replace;
  std::int64_t dates_line = 0;  // 0 where the key is absent; so for the others.
  std::int64_t list_line = 0;
  std::int64_t closed_line = 0;
  std::int64_t max_bytes_line = 0;
  std::int64_t digits_line = 0;
};

struct MappingDraft {
  Mapping mapping;  // All but items and columns.
  std::vector<DraftItem> items;
  std::vector<DraftColumn> columns;
  std::vector<Worded> coverage;
  std::optional<Worded> retention_column;
  std::int64_t file_name_line = 0;
};

// Reads what each key says, and judges it alone. Nothing where the text is not TOML.
[[nodiscard]] std::optional<MappingDraft> read_draft(std::string_view toml, Faults& faults);
// Judges how the parts fit one another, and puts them together.
[[nodiscard]] Mapping assemble(const MappingDraft& draft, Faults& faults);

// The pattern of a file's name, "{month}-{force}-street.csv", in its pieces.
struct FileNamePattern {
  struct Piece {
    bool is_part = false;
    std::string text;  // The part's name, or the words that stand there.
  };
  std::vector<Piece> pieces;
};
// A sentence instead where the pattern makes no sense.
[[nodiscard]] std::variant<FileNamePattern, std::string> parse_file_name_pattern(std::string_view pattern);
// The text of every part; nothing when the name does not fit. Folders and endings such as ".csv.gz" are no matter.
[[nodiscard]] std::optional<std::map<std::string, std::string>> match_file_name(const FileNamePattern& pattern,
                                                                                std::string_view file_name);

// " (nearest: "x")", or nothing where none is near.
[[nodiscard]] std::string nearest_text(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace throughline::records
