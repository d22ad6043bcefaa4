// What goes through the private socket: frames of a kind, a length and that many bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace throughline::cli {

// An open file that is closed when this ends.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

enum class FrameKind : unsigned char { command = 'C', progress = 'P', answer = 'A', stop = 'S' };

struct Frame {
  FrameKind kind = FrameKind::command;
  std::string body;
};

// Longer ones are a fault of the other end.
inline constexpr std::size_t k_frame_bytes_max = std::size_t{256} << 20;

// False when the other end is gone.
[[nodiscard]] bool send_frame(int descriptor, FrameKind kind, std::string_view body);
// Nothing at the end, in the middle of a frame, and for what is no frame.
[[nodiscard]] std::optional<Frame> receive_frame(int descriptor);

}  // namespace throughline::cli
