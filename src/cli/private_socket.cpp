#include "cli/private_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <list>
#include <mutex>
#include <thread>

#include <nlohmann/json.hpp>

#include "cli/socket_frames.h"

namespace throughline::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Json = nlohmann::ordered_json;

constexpr const char* k_socket_name = "serve.sock";
constexpr int k_connections_waiting_max = 16;
constexpr int k_stop_look_ms = 200;
constexpr timeval k_patience_receiving{.tv_sec = 5, .tv_usec = 0};
constexpr timeval k_patience_sending{.tv_sec = 30, .tv_usec = 0};

// A socket's address has room for 107 letters, and a workspace's path may be longer: it is named through its folder's
// open descriptor.
struct Address {
  Descriptor folder;
  sockaddr_un name{};
};

std::optional<Address> address_in(const std::string& workspace) {
  Address address{.folder = Descriptor(::open(workspace.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), .name = {}};
  if (!address.folder.is_open()) return {};
  address.name.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(address.folder.number()) + "/" + k_socket_name;
  std::memcpy(address.name.sun_path, path.c_str(), path.size() + 1);
  return address;
}

Descriptor unix_socket() {
  return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

const sockaddr* plain(const sockaddr_un& name) {
  return reinterpret_cast<const sockaddr*>(&name);
}

std::optional<ucred> other_end(int descriptor) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return {};
  return credentials;
}

std::string login_of(uid_t user) {
  const passwd* entry = ::getpwuid(user);
  return entry == nullptr ? "user-" + std::to_string(user) : std::string(entry->pw_name);
}

std::string encode(const HandedOver& command) {
  return Json({{"arguments", command.arguments},
               {"called_as", command.called_as},
               {"folder", command.folder},
               {"progress_style", static_cast<int>(command.progress_style)},
               {"progress_width", command.progress_width},
               {"width", command.width},
               {"is_colour", command.is_colour}})
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<HandedOver> decode(const std::string& text, const std::string& login) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return {};
  try {
    return HandedOver{.arguments = json.at("arguments").get<std::vector<std::string>>(),
                      .called_as = json.at("called_as").get<std::string>(),
                      .folder = json.at("folder").get<std::string>(),
                      .login = login,
                      .progress_style = static_cast<base::ProgressStyle>(json.at("progress_style").get<int>()),
                      .progress_width = json.at("progress_width").get<int>(),
                      .width = json.at("width").get<int>(),
                      .is_colour = json.at("is_colour").get<bool>()};
  } catch (const Json::exception&) {
    return {};
  }
}

}  // namespace

// One command under way.
struct Serving {
  Descriptor connection;
  base::Interrupt interrupt;
  std::atomic<bool> is_over = false;
  std::thread carrying_out;
  std::thread listening;  // For a wish to stop, and for the other end's end. The other thread's to begin and to join.

  // So that it ends soon: a command under way is interrupted, and one that was not sent yet is not waited for.
  void end_soon() {
    interrupt.request();
    ::shutdown(connection.number(), SHUT_RD);
  }
};

struct PrivateSocket::State {
  std::filesystem::path path;
  CarryOut carry_out;
  Descriptor socket;
  std::atomic<bool> is_ending = false;
  std::thread accepting;
  std::list<Serving> commands;  // Only the accepting thread's, until it has ended.

  void accept_commands();
  void begin(Descriptor connection);
  void serve(Serving& serving, const std::string& login) const;
  void answer(Serving& serving, const HandedOver& command) const;
};

void PrivateSocket::State::answer(Serving& serving, const HandedOver& command) const {
  std::mutex sending;
  const Tell tell = [&](std::string_view text) {
    const std::scoped_lock lock(sending);
    if (!send_frame(serving.connection.number(), FrameKind::progress, text)) serving.interrupt.request();
  };
  const HandedBack back = carry_out(command, serving.interrupt, tell);
  const std::string text = Json({{"out", back.out}, {"err", back.err}, {"code", back.code}})
                               .dump(-1, ' ', false, Json::error_handler_t::replace);
  static_cast<void>(send_frame(serving.connection.number(), FrameKind::answer, text));
}

void PrivateSocket::State::begin(Descriptor connection) {
  const auto credentials = other_end(connection.number());
  if (!credentials || (credentials->uid != ::geteuid() && credentials->uid != 0)) return;
  Serving& serving = commands.emplace_back();
  serving.connection = std::move(connection);
  serving.carrying_out = std::thread([this, &serving, login = login_of(credentials->uid)] {
    serve(serving, login);
    ::shutdown(serving.connection.number(), SHUT_RDWR);
    if (serving.listening.joinable()) serving.listening.join();
    serving.is_over = true;
  });
}

// On a thread of the connection's own: whoever opens one and says nothing waits for themselves alone.
void PrivateSocket::State::serve(Serving& serving, const std::string& login) const {
  const int connection = serving.connection.number();
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &k_patience_receiving, sizeof(k_patience_receiving));
  const auto frame = receive_frame(connection);
  if (!frame || frame->kind != FrameKind::command) return;
  const auto command = decode(frame->body, login);
  if (!command) return;
  // Whoever does not read what they asked for must not hold the command, and with it a writer's turn, for ever.
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &k_patience_sending, sizeof(k_patience_sending));
  const timeval for_ever{.tv_sec = 0, .tv_usec = 0};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &for_ever, sizeof(for_ever));
  serving.listening = std::thread([&serving] {
    // A frame from the other end can only wish to stop; no frame means that it is gone.
    static_cast<void>(receive_frame(serving.connection.number()));
    serving.interrupt.request();
  });
  answer(serving, *command);
}

void PrivateSocket::State::accept_commands() {
  while (!is_ending) {
    pollfd waiting{.fd = socket.number(), .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, k_stop_look_ms) > 0) {
      Descriptor connection(::accept4(socket.number(), nullptr, nullptr, SOCK_CLOEXEC));
      if (connection.is_open()) begin(std::move(connection));
    }
    commands.remove_if([](Serving& serving) {
      // Asked once: a command that ends between two askings would be removed with its threads unjoined.
      const bool is_over = serving.is_over;
      if (is_over) serving.carrying_out.join();
      return is_over;
    });
  }
}

PrivateSocket::PrivateSocket(std::unique_ptr<State> state) : state_(std::move(state)) {}

PrivateSocket::~PrivateSocket() {
  state_->is_ending = true;
  state_->accepting.join();
  std::error_code failure;
  std::filesystem::remove(state_->path, failure);
  for (Serving& serving : state_->commands) serving.end_soon();
  for (Serving& serving : state_->commands) serving.carrying_out.join();
}

Result<std::unique_ptr<PrivateSocket>> PrivateSocket::listen(const std::string& workspace, CarryOut carry_out) {
  auto state = std::make_unique<State>();
  state->path = std::filesystem::path(workspace) / k_socket_name;
  state->carry_out = std::move(carry_out);
  const auto address = address_in(workspace);
  std::error_code failure;
  std::filesystem::remove(state->path, failure);  // Left by a server that was killed: the lock says that none lives.
  state->socket = unix_socket();
  const bool is_listening = address && state->socket.is_open() && ::fchmod(state->socket.number(), 0600) == 0 &&
                            ::bind(state->socket.number(), plain(address->name), sizeof(address->name)) == 0 &&
                            ::listen(state->socket.number(), k_connections_waiting_max) == 0;
  if (!is_listening) {
    return Error{ErrorKind::world, "socket_unusable",
                 std::string("Commands cannot be taken over from the command line: ") + std::strerror(errno),
                 state->path.string(), "The workspace must lie on a file system that can hold a socket"};
  }
  State* shared = state.get();
  state->accepting = std::thread([shared] { shared->accept_commands(); });
  return std::unique_ptr<PrivateSocket>(new PrivateSocket(std::move(state)));
}

namespace {

std::optional<HandedBack> decode_answer(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return {};
  return HandedBack{.out = json.value("out", std::string()),
                    .err = json.value("err", std::string()),
                    .code = json.value("code", static_cast<int>(ErrorKind::world))};
}

// The next frame, sooner or later; a wish to stop is passed on once. Nothing when the other end is gone.
std::optional<Frame> awaited(int connection, const base::Interrupt& interrupt, bool& is_stop_sent) {
  while (true) {
    if (interrupt.interrupted() && !is_stop_sent) {
      is_stop_sent = true;
      static_cast<void>(send_frame(connection, FrameKind::stop, ""));
    }
    pollfd waiting{.fd = connection, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, k_stop_look_ms) > 0) return receive_frame(connection);
  }
}

}  // namespace

Result<std::optional<HandedBack>> hand_over(const std::string& workspace, const HandedOver& command,
                                            const base::Interrupt& interrupt, const Tell& tell) {
  const auto address = address_in(workspace);
  const Descriptor connection = unix_socket();
  if (!address || !connection.is_open() ||
      ::connect(connection.number(), plain(address->name), sizeof(address->name)) != 0) {
    return std::optional<HandedBack>();
  }
  const Error gone{ErrorKind::world, "server_gone", "The server that holds this workspace ended before it answered",
                   workspace, "Type the command again"};
  if (!send_frame(connection.number(), FrameKind::command, encode(command))) return gone;
  bool is_stop_sent = false;
  while (const auto frame = awaited(connection.number(), interrupt, is_stop_sent)) {
    if (frame->kind == FrameKind::progress) tell(frame->body);
    if (frame->kind != FrameKind::answer) continue;
    std::optional<HandedBack> answer = decode_answer(frame->body);
    if (!answer) break;
    return answer;
  }
  return gone;
}

}  // namespace throughline::cli
