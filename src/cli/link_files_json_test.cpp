#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/link_files.h"
#include "app/made_up_world.h"
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

}  // namespace
}  // namespace throughline::cli
