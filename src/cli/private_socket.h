// One process holds a workspace; while a server does, the command line hands its commands over to it through a socket
// in the workspace's own folder, which only the same user of the machine can open.
//
// A command that is handed over is read and carried out by the server as if it had been typed there, by whoever typed
// it: the operating system says who that is. When the other end goes away or asks to stop, the command is interrupted.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace throughline::cli {

// A command as it was typed, and what is needed to answer as there.
struct HandedOver {
  std::vector<std::string> arguments;
  std::string called_as;
  std::string folder;  // In which it was typed; paths are relative to it.
  std::string login;   // Filled by the listening side, from the operating system.
  base::ProgressStyle progress_style = base::ProgressStyle::none;
  int progress_width = 80;
  int width = 100;
  bool is_colour = false;
};

// What the command line prints, and its exit code.
struct HandedBack {
  std::string out{};
  std::string err{};
  int code = 0;
};

// Shows progress as it is told.
using Tell = std::function<void(std::string_view)>;
using CarryOut = std::function<HandedBack(const HandedOver&, const base::Interrupt&, const Tell&)>;

class PrivateSocket {
 public:
  // Listens in the workspace's folder until it ends; then commands under way are interrupted and waited for. Each is
  // read and carried out on a thread of its own, so that one that says nothing keeps no other waiting. REQUIRES that
  // this process holds the workspace. Error "socket_unusable".
  [[nodiscard]] static base::Result<std::unique_ptr<PrivateSocket>> listen(const std::string& workspace,
                                                                           CarryOut carry_out);
  PrivateSocket(const PrivateSocket&) = delete;
  PrivateSocket& operator=(const PrivateSocket&) = delete;
  ~PrivateSocket();

 private:
  struct State;
  explicit PrivateSocket(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Hands a command over and waits. Nothing when no server listens there. Errors: "server_gone" when it ended before it
// answered; "server_refuses" when it is another user's.
[[nodiscard]] base::Result<std::optional<HandedBack>> hand_over(const std::string& workspace, const HandedOver& command,
                                                                const base::Interrupt& interrupt, const Tell& tell);

}  // namespace throughline::cli
