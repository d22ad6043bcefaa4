// A connection's wire in memory, and runners that run when told: a whole connection can be driven byte by byte, without
// sockets, threads or time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "serve/http_wire.h"
#include "serve/http_workers.h"

namespace throughline::serve {

// Work that waits until it is run.
class WorkQueue final : public Runner {
 public:
  [[nodiscard]] bool offer(std::function<void()> work) override {
    if (!is_full_) waiting_.push_back(std::move(work));
    return !is_full_;
  }
  // Runs what waits, and what comes of it here. Whether there was anything.
  bool run_all() {
    const bool was_any = !waiting_.empty();
    while (!waiting_.empty()) {
      const std::function<void()> work = std::exchange(waiting_.front(), {});
      waiting_.pop_front();
      work();
    }
    return was_any;
  }
  void set_full(bool is_full) { is_full_ = is_full; }
  void drop_all() { std::exchange(waiting_, {}).clear(); }

 private:
  bool is_full_ = false;
  std::deque<std::function<void()>> waiting_;
};

// What a test sees and steers of a wire; it outlives the wire. The functions are empty while there is nothing to call.
struct WireEnds {
  std::string incoming;             // Not yet read by the connection.
  std::size_t step_bytes = 65'536;  // Read at most so many at a time.
  bool is_ended = false;            // The client sends no more.
  std::string sent;
  WorkQueue steps;
  bool is_closed = false;
  bool is_sending_ended = false;
  std::vector<std::int64_t> deadlines;  // In milliseconds, in the order set.
  std::function<void()> feed;           // Something came, or the client ended.
  std::function<void()> cut;            // As if the deadline had passed: what is under way fails.
  std::function<void()> ring;           // As if the alarm's time had passed.
  std::function<void()> leave;          // As if the client had gone, told to whoever watches.
};

class MemoryWire final : public Wire {
 public:
  explicit MemoryWire(WireEnds& ends) : ends_(ends) {
    ends_.feed = [this] { feed(); };
    ends_.cut = [this] {
      ends_.is_closed = true;
      feed();
    };
  }
  ~MemoryWire() override { ends_.feed = ends_.cut = ends_.ring = ends_.leave = {}; }

  void open(Done done) override { tell(std::move(done), true); }
  void set_deadline(Time time) override { ends_.deadlines.push_back(time.count()); }
  void read(std::span<char> room, std::function<void(bool, std::size_t)> done) override {
    CHECK(reading_ == nullptr);
    room_ = room;
    reading_ = std::move(done);
    feed();
  }
  void write(std::string_view first, std::string_view second, Done done) override {
    if (!ends_.is_closed) ends_.sent.append(first).append(second);
    tell(std::move(done), !ends_.is_closed);
  }
  void watch(Done done) override {
    ends_.leave = [this, done = std::move(done)] { tell(done, true); };
  }
  void set_alarm(Time /*time*/, Done done) override {
    ends_.ring = [this, done = std::move(done)] { tell(done, true); };
  }
  void drop_alarm() override { ends_.ring = {}; }
  void end_sending() override { ends_.is_sending_ended = true; }
  void close(Done done) override {
    ends_.is_closed = true;
    ends_.leave = {};
    feed();
    tell(std::move(done), true);
  }
  void post(std::function<void()> work) override { CHECK(ends_.steps.offer(std::move(work))); }

 private:
  void tell(Done done, bool is_well) {
    post([done = std::move(done), is_well] { done(is_well); });
  }
  // Goes on with a read that waits for bytes, once there are any or will be none.
  void feed() {
    const bool is_over = ends_.is_closed || ends_.is_ended;
    if (reading_ == nullptr || (ends_.incoming.empty() && !is_over)) return;
    const std::size_t count = ends_.is_closed ? 0 : std::min({ends_.incoming.size(), room_.size(), ends_.step_bytes});
    std::copy_n(ends_.incoming.begin(), count, room_.begin());
    ends_.incoming.erase(0, count);
    post([done = std::exchange(reading_, nullptr), count] { done(count > 0, count); });
  }

  WireEnds& ends_;
  std::span<char> room_;
  std::function<void(bool, std::size_t)> reading_;
};

}  // namespace throughline::serve
