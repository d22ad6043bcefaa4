#include "records/readers/header_names.h"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

std::string trimmed(const std::string& name) {
  const std::size_t begin = name.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return name.substr(begin, name.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

base::Result<NamedColumns> name_columns(const std::vector<std::string>& fields, const std::string& path) {
  if (fields.empty()) {
    return Error{ErrorKind::damaged, "header_damaged",
                 "the header cannot be read: a quote in it is left open or followed by text, it holds bytes that are "
                 "no text, or it has more than 65,536 columns",
                 path, "Check that this is a table of text; a workbook must keep its ending .xlsx"};
  }
  NamedColumns named;
  std::unordered_map<std::string, std::size_t> first;  // Only ever asked, never walked.
  for (std::size_t index = 0; index < fields.size(); ++index) {
    std::string name = trimmed(fields[index]);
    if (name.empty()) {
      name = fmt::format("column_{}", index + 1);
      named.findings.push_back({"unnamed_column", fmt::format("column {} of the header has no name", index + 1)});
    }
    const auto [before, is_new] = first.emplace(name, index);
    if (!is_new) {
      return Error{ErrorKind::damaged, "duplicate_column",
                   fmt::format("columns {} and {} of the header have the same name", before->second + 1, index + 1),
                   path,
                   "Rename one of them, or ask the sender which is meant; a file without a header must be given one"};
    }
    named.names.push_back(std::move(name));
  }
  return named;
}

}  // namespace throughline::records
