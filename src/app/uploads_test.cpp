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

TEST(Upload, CannotBeMappedByAFileOfTheServer) {
  const UploadsAt at;
  const std::string upload = at.add(at.world.settings, "centres.csv", k_centres).value().upload;
  const Upload mapped =
      at.uploads->map(at.world.outside, at.world.settings, {.upload = upload, .mapping = "/etc/own.toml", .toml = ""})
          .value();
  EXPECT_EQ(mapped.problem->code, "mapping_unknown");
  EXPECT_EQ(at.uploads->order(at.world.as("founder"), upload).error().code, "upload_unreadable");
}

}  // namespace
}  // namespace throughline::app
