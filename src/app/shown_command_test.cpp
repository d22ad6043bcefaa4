#include "app/shown_command.h"

#include <gtest/gtest.h>

namespace throughline::app {
namespace {

TEST(ShownCommand, names_the_workspace_only_where_it_is_not_the_usual_one) {
  Settings settings;
  EXPECT_EQ(shown_command(settings, {"quality"}), "throughline quality");
  settings.workspace = "demo-workspace";
  settings.program = "./throughline";
  EXPECT_EQ(shown_command(settings, {"trace", "crimes/drugs/E23000028/2025-03"}),
            "./throughline trace crimes/drugs/E23000028/2025-03 -w demo-workspace");
}

TEST(ShownCommand, a_word_that_a_shell_would_change_is_quoted) {
  EXPECT_EQ(shell_text({"ingest", "my file.csv", "it's", "$HOME", ""}), "ingest 'my file.csv' 'it'\\''s' '$HOME' ''");
}

}  // namespace
}  // namespace throughline::app
