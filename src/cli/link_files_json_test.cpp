#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/link_files.h"
#include "app/made_up_world.h"
#include "cli/arguments.h"
#include "cli/render.h"

namespace throughline::cli {
namespace {

struct LinkFilesJson : testing::Test, app::MadeUpWorld {};

TEST_F(LinkFilesJson, has_what_was_read_compared_and_put_together_by_name) {
  store::put_bytes(path("people.csv"), "row,first_name,surname\n1,Inventa,Fictonbee\n2,Imagino,Madeupson\n");
  const app::Report report =
      app::link_files(outside, settings,
                      {.inputs = {path("people.csv")}, .ids = {"row"}, .output = path("clusters.csv")})
          .value();
  const nlohmann::json answer = nlohmann::json::parse(render_json(report));
  EXPECT_EQ(answer.at("verb"), "link");
  std::map<std::string, nlohmann::json> sections;
  for (const nlohmann::json& section : answer.at("sections")) sections[section.at("name")] = section;
  const std::string all = answer.dump();
  EXPECT_NE(all.find("\"source_dataset\":\"people\""), std::string::npos) << all;
  EXPECT_EQ(sections.count("inputs") + sections.count("blocking") + sections.count("result"), 3U) << all;
}

// As a running server does that is given a command typed in another folder.
TEST_F(LinkFilesJson, reads_and_writes_where_the_command_was_typed) {
  const std::string typed_in = path("typed here");
  std::filesystem::create_directories(typed_in);
  store::put_bytes(typed_in + "/people.csv", "row,first_name,surname\n1,Inventa,Fictonbee\n2,Imagino,Madeupson\n");
  Command command = parse_arguments({"link", "--input", "people.csv", "--id", "row", "--output", "clusters.csv",
                                     "--pairs", "sub/../pairs.csv"},
                                    typed_in)
                        .value();
  const app::Answer answer = command.run(outside, command.settings);
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_TRUE(std::filesystem::exists(typed_in + "/clusters.csv"));
  EXPECT_TRUE(std::filesystem::exists(typed_in + "/pairs.csv"));
  command = parse_arguments({"link", "replay", "link.json"}, typed_in).value();
  EXPECT_NE(command.run(outside, settings).error().message().find(typed_in + "/link.json"), std::string::npos);
  command = parse_arguments({"link", "--input", "people.csv", "--id", "row", "--splink-model", "model.json", "--output",
                             "scored.csv"},
                            typed_in)
                .value();
  EXPECT_NE(command.run(outside, settings).error().message().find(typed_in + "/model.json"), std::string::npos);
}

// What a record or a purpose is called is no path.
TEST_F(LinkFilesJson, leaves_names_that_are_no_files_as_they_are) {
  const Command command = parse_arguments({"link", "explain", "nonsense", "other"}, "/somewhere").value();
  const app::Answer answer = command.run(outside, settings);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message().find("/somewhere"), std::string::npos);
}

}  // namespace
}  // namespace throughline::cli
