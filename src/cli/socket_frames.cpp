#include "cli/socket_frames.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace throughline::cli {

namespace {

constexpr std::size_t k_head_bytes = 5;

bool send_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_all(int descriptor, char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::recv(descriptor, bytes, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool is_kind(char letter) {
  return std::string_view("CPAS").find(letter) != std::string_view::npos;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

bool send_frame(int descriptor, FrameKind kind, std::string_view body) {
  std::string head(k_head_bytes, static_cast<char>(kind));
  for (std::size_t i = 0; i < 4; ++i) head[i + 1] = static_cast<char>((body.size() >> (8 * (3 - i))) & 0xFFU);
  return body.size() <= k_frame_bytes_max && send_all(descriptor, head) && send_all(descriptor, body);
}

std::optional<Frame> receive_frame(int descriptor) {
  std::array<char, k_head_bytes> head{};
  if (!receive_all(descriptor, head.data(), head.size()) || !is_kind(head[0])) return {};
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = (length << 8U) | static_cast<unsigned char>(head[i + 1]);
  if (length > k_frame_bytes_max) return {};
  Frame frame{.kind = static_cast<FrameKind>(head[0]), .body = std::string(length, '\0')};
  if (!receive_all(descriptor, frame.body.data(), length)) return {};
  return frame;
}

}  // namespace throughline::cli
