#include "app/drafts.h"

#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "store/files.h"

namespace throughline::app {
namespace {

struct DraftsAt {
  MadeUpWorld world;
  std::filesystem::path folder = world.folder.path() / "drafts";
  std::filesystem::path keys = world.folder.path();
  [[nodiscard]] std::unique_ptr<Drafts> open() const { return Drafts::open(world.outside, folder, keys).value(); }
  [[nodiscard]] std::filesystem::path only_file() const { return std::filesystem::directory_iterator(folder)->path(); }
};

TEST(Draft, IsThereAgainAfterARestartForItsAccountAlone) {
  const DraftsAt at;
  EXPECT_TRUE(at.open()->keep(k_ann, "mapping", "half a thought").ok());
  const auto drafts = at.open();
  EXPECT_EQ(drafts->find(k_ann, "mapping").value().text, "half a thought");
  EXPECT_EQ(drafts->find(k_bob, "mapping").error().code, "draft_unknown");
  EXPECT_EQ(drafts->remove(k_bob, "mapping").error().code, "draft_unknown");
  EXPECT_TRUE(drafts->remove(k_ann, "mapping").ok());
  EXPECT_EQ(drafts->find(k_ann, "mapping").error().code, "draft_unknown");
}

TEST(Draft, LiesSealedInAFileWhoseNameTellsNothing) {
  const DraftsAt at;
  EXPECT_TRUE(at.open()->keep(k_ann, "testwin-exampleton", "a secret thought").ok());
  const std::string sealed = store::read_whole(at.only_file()).value();
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_EQ(sealed.find("exampleton"), std::string::npos);
  EXPECT_EQ(at.only_file().string().find("exampleton"), std::string::npos);
}

TEST(Draft, ThatWasAlteredOrMovedIsDamaged) {
  const DraftsAt at;
  const auto drafts = at.open();
  EXPECT_TRUE(drafts->keep(k_ann, "one", "text").ok());
  const std::filesystem::path one = at.only_file();
  std::string sealed = store::read_whole(one).value();
  EXPECT_TRUE(drafts->keep(k_ann, "two", "other").ok());
  for (const auto& file : std::filesystem::directory_iterator(at.folder)) {
    if (file.path() != one)
      std::filesystem::copy_file(file.path(), one, std::filesystem::copy_options::overwrite_existing);
  }
  EXPECT_EQ(drafts->find(k_ann, "one").error().code, "draft_damaged");
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  EXPECT_TRUE(store::write_whole(one, sealed).ok());
  EXPECT_EQ(drafts->find(k_ann, "one").error().code, "draft_damaged");
}

TEST(Draft, is_not_kept_where_the_others_cannot_be_counted) {
  const DraftsAt at;
  const auto drafts = at.open();
  std::filesystem::remove(at.folder);
  ASSERT_TRUE(store::write_whole(at.folder, "no folder").ok());
  const auto kept = drafts->keep(k_ann, "one", "x");
  ASSERT_FALSE(kept.ok());
  EXPECT_NE(kept.error().message().find("the drafts cannot be listed"), std::string::npos) << kept.error().message();
}

TEST(Draft, BeyondFiftyIsRefusedAndOneOfThemMayStillChange) {
  const DraftsAt at;
  const auto drafts = at.open();
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(drafts->keep(k_ann, "draft-" + std::to_string(i), "x").ok());
  EXPECT_EQ(drafts->keep(k_ann, "one-more", "x").error().code, "drafts_full");
  EXPECT_TRUE(drafts->keep(k_ann, "draft-7", "y").ok());
  EXPECT_TRUE(drafts->keep(k_bob, "one-more", "x").ok());
}

}  // namespace
}  // namespace throughline::app
