// The mappings that are compiled in from mappings/, and mappings in files.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "base/check.h"
#include "records/mapping.h"
#include "records/mapping_built_in.h"
#include "records/mapping_draft.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::uintmax_t k_mapping_bytes_max = 4'194'304;

base::Result<std::string> text_of_file(const std::string& path) {
  std::error_code failure;
  const std::uintmax_t bytes = std::filesystem::file_size(path, failure);
  if (failure) {
    return Error{ErrorKind::world, "file_unavailable", "the mapping cannot be read: " + failure.message(), path,
                 "Check the path, and that you may read the file"};
  }
  if (bytes > k_mapping_bytes_max) {
    return Error{ErrorKind::bad_command, "mapping_too_long",
                 fmt::format("the mapping has {} bytes; 4 MiB are the most", bytes), path, "Is it the right file?"};
  }
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    return Error{ErrorKind::world, "file_unavailable", "the mapping cannot be read", path,
                 "Check that you may read the file"};
  }
  return text;
}

// In a mapping that has no fault, so that there is one.
std::int64_t line_of_name(std::string_view toml) {
  std::int64_t line = 1;
  while (!toml.empty()) {
    const std::string_view text = toml.substr(0, toml.find('\n'));
    const std::size_t begin = text.find_first_not_of(" \t\"'");
    if (begin != std::string_view::npos && text.substr(begin).starts_with("name")) return line;
    toml.remove_prefix(std::min(text.size() + 1, toml.size()));
    ++line;
  }
  return 1;
}

std::vector<Mapping> read_built_in() {
  std::vector<Mapping> mappings;
  for (const BuiltInText& text : built_in_texts()) {
    CheckedMapping checked = check_mapping(std::string(text.toml), std::string(text.file));
    CHECK(checked.faults.empty() && checked.mapping.has_value());
    mappings.push_back(std::move(*checked.mapping));
  }
  std::ranges::sort(mappings, {}, &Mapping::name);
  return mappings;
}

}  // namespace

const std::vector<Mapping>& built_in_mappings() {
  static const std::vector<Mapping> mappings = read_built_in();
  return mappings;
}

CheckedMapping check_own_mapping(const std::string& toml, const std::string& file) {
  CheckedMapping checked = check_mapping(toml, file);
  if (!checked.mapping) return checked;
  const auto& all = built_in_mappings();
  const auto built_in = std::ranges::find(all, checked.mapping->name, &Mapping::name);
  if (built_in == all.end() || built_in->hash == checked.mapping->hash) return checked;
  checked.faults.push_back(
      {.file = file,
       .line = line_of_name(toml),
       .what = fmt::format("\"{}\" is the name of a built-in mapping; give your own another name, such as \"own-{}\"",
                           built_in->name, built_in->name)});
  checked.mapping.reset();
  return checked;
}

base::Result<CheckedMapping> check_mapping_file(const std::string& path) {
  return check_own_mapping(TRY(text_of_file(path)), path);
}

base::Result<Mapping> find_mapping(const std::string& name_or_path) {
  if (name_or_path.ends_with(".toml")) {
    CheckedMapping checked = TRY(check_mapping_file(name_or_path));
    if (checked.mapping) return std::move(*checked.mapping);
    const MappingFault& first = checked.faults.front();
    const std::size_t others = checked.faults.size() - 1;
    const std::string more = others == 0 ? "" : fmt::format("; {} more", others);
    return Error{ErrorKind::bad_command, "mapping_faulty",
                 fmt::format("the mapping has a fault: {}{}", first.what, more),
                 fmt::format("{}:{}", first.file, first.line),
                 fmt::format("\"throughline mappings check {}\" shows every fault", name_or_path)};
  }
  std::vector<std::string> names;
  for (const Mapping& mapping : built_in_mappings()) {
    if (mapping.name == name_or_path) return mapping;
    names.push_back(mapping.name);
  }
  return Error{ErrorKind::bad_command, "mapping_unknown",
               fmt::format("no built-in mapping is called \"{}\"{}", name_or_path, nearest_text(name_or_path, names)),
               "",
               "\"throughline mappings list\" shows them; a mapping of your own is named by its path, ending in .toml"};
}

}  // namespace throughline::records
