#include "cli/private_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "cli/socket_frames.h"

namespace throughline::cli {
namespace {

namespace fs = std::filesystem;

struct PrivateSocketTest : testing::Test {
  // Longer than a socket's address has room for.
  fs::path folder =
      fs::temp_directory_path() / ("throughline-socket-" + std::to_string(::getpid())) / std::string(100, 'w');
  base::Interrupt never;
  PrivateSocketTest() { fs::create_directories(folder); }
  ~PrivateSocketTest() override { fs::remove_all(folder.parent_path()); }
  static void silent(std::string_view) {}
};

TEST_F(PrivateSocketTest, without_a_server_nothing_is_handed_over) {
  EXPECT_FALSE(hand_over(folder.string(), {}, never, silent).value().has_value());
}

TEST_F(PrivateSocketTest, what_a_killed_server_left_is_no_server) {
  std::ofstream(folder / "serve.sock") << "";
  EXPECT_FALSE(hand_over(folder.string(), {}, never, silent).value().has_value());
  const auto socket = PrivateSocket::listen(folder.string(), [](const auto&...) { return HandedBack{.code = 3}; });
  ASSERT_TRUE(socket.ok()) << socket.error().message();
  EXPECT_EQ(hand_over(folder.string(), {}, never, silent).value().value().code, 3);
}

TEST_F(PrivateSocketTest, a_command_arrives_as_typed_and_its_answer_comes_back) {
  HandedOver seen;
  const auto socket =
      PrivateSocket::listen(folder.string(), [&](const HandedOver& command, const auto&, const Tell& tell) {
        seen = command;
        tell("half ");
        tell("done");
        return HandedBack{.out = "out \xE2\x9C\x93", .err = "err", .code = 1};
      });
  ASSERT_TRUE(socket.ok());
  const HandedOver command{.arguments = {"measure", "--area", "Southend-on-Sea"},
                           .called_as = "./throughline",
                           .folder = "/somewhere",
                           .login = "somebody else",
                           .progress_style = base::ProgressStyle::bar,
                           .progress_width = 77,
                           .width = 90,
                           .is_colour = true};
  std::string told;
  const auto back = hand_over(folder.string(), command, never, [&](std::string_view text) { told += text; });
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back.value()->out, "out \xE2\x9C\x93");
  EXPECT_EQ(back.value()->err, "err");
  EXPECT_EQ(back.value()->code, 1);
  EXPECT_EQ(told, "half done");
  EXPECT_EQ(seen.arguments, command.arguments);
  EXPECT_EQ(seen.folder, command.folder);
  EXPECT_EQ(seen.called_as, command.called_as);
  EXPECT_EQ(seen.progress_style, command.progress_style);
  EXPECT_EQ(seen.progress_width, 77);
  EXPECT_EQ(seen.width, 90);
  EXPECT_TRUE(seen.is_colour);
  EXPECT_NE(seen.login, "somebody else") << "who it is, the operating system says";
  EXPECT_FALSE(seen.login.empty());
}

TEST_F(PrivateSocketTest, a_wish_to_stop_travels_with_it) {
  base::Interrupt wish;
  const auto socket =
      PrivateSocket::listen(folder.string(), [&](const auto&, const base::Interrupt& interrupt, const auto&) {
        wish.request();
        while (!interrupt.interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return HandedBack{.code = 5};
      });
  ASSERT_TRUE(socket.ok());
  EXPECT_EQ(hand_over(folder.string(), {}, wish, silent).value().value().code, 5);
}

TEST_F(PrivateSocketTest, a_server_that_ends_interrupts_what_is_under_way_and_its_answer_still_comes) {
  std::atomic<bool> is_begun = false;
  auto socket = PrivateSocket::listen(folder.string(), [&](const auto&, const base::Interrupt& interrupt, const auto&) {
    is_begun = true;
    while (!interrupt.interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return HandedBack{.code = 4};
  });
  ASSERT_TRUE(socket.ok());
  std::thread ending([&] {
    while (!is_begun) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::move(socket).value().reset();
  });
  EXPECT_EQ(hand_over(folder.string(), {}, never, silent).value().value().code, 4);
  ending.join();
  EXPECT_FALSE(fs::exists(folder / "serve.sock"));
}

// A connection that says nothing.
Descriptor silent_connection(const fs::path& folder) {
  const Descriptor place(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  const std::string path = "/proc/self/fd/" + std::to_string(place.number()) + "/serve.sock";
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, sizeof(name.sun_path) - 1);
  Descriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::connect(connection.number(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)), 0);
  return connection;
}

TEST_F(PrivateSocketTest, clients_that_say_nothing_keep_no_other_waiting_and_end_with_the_server) {
  const auto begun = std::chrono::steady_clock::now();
  std::vector<Descriptor> silent_ones;
  {
    const auto socket = PrivateSocket::listen(folder.string(), [](const auto&...) { return HandedBack{.code = 3}; });
    ASSERT_TRUE(socket.ok());
    for (int i = 0; i < 5; ++i) silent_ones.push_back(silent_connection(folder));
    EXPECT_EQ(hand_over(folder.string(), {}, never, silent).value().value().code, 3);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3)) << "five would be waited for each";
}

TEST(SocketFrames, a_frame_comes_back_as_it_was_sent_and_nothing_else_is_one) {
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  Descriptor one(pair[0]);
  const Descriptor other(pair[1]);
  ASSERT_TRUE(send_frame(one.number(), FrameKind::answer, std::string("a\0b", 3)));
  const auto frame = receive_frame(other.number());
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(frame->kind, FrameKind::answer);
  EXPECT_EQ(frame->body, std::string("a\0b", 3));
  ASSERT_EQ(::send(one.number(), "X\0\0\0\1x", 6, 0), 6);
  EXPECT_FALSE(receive_frame(other.number()).has_value()) << "X is no kind";
}

TEST(SocketFrames, a_frame_that_is_cut_or_too_long_is_none) {
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  const Descriptor other(pair[1]);
  {
    const Descriptor one(pair[0]);
    ASSERT_EQ(::send(one.number(), "P\0\0\0\5abc", 8, 0), 8);
  }
  EXPECT_FALSE(receive_frame(other.number()).has_value());
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  const Descriptor sender(pair[0]);
  const Descriptor receiver(pair[1]);
  ASSERT_EQ(::send(sender.number(), "P\xFF\xFF\xFF\xFF", 5, 0), 5);
  EXPECT_FALSE(receive_frame(receiver.number()).has_value());
}

}  // namespace
}  // namespace throughline::cli
