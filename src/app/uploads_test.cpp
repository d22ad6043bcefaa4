#include "app/uploads.h"

#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/upload_look.h"
#include "store/files.h"

namespace throughline::app {
namespace {

constexpr std::string_view k_centres = "FID,GlobalID,LSOA21CD,x,y\n1,g,E01000001,532000,181000\n2,g,nothing,1,2\n";

struct UploadsAt {
  MadeUpWorld world;
  std::unique_ptr<Uploads> uploads;

  UploadsAt() {
    static_cast<void>(world.founded());
    uploads = Uploads::open(world.outside, world.folder.path() / "uploads").value();
  }
  [[nodiscard]] base::Result<Upload> add(const Settings& settings, const std::string& name,
                                         std::string_view text) const {
    const std::filesystem::path file = uploads->folder() / "arrived";
    EXPECT_TRUE(store::write_whole(file, text).ok());
    return uploads->add(world.outside, settings, {.file = file, .name = name});
  }
};

TEST(Upload, IsTakenForWhatItsHeaderSaysAndItsRowsAreJudgedWithoutAValue) {
  const UploadsAt at;
  const Upload shown = at.add(at.world.settings, "centres.csv", k_centres).value();
  EXPECT_FALSE(shown.problem) << shown.problem->message();
  EXPECT_EQ(shown.mapping, "lsoa-centroids");
  EXPECT_EQ(shown.candidates.front().name, "lsoa-centroids");
  ASSERT_TRUE(shown.sample);
  EXPECT_EQ(shown.sample->rows, 2);
  EXPECT_EQ(shown.sample->records, 1);
  EXPECT_EQ(shown.sample->rejected, 1);
  ASSERT_FALSE(shown.sample->rules.empty());
  EXPECT_EQ(shown.sample->rules.front().column, "LSOA21CD");
  EXPECT_EQ(shown.known_as, "");
}

TEST(Upload, ThatNoMappingFitsComesWithADraftThatHasNoFault) {
  const UploadsAt at;
  const Upload shown = at.add(at.world.settings, "own.csv", "Ref,Date of \"meeting\",Ward\n1,2,3\n").value();
  ASSERT_TRUE(shown.problem);
  EXPECT_EQ(shown.problem->code, "mapping_not_detected");
  const records::CheckedMapping checked = records::check_mapping(shown.toml, "draft");
  EXPECT_TRUE(checked.faults.empty()) << checked.faults.front().what << "\n" << shown.toml;
  const Upload mapped =
      at.uploads
          ->map(at.world.outside, at.world.settings, {.upload = shown.upload, .mapping = "own", .toml = shown.toml})
          .value();
  EXPECT_FALSE(mapped.problem) << mapped.problem->message();
  EXPECT_EQ(mapped.mapping, "own");
  EXPECT_EQ(mapped.sample->rows, 1);
}

TEST(Upload, OfAnotherAccountIsAsIfItWereNotThere) {
  const UploadsAt at;
  at.world.add_account("bob", "analyst");
  const std::string upload = at.add(at.world.settings, "centres.csv", k_centres).value().upload;
  const Settings bob = at.world.as("bob");
  EXPECT_EQ(at.uploads->find(at.world.outside, bob, upload).error().code, "upload_unknown");
  EXPECT_EQ(at.uploads->remove(at.world.outside, bob, upload).error().code, "upload_unknown");
  EXPECT_TRUE(at.uploads->list(at.world.outside, bob).value().empty());
  EXPECT_EQ(at.uploads->list(at.world.outside, at.world.settings).value().size(), 1U);
}

TEST(Upload, is_nobodys_once_its_maker_may_bring_nothing_in) {
  const UploadsAt at;
  at.world.add_account("bob", "analyst");
  const Settings bob = at.world.as("bob");
  const std::string upload = at.add(bob, "centres.csv", k_centres).value().upload;
  EXPECT_EQ(at.uploads->order(at.world.outside, at.world.settings, upload).error().code, "upload_unknown");
  EXPECT_TRUE(at.uploads->order(at.world.outside, bob, upload).ok());
  at.world.run_accounts({.act = "grant", .name = "bob", .role = "auditor"});
  at.world.run_accounts({.act = "revoke", .name = "bob", .role = "analyst"});
  EXPECT_EQ(at.uploads->order(at.world.outside, bob, upload).error().code, "refused") << "asked each time";
  EXPECT_EQ(at.uploads->find(at.world.outside, bob, upload).error().code, "refused");
}

TEST(Upload, NeverUsesTheNameGivenAsAPath) {
  const UploadsAt at;
  const Upload shown = at.add(at.world.settings, "../../etc/centres.csv", k_centres).value();
  EXPECT_EQ(shown.file_name, "centres.csv");
  EXPECT_EQ(at.add(at.world.settings, "..", k_centres).error().code, "file_name");
  EXPECT_EQ(at.add(at.world.settings, ".hidden", k_centres).error().code, "file_name");
  EXPECT_EQ(at.add(at.world.settings, "a\x1b[2J:b.csv", k_centres).value().file_name, "a__2J_b.csv");
}

TEST(Upload, BeyondFiveOfAnAccountIsRefused) {
  const UploadsAt at;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(at.add(at.world.settings, "centres.csv", k_centres).ok());
  EXPECT_EQ(at.add(at.world.settings, "centres.csv", k_centres).error().code, "uploads_full");
}

TEST(Upload, is_counted_while_it_arrives_and_only_once_when_it_is_there) {
  UploadsAt at;
  at.uploads = Uploads::open(at.world.outside, at.world.folder.path() / "uploads", {.files_max = 2}).value();
  const ledger::AccountId founder(1);
  auto first = at.uploads->expect(founder, 0).value();
  auto second = at.uploads->expect(founder, 0).value();
  EXPECT_EQ(at.uploads->expect(founder, 0).error().code, "uploads_full");
  second.reset();
  ASSERT_TRUE(first->take(at.uploads->folder() / "arrived", 10).ok());
  ASSERT_TRUE(at.add(at.world.settings, "centres.csv", k_centres).ok());
  second = at.uploads->expect(founder, 0).value();
  first.reset();
  EXPECT_EQ(at.uploads->expect(founder, 0).error().code, "uploads_full") << "the one that is there still counts";
}

TEST(Upload, that_fails_half_way_leaves_nothing_behind) {
  const UploadsAt at;
  const std::filesystem::path folder = at.world.folder.path() / "uploads";
  const std::filesystem::path elsewhere = at.world.folder.path() / "arrived";
  ASSERT_TRUE(store::write_whole(elsewhere, k_centres).ok());
  const auto add = [&] {
    return at.uploads->add(at.world.outside, at.world.settings, {.file = elsewhere, .name = "centres.csv"});
  };
  // Where the folder should be lies a file, so that nothing can be put there.
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(store::write_whole(folder, "").ok());
  for (int i = 0; i < 6; ++i) {
    const auto failed = add();
    ASSERT_FALSE(failed.ok());
    EXPECT_NE(failed.error().code, "uploads_full") << i;
  }
  EXPECT_TRUE(at.uploads->list(at.world.outside, at.world.settings).value().empty());
  std::filesystem::remove(folder);
  std::filesystem::create_directory(folder);
  EXPECT_TRUE(add().ok()) << "the six took no room";
}

TEST(Upload, CannotBeMappedByAFileOfTheServer) {
  const UploadsAt at;
  const std::string upload = at.add(at.world.settings, "centres.csv", k_centres).value().upload;
  const Upload mapped =
      at.uploads->map(at.world.outside, at.world.settings, {.upload = upload, .mapping = "/etc/own.toml", .toml = ""})
          .value();
  EXPECT_EQ(mapped.problem->code, "mapping_unknown");
  EXPECT_EQ(at.uploads->order(at.world.outside, at.world.as("founder"), upload).error().code, "upload_unreadable");
}

}  // namespace
}  // namespace throughline::app
