// Bodies that somebody else than the connection decides about: a file that may not grow, one that is left unread.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "serve/http_connection.h"
#include "serve/testing_connection.h"

namespace throughline::serve {
namespace {

// Refuses to let a file grow beyond so many bytes.
class ShortIntake final : public Intake {
 public:
  explicit ShortIntake(std::int64_t bytes_max) : left_(bytes_max) {}
  std::optional<Refusal> take(const std::filesystem::path& file, std::int64_t bytes) override {
    EXPECT_TRUE(std::filesystem::exists(file));
    left_ -= bytes;
    if (left_ >= 0) return std::nullopt;
    return Refusal{.status = 409, .code = "uploads_full"};
  }

 private:
  std::int64_t left_;
};

TEST(Connection, takes_no_more_of_a_file_than_its_intake_lets_it) {
  TestingConnection made;
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "throughline-connection-test-intake";
  std::filesystem::create_directory(folder);
  const auto intake = std::make_shared<ShortIntake>(100'000);
  made.site.planned = [&](const RequestHead&) {
    return KeepInFile{.folder = folder, .bytes_max = 1'000'000, .intake = intake};
  };
  made.begin();
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n" + std::string(200'000, 'a'));
  EXPECT_TRUE(made.ends.sent.starts_with("HTTP/1.1 409 ")) << made.ends.sent;
  EXPECT_TRUE(made.ends.sent.ends_with("uploads_full"));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  EXPECT_TRUE(made.site.asked.empty());
  made.end();
  EXPECT_TRUE(made.is_gone());
  EXPECT_EQ(intake.use_count(), 1) << "the connection has let it go";
  std::filesystem::remove_all(folder);
}

TEST(Connection, asks_the_site_about_a_body_that_is_left_unread_and_ends_then) {
  TestingConnection made;
  made.site.planned = [](const RequestHead&) { return LeaveUnread{}; };
  made.begin();
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\naaaa");
  EXPECT_TRUE(made.ends.sent.starts_with("HTTP/1.1 200 ")) << made.ends.sent;
  EXPECT_TRUE(made.ends.sent.ends_with("\r\n\r\nPOST /p "));
  EXPECT_NE(made.ends.sent.find("connection: close"), std::string::npos);
  made.send("GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(made.site.asked, std::vector<std::string>{"/p"});
  made.end();
  EXPECT_TRUE(made.is_gone());
}

}  // namespace
}  // namespace throughline::serve
