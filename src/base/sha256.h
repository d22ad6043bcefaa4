// SHA-256, all at once or piece by piece. Uses the processor's own instructions where it has them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/hash.h"

namespace throughline::base {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view bytes);
  // The hash of everything since the start or the last finish(); the next update() begins afresh.
  [[nodiscard]] Hash finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] Hash hash_bytes(std::span<const std::byte> bytes);
[[nodiscard]] Hash hash_text(std::string_view text);

}  // namespace throughline::base
