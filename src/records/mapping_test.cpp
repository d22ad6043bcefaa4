#include "records/mapping.h"

#include <gtest/gtest.h>

#include "records/mapping_built_in.h"

namespace throughline::records {
namespace {

std::string faults_of(std::string_view toml, std::string_view file) {
  std::string text;
  for (const MappingFault& fault : check_mapping(std::string(toml), std::string(file)).faults) {
    text += fault.file + ":" + std::to_string(fault.line) + ": " + fault.what + "\n";
  }
  return text;
}

TEST(BuiltInMappings, have_no_fault) {
  for (const BuiltInText& text : built_in_texts()) ASSERT_EQ(faults_of(text.toml, text.file), "");
  EXPECT_EQ(built_in_mappings().size(), built_in_texts().size());
}

TEST(BuiltInMappings, are_found_by_name) {
  const auto found = find_mapping("police-uk-street");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().label(), "police-uk-street 1");
  EXPECT_EQ(find_mapping("police-uk-stret").error().message(),
            "no built-in mapping is called \"police-uk-stret\" (nearest: \"police-uk-street\"). \"throughline mappings "
            "list\" shows them; a mapping of your own is named by its path, ending in .toml.");
}

}  // namespace
}  // namespace throughline::records
