#include "records/mapping.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/source_folder.h"
#include "records/mapping_built_in.h"
#include "records/readers/raw_rows.h"
#include "records/typing.h"
#include "store/testing_folder.h"

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

TEST(OwnMappings, bear_no_name_of_a_built_in_one_unless_they_are_that_one) {
  const Mapping built_in = find_mapping("police-uk-street").value();
  EXPECT_TRUE(check_own_mapping(built_in.toml, "copy.toml").faults.empty()) << "the same bytes mean the same";
  const std::string changed = "# Ours.\n" + built_in.toml;
  const CheckedMapping refused = check_own_mapping(changed, "own.toml");
  EXPECT_FALSE(refused.mapping.has_value());
  ASSERT_EQ(refused.faults.size(), 1U);
  EXPECT_EQ(refused.faults.front().what,
            "\"police-uk-street\" is the name of a built-in mapping; give your own another name, such as "
            "\"own-police-uk-street\"");
  std::string renamed = changed;
  const std::string name = "name = \"police-uk-street\"";
  const std::size_t at = renamed.find(name);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(refused.faults.front().line, std::count(changed.begin(), changed.begin() + static_cast<int>(at), '\n') + 1);
  renamed.replace(at, name.size(), "name = \"own-street\"");
  EXPECT_TRUE(check_own_mapping(renamed, "own.toml").mapping.has_value());
}

TEST(BuiltInMappings, stand_in_the_reference) {
  const std::string page = store::bytes_of(std::string(base::k_source_folder) + "/docs/reference/mappings.md");
  for (const Mapping& mapping : built_in_mappings()) {
    EXPECT_NE(page.find("| `" + mapping.name + "` | " + mapping.title + " |"), std::string::npos) << mapping.name;
  }
}

TEST(BuiltInMappings, of_published_data_name_publisher_and_licence) {
  for (const Mapping& mapping : built_in_mappings()) {
    if (mapping.data_class != ledger::DataClass::published) continue;
    EXPECT_FALSE(mapping.publisher.empty()) << mapping.name;
    EXPECT_EQ(mapping.licence, "Open Government Licence v3.0") << mapping.name;
  }
}

TEST(OwnMappings, are_found_by_path_or_say_what_is_wrong) {
  const store::TestingFolder folder;
  const std::string path = (folder.path() / "own.toml").string();
  EXPECT_EQ(find_mapping(path).error().code, "file_unavailable");
  store::put_bytes(path, built_in_mappings().front().toml);
  EXPECT_EQ(find_mapping(path).value().name, built_in_mappings().front().name);
  store::put_bytes(path, "name = \"own\"\ntitel = \"Own\"\n");
  const auto error = find_mapping(path).error();
  EXPECT_EQ(error.code, "mapping_faulty");
  EXPECT_EQ(error.what, "the mapping has a fault: a mapping has no \"data_class\"; 5 more");
  EXPECT_EQ(error.where, path + ":1");
  EXPECT_EQ(error.remedy, "\"throughline mappings check " + path + "\" shows every fault");
  store::put_bytes(path, std::string(5'000'000, '#'));
  EXPECT_EQ(find_mapping(path).error().code, "mapping_too_long");
}

// What stands in the page between ```kind and ```.
std::string block_of(const std::string& page, const std::string& kind) {
  const std::string begin = "\n```" + kind + "\n";
  const std::size_t at = page.find(begin) + begin.size();
  return page.substr(at, page.find("```", at) - at);
}

TEST(OwnMappings, of_the_reference_read_the_file_beside_them) {
  const store::TestingFolder folder;
  const std::string page = store::bytes_of(std::string(base::k_source_folder) + "/docs/reference/mappings.md");
  const std::string toml = block_of(page, "toml");
  ASSERT_EQ(faults_of(toml, "page"), "");
  const Mapping mapping = *check_mapping(toml, "page").mapping;
  const std::string path = (folder.path() / "2025-03 North exploitation meetings.csv").string();
  store::put_bytes(path, block_of(page, "csv"));
  const auto source = open_rows(path).value();
  const BoundColumns bound = bind_columns(mapping, source->header(), source->content_name()).value();
  EXPECT_TRUE(bound.unmapped.empty());
  const TypedWindow typed = Typer(mapping, bound).type(source->parse(*source->next().value()));
  EXPECT_EQ(typed.rows_read, 2);
  EXPECT_EQ(typed.rows_rejected, 0);
  EXPECT_EQ(typed.coverage.text(), "Otherford Borough Council, north 2025-03");
  for (const auto& words : typed.new_words) EXPECT_TRUE(words.empty());
}

}  // namespace
}  // namespace throughline::records
