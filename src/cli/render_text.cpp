#include <algorithm>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "cli/render.h"

namespace throughline::cli {

namespace {

constexpr std::string_view k_gap = "  ";

// How many bytes there begin a character that is not for showing, though it takes several bytes: the second set of
// control characters (U+0080 to U+009F), and what turns the direction of writing or breaks a line (U+200E, U+200F,
// U+2028 to U+202E, U+2066 to U+2069).
std::size_t hidden_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  if (byte(0) == 0xC2U && byte(1) >= 0x80U && byte(1) <= 0x9FU) return 2;
  if (byte(0) != 0xE2U) return 0;
  const unsigned int last = byte(2);
  const bool is_turn = byte(1) == 0x80U && (last == 0x8EU || last == 0x8FU || (last >= 0xA8U && last <= 0xAEU));
  const bool is_apart = byte(1) == 0x81U && last >= 0xA6U && last <= 0xA9U;
  return is_turn || is_apart ? 3 : 0;
}

// Control characters could move the cursor or retitle the window; others could make a line read as another one.
std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t hidden = byte < 0x20 || byte == 0x7F ? 1 : hidden_bytes(text);
    if (hidden == 0) {
      safe += c;
    } else {
      safe += c == '\n' || c == '\t' ? " " : "\uFFFD";
    }
    text.remove_prefix(std::max<std::size_t>(hidden, 1));
  }
  return safe;
}

// The digits before the point in groups of three: -12,345.678.
std::string decimal_text(const app::Decimal& decimal) {
  std::string text = base::format_fixed(decimal.value, decimal.decimals);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = std::min(text.find('.'), text.size()); at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string text_of(const app::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return printable(*text);
  if (const auto* count = std::get_if<std::int64_t>(&value)) return base::format_integer(*count);
  if (const auto* decimal = std::get_if<app::Decimal>(&value)) return decimal_text(*decimal);
  return "-";
}

std::string padded(const std::string& text, int width, app::ColumnKind kind) {
  const auto blanks = static_cast<std::size_t>(std::max(0, width - base::display_width(text)));
  return kind == app::ColumnKind::number ? std::string(blanks, ' ') + text : text + std::string(blanks, ' ');
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

// Broken at blanks into lines of at most `width`; a longer word has a line to itself and is never broken, so that it
// can be copied.
std::vector<std::string> broken(std::string_view text, int width) {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word(text.substr(at, end - at));
    std::string& line = lines.back();
    if (at == 0 || base::display_width(line) + 1 + base::display_width(word) <= width) {
      line += (at == 0 ? "" : " ") + word;
    } else {
      lines.push_back(word);
    }
    at = end + 1;
  }
  return lines;
}

// The second and later lines are indented like the first word.
std::string wrapped(const std::string& text, const std::string& lead, int width) {
  const int indent = base::display_width(lead);
  std::string out;
  for (const std::string& line : broken(text, width - indent)) {
    out += (out.empty() ? lead : std::string(static_cast<std::size_t>(indent), ' ')) + line + "\n";
  }
  return out;
}

using TextRow = std::vector<std::string>;

int longest_word(const std::vector<TextRow>& rows, std::size_t column) {
  int longest = 0;
  for (const TextRow& row : rows) {
    for (const std::string& word : broken(row[column], 1)) longest = std::max(longest, base::display_width(word));
  }
  return longest;
}

// The widest column that may still become narrower; nullptr when there is none.
int* widest_yielding(const std::vector<int>& narrowest, std::vector<int>& widths) {
  int* widest = nullptr;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > narrowest[i] && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
  }
  return widest;
}

// Widths that fit the page: the widest text columns give way first, down to their longest word; numbers never do. A
// table of long words is wider than the page.
std::vector<int> fitted_widths(const app::Table& table, const std::vector<TextRow>& rows, int page_width) {
  std::vector<int> widths;
  std::vector<int> narrowest;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    int width = 0;
    for (const TextRow& row : rows) width = std::max(width, base::display_width(row[i]));
    widths.push_back(width);
    narrowest.push_back(table.columns[i].kind == app::ColumnKind::text ? longest_word(rows, i) : width);
  }
  const auto total = [&] {
    int sum = static_cast<int>(k_gap.size()) * static_cast<int>(widths.size());
    for (const int width : widths) sum += width;
    return sum;
  };
  while (total() > page_width) {
    int* const widest = widest_yielding(narrowest, widths);
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

// One row, over as many lines as its longest cell takes.
std::vector<std::string> row_lines(const TextRow& row, const std::vector<int>& widths, const app::Table& table) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    cells.push_back(broken(row[i], widths[i]));
    height = std::max(height, cells.back().size());
  }
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < height; ++at) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      line += std::string(k_gap) + padded(at < cells[i].size() ? cells[i][at] : "", widths[i], table.columns[i].kind);
    }
    lines.push_back(without_trailing_blanks(line));
  }
  return lines;
}

// Without the columns in which no row has anything: they would only make the table wider.
app::Table without_empty_columns(const app::Table& table) {
  app::Table kept = table;
  kept.columns.clear();
  for (auto& row : kept.rows) row.clear();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool is_empty = std::ranges::all_of(
        table.rows, [&](const auto& row) { return std::holds_alternative<std::monostate>(row[i]); });
    if (is_empty) continue;
    kept.columns.push_back(table.columns[i]);
    for (std::size_t r = 0; r < table.rows.size(); ++r) kept.rows[r].push_back(table.rows[r][i]);
  }
  return kept;
}

std::string table_text(const app::Table& whole, const TextOptions& options) {
  const app::Table table = without_empty_columns(whole);
  std::string out = table.title.empty() ? "" : wrapped(table.title, "", options.width);
  if (table.rows.empty())
    return out + wrapped(table.empty_text.empty() ? "Nothing." : table.empty_text, "  ", options.width);
  std::vector<TextRow> rows(1);
  for (const app::Column& column : table.columns) rows.front().push_back(column.heading);
  for (const auto& row : table.rows) {
    TextRow& cells = rows.emplace_back();
    for (const app::Value& value : row) cells.push_back(text_of(value));
  }
  const std::vector<int> widths = fitted_widths(table, rows, options.width);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const std::string& line : row_lines(rows[r], widths, table)) {
      out += (r == 0 && options.is_colour ? "\x1b[2m" + line + "\x1b[0m" : line) + "\n";
    }
  }
  return out;
}

// The command, and what it does as a comment of the shell: beside it where both fit, else on the line before.
std::string command_text(const app::Command& command, int line_width, const TextOptions& options) {
  const std::string line = std::string(k_gap) + printable(command.line);
  const std::string what = "# " + printable(command.what);
  const auto blanks = static_cast<std::size_t>(std::max(0, line_width - base::display_width(command.line)));
  for (const std::string& filler : {std::string(blanks, ' '), std::string()}) {
    std::string beside = line + filler;
    beside.append(k_gap).append(what);
    if (base::display_width(beside) <= options.width) return beside + "\n";
  }
  return wrapped(what.substr(2), std::string(k_gap) + "# ", options.width) + line + "\n";
}

std::string section_text(const app::Section& section, const TextOptions& options) {
  std::string out;
  if (!section.title.empty()) {
    out += options.is_colour ? "\x1b[1m" + section.title + "\x1b[0m\n" : section.title + "\n";
  }
  int label_width = 0;
  for (const app::Fact& fact : section.facts) label_width = std::max(label_width, base::display_width(fact.label));
  for (const app::Fact& fact : section.facts) {
    const std::string lead =
        std::string(k_gap) + padded(fact.label, label_width, app::ColumnKind::text) + std::string(k_gap);
    out += wrapped(text_of(fact.value), lead, options.width);
  }
  for (const app::Table& table : section.tables) out += table_text(table, options);
  for (const std::string& note : section.notes) out += wrapped(printable(note), "  * ", options.width);
  int line_width = 0;
  for (const app::Command& command : section.commands) {
    const int width = base::display_width(command.line);
    const int beside = width + 2 * static_cast<int>(k_gap.size()) + 2 + base::display_width(command.what);
    if (beside <= options.width) line_width = std::max(line_width, width);
  }
  for (const app::Command& command : section.commands) out += command_text(command, line_width, options);
  for (std::size_t at = 0; at < section.verbatim.size();) {
    const std::size_t end = std::min(section.verbatim.find('\n', at), section.verbatim.size());
    out += printable(std::string_view(section.verbatim).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string render_text(const app::Report& report, const TextOptions& options) {
  std::string out;
  for (const app::Section& section : report.sections) {
    if (!out.empty()) out += "\n";
    out += section_text(section, options);
  }
  return out;
}

}  // namespace throughline::cli
