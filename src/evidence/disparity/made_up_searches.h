// Groups with round numbers, for tests of disproportionality. Only *_test.cpp includes this.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/source_folder.h"
#include "evidence/disparity/disparity.h"
#include "evidence/series/text_table.h"

namespace throughline::evidence {

// 1,000 White people of whom 50 were searched, 100 Black of whom 20, and 15 searches of nobody knows whom.
inline GroupTable made_up_groups() {
  GroupTable table{
      .area = "Otherford", .period = "2025", .groups = {}, .caveats = {Caveat::police_activity}, .absent = {}};
  table.groups.push_back(
      {.group = "White",
       .events = 50,
       .people = 1000,
       .outcomes = {{"Arrest", 5}, {"Community resolution", 15}, {"Nothing found - no further action", 28}, {"", 2}},
       .linked = 12,
       .linked_known = 40});
  table.groups.push_back({.group = "Black",
                          .events = 20,
                          .people = 100,
                          .outcomes = {{"Suspect arrested", 4}, {"A no further action disposal", 16}},
                          .linked = std::nullopt,
                          .linked_known = 0});
  table.groups.push_back(
      {.group = "", .events = 15, .people = std::nullopt, .outcomes = {}, .linked = std::nullopt, .linked_known = 0});
  return table;
}

// The folder of public files beside the repository; empty where there is none.
inline std::filesystem::path public_files() {
  for (const char* way : {"../shared/data/uk", "../../shared/data/uk"}) {
    const std::filesystem::path folder = std::filesystem::path(base::k_source_folder) / way;
    if (std::filesystem::is_directory(folder)) return folder;
  }
  return {};
}

inline TextTable table_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return read_text_table(text, path.filename().string()).value();
}

}  // namespace throughline::evidence
