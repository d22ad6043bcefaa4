// Which mapping fits a file, and which column of the file each of its rules reads.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "records/fields.h"
#include "records/mapping_draft.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;

// "2025-01-essex-street" of "in/2025-01-essex-street.csv.gz".
std::string_view stem_of(std::string_view name) {
  constexpr std::array<std::string_view, 10> k_endings = {".gz",     ".zip",   ".csv",  ".tsv",  ".txt",
                                                          ".ndjson", ".jsonl", ".json", ".xlsx", ".parquet"};
  name.remove_prefix(name.find_last_of('/') + 1);
  while (true) {
    const auto ending = std::ranges::find_if(k_endings, [&](std::string_view each) {
      return name.size() > each.size() && base::fold(name.substr(name.size() - each.size())) == each;
    });
    if (ending == k_endings.end()) return name;
    name.remove_suffix(ending->size());
  }
}

// As names of columns are compared when no name is the same.
std::string forgiving(std::string_view name) {
  std::string bare;
  for (const char c : base::fold(trimmed(name))) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_blank) {
      bare += c;
    } else if (!bare.ends_with(' ')) {
      bare += ' ';
    }
  }
  return bare;
}

// The names of a file's columns, to be found by name.
class Header {
 public:
  explicit Header(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      exact_.emplace_back(trimmed(name));
      forgiving_.push_back(forgiving(name));
    }
  }
  // -1 where the file has no column of that name.
  [[nodiscard]] std::int32_t find(const std::string& name) const {
    const std::int32_t exact = place_in(exact_, std::string(trimmed(name)));
    return exact >= 0 ? exact : place_in(forgiving_, forgiving(name));
  }
  [[nodiscard]] std::int32_t find(const ColumnRule& rule) const {
    for (const std::string& name : rule.names) {
      if (const std::int32_t place = find(name); place >= 0) return place;
    }
    return -1;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return exact_; }

 private:
  static std::int32_t place_in(const std::vector<std::string>& names, const std::string& name) {
    const auto at = std::ranges::find(names, name);
    return at == names.end() ? -1 : static_cast<std::int32_t>(at - names.begin());
  }
  std::vector<std::string> exact_;
  std::vector<std::string> forgiving_;
};

bool is_column(const ColumnRule& rule) {
  return !rule.names.empty();
}

// How well a mapping fits a header.
struct Fit {
  const Mapping* mapping = nullptr;
  std::vector<std::string> missing;  // Required columns that the header lacks.
  std::int64_t known = 0;            // Columns of the mapping that the header has.
  std::int64_t all = 0;              // Columns of the mapping.

  // A header that has few of a mapping's columns is another's: "Date" and "Type" are anybody's.
  [[nodiscard]] bool is_fit() const { return missing.empty() && 4 * known >= 3 * all; }
};

Fit fit_of(const Mapping& mapping, const Header& header) {
  Fit fit{.mapping = &mapping, .missing = {}};
  for (const ColumnRule& rule : mapping.columns) {
    if (!is_column(rule)) continue;
    const bool is_there = header.find(rule) >= 0;
    ++fit.all;
    fit.known += is_there ? 1 : 0;
    if (!is_there && rule.is_required) fit.missing.push_back(rule.names.front());
  }
  for (const std::string& name : mapping.untyped) {
    ++fit.all;
    fit.known += header.find(name) >= 0 ? 1 : 0;
  }
  return fit;
}

// More known columns first; of equals the mapping that wants fewer others, then the first by name.
bool is_better(const Fit& one, const Fit& other) {
  return std::pair(-one.known, one.all) < std::pair(-other.known, other.all);
}
// The nearest of those that do not fit: the greatest part of its columns is there.
bool is_nearer(const Fit& one, const Fit& other) {
  return one.known * std::max<std::int64_t>(other.all, 1) > other.known * std::max<std::int64_t>(one.all, 1);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
  return list;
}

Error not_detected(const Fit& nearest, const std::string& file_name) {
  std::string lacks = fmt::format("the file lacks {}", quoted_list(nearest.missing));
  if (nearest.missing.empty()) {
    lacks = fmt::format("the file has only {} of its {} columns", nearest.known, nearest.all);
  }
  const std::string what =
      nearest.known == 0 ? "no built-in mapping knows any column of this file"
                         : fmt::format("no built-in mapping fits the columns of this file; {} comes nearest, but {}",
                                       nearest.mapping->name, lacks);
  return Error{ErrorKind::bad_command, "mapping_not_detected", what, file_name,
               "Name a mapping with --map; \"throughline mappings list\" shows the built-in ones, and "
               "docs/reference/mappings.md says how to write one"};
}

using Parts = std::map<std::string, std::string>;

base::Result<Parts> parts_of(const Mapping& mapping, const std::string& file_name) {
  if (mapping.file_name_pattern.empty()) return Parts{};
  const auto parsed = parse_file_name_pattern(mapping.file_name_pattern);
  const auto* pattern = std::get_if<FileNamePattern>(&parsed);
  CHECK(pattern != nullptr);
  auto parts = match_file_name(*pattern, file_name);
  const bool is_read = std::ranges::any_of(mapping.columns, [](const ColumnRule& rule) { return !is_column(rule); });
  if (parts) return std::move(*parts);
  if (!is_read) return Parts{};
  return Error{ErrorKind::bad_command, "file_name_unfit",
               fmt::format("mapping {} reads something from the file's name, which must have the form {}", mapping.name,
                           mapping.file_name_pattern),
               file_name, "Give the file the name under which it was published, or use another mapping"};
}

// Why the part cannot follow what stands before it; empty when it can.
std::string part_fault(const FileNamePattern& before, const FileNamePattern::Piece& piece) {
  if (!piece.is_part) return "";
  if (piece.text.empty()) return "a part of the file's name has no name: {}";
  const auto is_same = [&](const FileNamePattern::Piece& each) { return each.is_part && each.text == piece.text; };
  if (std::ranges::any_of(before.pieces, is_same)) {
    return fmt::format("the pattern of the file's name has {{{}}} twice", piece.text);
  }
  if (before.pieces.empty() || !before.pieces.back().is_part) return "";
  return fmt::format("{{{}}} and {{{}}} touch: nobody can tell where one ends", before.pieces.back().text, piece.text);
}

// How much of the name that part takes; nothing fits where the words after it are not there.
std::size_t part_bytes(const FileNamePattern& pattern, std::size_t at, std::string_view rest) {
  if (at + 1 == pattern.pieces.size()) return rest.size();
  const std::string& next = pattern.pieces[at + 1].text;
  if (at + 2 == pattern.pieces.size()) return rest.ends_with(next) ? rest.size() - next.size() : 0;
  constexpr std::size_t k_month_bytes = 7;
  const std::size_t end = rest.find(next, pattern.pieces[at].text == "month" ? k_month_bytes : 1);
  return end == std::string_view::npos ? 0 : end;
}

bool is_part_text(const FileNamePattern::Piece& piece, std::string_view text) {
  if (piece.text != "month") return !text.empty();
  return std::holds_alternative<base::Month>(type_month(text));
}

// The required columns that the file lacks, each with the nearest that it has.
std::string missing_columns(const Mapping& mapping, const BoundColumns& bound, const Header& names) {
  std::string missing;
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    const ColumnRule& rule = mapping.columns[i];
    if (bound.file_columns[i] >= 0 || !is_column(rule) || !rule.is_required) continue;
    missing += fmt::format("{}\"{}\"{}", missing.empty() ? "" : ", ", rule.names.front(),
                           nearest_text(rule.names.front(), names.names()));
  }
  return missing;
}

std::vector<std::string> unmapped_columns(const Mapping& mapping, const BoundColumns& bound, const Header& names) {
  std::vector<std::int32_t> known = bound.file_columns;
  for (const std::string& name : mapping.untyped) known.push_back(names.find(name));
  std::vector<std::string> unmapped;
  for (std::size_t i = 0; i < names.names().size(); ++i) {
    if (std::ranges::find(known, static_cast<std::int32_t>(i)) == known.end()) unmapped.push_back(names.names()[i]);
  }
  return unmapped;
}

}  // namespace

std::variant<FileNamePattern, std::string> parse_file_name_pattern(std::string_view pattern) {
  FileNamePattern parsed;
  std::string_view rest = stem_of(pattern);
  while (!rest.empty()) {
    const bool is_part = rest.front() == '{';
    const std::size_t end = is_part ? rest.find('}') : std::min(rest.find('{'), rest.size());
    if (end == std::string_view::npos) return "a { in the pattern of the file's name is never closed";
    FileNamePattern::Piece piece{.is_part = is_part, .text = std::string(rest.substr(0, end))};
    if (is_part) piece.text.erase(0, 1);
    if (std::string fault = part_fault(parsed, piece); !fault.empty()) return fault;
    parsed.pieces.push_back(std::move(piece));
    rest.remove_prefix(end + (is_part ? 1 : 0));
  }
  if (std::ranges::none_of(parsed.pieces, &FileNamePattern::Piece::is_part)) {
    return "the pattern of the file's name has no part in braces, such as {month}";
  }
  return parsed;
}

std::optional<std::map<std::string, std::string>> match_file_name(const FileNamePattern& pattern,
                                                                  std::string_view file_name) {
  Parts parts;
  std::string_view rest = stem_of(file_name);
  for (std::size_t i = 0; i < pattern.pieces.size(); ++i) {
    const FileNamePattern::Piece& piece = pattern.pieces[i];
    const std::size_t end = piece.is_part ? part_bytes(pattern, i, rest) : piece.text.size();
    const std::string_view text = rest.substr(0, std::min(end, rest.size()));
    if (piece.is_part ? !is_part_text(piece, text) : text != piece.text) return std::nullopt;
    if (piece.is_part) parts[piece.text] = std::string(text);
    rest.remove_prefix(text.size());
  }
  return rest.empty() ? std::optional(std::move(parts)) : std::nullopt;
}

base::Result<Mapping> detect_mapping(const std::vector<std::string>& header, const std::string& file_name) {
  const Header names(header);
  std::vector<Fit> fits;
  for (const Mapping& mapping : built_in_mappings()) fits.push_back(fit_of(mapping, names));
  CHECK(!fits.empty());
  const Fit nearest = *std::ranges::min_element(fits, is_nearer);
  std::erase_if(fits, [](const Fit& fit) { return !fit.is_fit(); });
  if (fits.empty()) return not_detected(nearest, file_name);
  return *std::ranges::min_element(fits, is_better)->mapping;
}

base::Result<BoundColumns> bind_columns(const Mapping& mapping, const std::vector<std::string>& header,
                                        const std::string& file_name) {
  const Header names(header);
  const Parts parts = TRY(parts_of(mapping, file_name));
  BoundColumns bound;
  for (const ColumnRule& rule : mapping.columns) {
    bound.file_columns.push_back(names.find(rule));
    const auto part = parts.find(rule.file_name_part);
    bound.from_file_name.push_back(is_column(rule) || part == parts.end() ? "" : part->second);
  }
  const std::string missing = missing_columns(mapping, bound, names);
  if (!missing.empty()) {
    return Error{ErrorKind::bad_command, "columns_missing",
                 fmt::format("mapping {} needs columns that the file does not have: {}", mapping.name, missing),
                 file_name, "Name another mapping with --map, or give the column's new name under \"also\" in a copy"};
  }
  bound.unmapped = unmapped_columns(mapping, bound, names);
  return bound;
}

}  // namespace throughline::records
