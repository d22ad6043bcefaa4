// One connection, as bytes: what the connection's logic needs of a socket, plain or TLS, and nothing more. Tests put
// memory in its place.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

namespace throughline::serve {

// Every function is called on the wire's own thread, and so is every callback, never from within the call it was given
// to; post() alone may be called from anywhere. A callback holds what keeps the wire alive. After close() nothing but
// callbacks with false comes.
class Wire {
 public:
  using Done = std::function<void(bool is_well)>;
  using Time = std::chrono::milliseconds;

  Wire() = default;
  virtual ~Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // Agrees on keys where the wire is secret.
  virtual void open(Done done) = 0;
  // Whatever is begun from now on fails unless it is done so long after now. Holds until it is set anew. REQUIRES: no
  // read or write is under way.
  virtual void set_deadline(Time time) = 0;
  // At least one byte into the room given, which stays until then.
  virtual void read(std::span<char> room, std::function<void(bool is_well, std::size_t count)> done) = 0;
  // Both texts, one after the other; they stay until then.
  virtual void write(std::string_view first, std::string_view second, Done done) = 0;
  // Once the other end has closed or, though it should be listening, sent something.
  virtual void watch(Done done) = 0;
  // Once so much time has passed, unless it is set anew or dropped before; then with false.
  virtual void set_alarm(Time time, Done done) = 0;
  virtual void drop_alarm() = 0;
  // Tells the other end that nothing more comes, where that can be told without an end to hearing it.
  virtual void end_sending() = 0;
  // Says goodbye as far as that is possible at once, and gives the connection up.
  virtual void close(Done done) = 0;
  virtual void post(std::function<void()> work) = 0;
};

}  // namespace throughline::serve
