// What a verb may use of the world, handed down by the command line or the server, chosen by a test.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/date.h"
#include "base/progress.h"

namespace throughline::app {

class Host;

struct Outside {
  base::Clock& clock;
  base::Entropy& entropy;
  base::Progress& progress;
  const base::Interrupt& interrupt;
  // The workspace that a server holds open. Null: each act opens its own.
  Host* host = nullptr;
};

// What every verb may be told. A path is as the user gave it; an empty account means the person who runs the program.
struct Settings {
  std::string program = "throughline";  // How the program was called, so that commands it shows can be typed.
  std::string workspace = "throughline-workspace";
  std::string keys;                           // Empty: `<workspace>.keys` beside it.
  std::string account;                        // Who acts, by short name.
  std::string login;                          // The operating system's name for that person, read by cli.
  std::optional<base::Date> as_of;            // What was known at the end of that day.
  std::string purpose;                        // A purpose code; asked for before any personal data is shown.
  std::string reason;                         // Free text, kept encrypted with the entry.
  int threads = 0;                            // 0: as many as the machine has.
  std::int64_t memory_limit_mebibytes = 512;  // For the record store's own working memory.
};

// The real clock and the operating system's random bytes.
class SystemClock final : public base::Clock {
 public:
  [[nodiscard]] base::Instant now() override;
  [[nodiscard]] std::chrono::microseconds uptime() override;
};

class SystemEntropy final : public base::Entropy {
 public:
  void fill(std::span<std::byte> bytes) override;
};

// For storms: the program kills itself at the count-th passing of a named point, "archive.rename:2". Empty: never.
void arm_fault_point(const std::string& point);

}  // namespace throughline::app
