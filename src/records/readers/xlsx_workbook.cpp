#include "records/readers/xlsx_workbook.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "records/readers/xlsx_cells.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::uint64_t k_member_bytes_max = std::uint64_t{256} << 20;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

// A name without what stands before its colon: some writers put every element into a namespace by prefix.
std::string_view local(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& inner : node) {
    if (local(inner.name()) == name) return inner;
  }
  return {};
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    if (local(each.name()) == name) return each.value();
  }
  return {};
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The text of a string item: its own, or of its runs; how it is spoken is left out.
std::string text_of_item(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& part : item) {
    if (local(part.name()) == "t") text += part.child_value();
    if (local(part.name()) == "r") text += child(part, "t").child_value();
  }
  return text;
}

class Workbook {
 public:
  Workbook(const std::string& bytes, const WorkbookOrder& order) : bytes_(bytes), order_(order) {}

  base::Result<Sheet> read() {
    TRY(open());
    pugi::xml_document book;
    TRY(load("xl/workbook.xml", book));
    const pugi::xml_node root = child(book, "workbook");
    const std::string system = attribute(child(root, "workbookPr"), "date1904");
    from_1904_ = system == "1" || system == "true";
    const pugi::xml_node chosen = TRY(choose(child(root, "sheets")));
    const std::string member = TRY(member_of(attribute(chosen, "id")));
    TRY(read_strings());
    TRY(read_styles());
    pugi::xml_document sheet;
    TRY(load(member, sheet));
    read_rows(child(child(sheet, "worksheet"), "sheetData"));
    return std::move(sheet_);
  }

 private:
  [[nodiscard]] Error damaged(const std::string& what) const {
    return Error{ErrorKind::damaged, "workbook_damaged", what, order_.path,
                 "Open it in a spreadsheet program, save it again as .xlsx or CSV, and give that"};
  }

  base::Result<void> open() {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes_.data(), bytes_.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    archive_.reset(archive);
    const std::string reason = archive == nullptr ? zip_error_strerror(&error) : "";
    if (archive == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (!archive_) return damaged("the workbook is damaged or cut off: " + reason);
    return {};
  }

  [[nodiscard]] bool has(const std::string& name) const {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
  }

  base::Result<void> load(const std::string& name, pugi::xml_document& document) {
    const zip_int64_t index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (index < 0 || zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &facts) != 0) {
      return damaged(fmt::format("the workbook lacks its part {}", name));
    }
    if (facts.size > k_member_bytes_max) {
      return Error{ErrorKind::damaged, "workbook_too_large",
                   fmt::format("the workbook's part {} unpacks to {} bytes; {} are allowed", name, facts.size,
                               k_member_bytes_max),
                   order_.path, "Save the sheet as CSV and give that"};
    }
    const std::unique_ptr<zip_file_t, CloseMember> member(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    std::string text(static_cast<std::size_t>(facts.size), '\0');
    if (!member || zip_fread(member.get(), text.data(), text.size()) != static_cast<zip_int64_t>(text.size())) {
      return damaged(fmt::format("the workbook's part {} cannot be unpacked", name));
    }
    constexpr unsigned k_flags = (pugi::parse_default | pugi::parse_ws_pcdata_single) & ~pugi::parse_eol;
    const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size(), k_flags);
    if (!parsed) {
      return damaged(fmt::format("the workbook's part {} is broken {} bytes into it: {}", name, parsed.offset,
                                 parsed.description()));
    }
    return {};
  }

  base::Result<pugi::xml_node> choose(const pugi::xml_node& sheets) {
    std::vector<std::string> names;
    pugi::xml_node chosen;
    for (const pugi::xml_node& sheet : sheets) {
      const std::string name = attribute(sheet, "name");
      const std::string state = attribute(sheet, "state");
      const bool hidden = state == "hidden" || state == "veryHidden";
      const bool wanted = order_.sheet_name.empty() ? !hidden : name == order_.sheet_name;
      if (hidden) sheet_.findings.push_back({"hidden_sheet", fmt::format("the sheet \"{}\" is hidden", name)});
      names.push_back(name);
      if (!chosen && wanted) chosen = sheet;
    }
    if (chosen) {
      if (names.size() > 1) {
        sheet_.findings.push_back(
            {"other_sheets", fmt::format("read the sheet \"{}\", one of {}", attribute(chosen, "name"), names.size())});
      }
      return chosen;
    }
    return no_such_sheet(names);
  }

  [[nodiscard]] Error no_such_sheet(const std::vector<std::string>& names) const {
    if (order_.sheet_name.empty()) return damaged("the workbook has no sheet that is not hidden");
    const auto near = base::nearest_name(order_.sheet_name, names);
    std::string listed;
    for (const std::string& name : names) listed += (listed.empty() ? "" : ", ") + name;
    return Error{ErrorKind::bad_command, "no_such_part",
                 fmt::format("the workbook has no sheet \"{}\"", order_.sheet_name), order_.path,
                 near ? fmt::format("Did you mean \"{}\"?", *near) : "It has: " + listed};
  }

  // Where the sheet of this relation id lies in the zip.
  base::Result<std::string> member_of(const std::string& id) {
    pugi::xml_document relations;
    TRY(load("xl/_rels/workbook.xml.rels", relations));
    for (const pugi::xml_node& relation : child(relations, "Relationships")) {
      if (attribute(relation, "Id") != id) continue;
      const std::string target = attribute(relation, "Target");
      return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return damaged("the workbook does not say where its sheet lies");
  }

  base::Result<void> read_strings() {
    if (!has("xl/sharedStrings.xml")) return {};
    pugi::xml_document document;
    TRY(load("xl/sharedStrings.xml", document));
    for (const pugi::xml_node& item : child(document, "sst")) {
      if (local(item.name()) == "si") strings_.push_back(text_of_item(item));
    }
    return {};
  }

  base::Result<void> read_styles() {
    if (!has("xl/styles.xml")) return {};
    pugi::xml_document document;
    TRY(load("xl/styles.xml", document));
    const pugi::xml_node root = child(document, "styleSheet");
    std::map<std::int64_t, bool> own;
    for (const pugi::xml_node& format : child(root, "numFmts")) {
      const auto id = number_of<std::int64_t>(attribute(format, "numFmtId"));
      if (id) own[*id] = shows_date(attribute(format, "formatCode"));
    }
    for (const pugi::xml_node& style : child(root, "cellXfs")) {
      const auto id = number_of<std::int64_t>(attribute(style, "numFmtId")).value_or(0);
      const auto found = own.find(id);
      dates_.push_back(found == own.end() ? built_in_date(id) : found->second);
    }
    return {};
  }

  [[nodiscard]] std::string number_text(const std::string& raw, const pugi::xml_node& cell) const {
    const auto value = number_of<double>(raw);
    if (!value) return raw;
    const auto style = number_of<std::size_t>(attribute(cell, "s")).value_or(0);
    if (style < dates_.size() && dates_[style]) {
      if (const auto date = date_of_serial(*value, from_1904_)) return *date;
    }
    constexpr double k_plain_below = 1e15;
    const bool plain = *value > -k_plain_below && *value < k_plain_below;
    char text[512];
    const auto end = plain ? std::to_chars(text, text + sizeof text, *value, std::chars_format::fixed).ptr
                           : std::to_chars(text, text + sizeof text, *value).ptr;
    return {text, end};
  }

  [[nodiscard]] std::string text_of_cell(const pugi::xml_node& cell) const {
    const std::string type = attribute(cell, "t");
    if (type == "inlineStr") return text_of_item(child(cell, "is"));
    std::string raw = child(cell, "v").child_value();
    if (type == "s") {
      const auto index = number_of<std::size_t>(raw);
      return index && *index < strings_.size() ? strings_[*index] : std::string();
    }
    if (type == "b") return raw == "1" ? "true" : (raw == "0" ? "false" : raw);
    if (type == "str" || type == "e" || type == "d" || raw.empty()) return raw;
    return number_text(raw, cell);
  }

  void read_rows(const pugi::xml_node& data) {
    std::int64_t number = 0;
    for (const pugi::xml_node& row : data) {
      if (local(row.name()) != "row") continue;
      number = std::max(number_of<std::int64_t>(attribute(row, "r")).value_or(number + 1), number + 1);
      SheetRow read{number, {}};
      std::int32_t column = -1;
      for (const pugi::xml_node& cell : row) {
        if (local(cell.name()) != "c") continue;
        column = std::max(column_of_reference(attribute(cell, "r")).value_or(column + 1), column + 1);
        std::string text = text_of_cell(cell);
        if (!text.empty()) read.cells.emplace_back(column, std::move(text));
      }
      if (!read.cells.empty()) sheet_.rows.push_back(std::move(read));
    }
  }

  const std::string& bytes_;
  const WorkbookOrder& order_;
  std::unique_ptr<zip_t, CloseArchive> archive_;
  std::vector<std::string> strings_;
  std::vector<bool> dates_;  // By style: whether it shows a date.
  bool from_1904_ = false;
  Sheet sheet_;
};

}  // namespace

base::Result<Sheet> read_sheet(const std::string& bytes, const WorkbookOrder& order) {
  return Workbook(bytes, order).read();
}

}  // namespace throughline::records
