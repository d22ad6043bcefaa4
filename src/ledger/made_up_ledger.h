// A workspace with a ledger in it, a clock that a test sets and secret bytes that are always the same. Only *_test.cpp
// includes this.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "store/testing_folder.h"

namespace throughline::ledger {

// 22 November 2026, 12:00, and a second more each time it is asked.
class SetClock final : public base::Clock {
 public:
  [[nodiscard]] base::Instant now() override {
    at_.microseconds += 1'000'000;
    return at_;
  }
  // Asking does not move it.
  [[nodiscard]] std::chrono::microseconds uptime() override { return std::chrono::microseconds(at_.microseconds); }
  void set(base::Instant at) { at_ = at; }
  void advance(std::chrono::microseconds time) { at_.microseconds += time.count(); }
  void advance_days(std::int64_t days) { at_.microseconds += days * 86'400'000'000; }
  void set_back_days(std::int64_t days) { advance_days(-days); }

 private:
  base::Instant at_{base::Instant::start_of(base::parse_iso_date("2026-11-22").value()).microseconds + 43'200'000'000};
};

class SeededEntropy final : public base::Entropy {
 public:
  explicit SeededEntropy(std::string seed = "one") : seed_(std::move(seed)) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = base::hash_text(seed_ + std::to_string(drawn_++)).bytes[0];
  }

 private:
  std::string seed_;
  std::int64_t drawn_ = 0;
};

inline const Founding k_founding{.agency = "Example Council",
                                 .account = "founder",
                                 .person_name = "Founder of the example",
                                 .login = "founderlogin"};

inline store::Opening made_up_opening(bool create) {
  store::Opening how;
  how.verb = "test";
  how.program_version = "test";
  how.create = create;
  how.threads = 1;
  how.migrations = ledger_migrations();
  return how;
}

// A founded ledger. close() and reopen() as a process that ends and one that begins.
struct MadeUpLedger {
  store::TestingFolder folder;
  SetClock clock;
  SeededEntropy entropy;
  std::filesystem::path root = folder.path() / "w";
  std::filesystem::path keys = folder.path() / "w.keys";
  std::unique_ptr<store::Workspace> workspace;
  std::unique_ptr<Ledger> ledger;
  Actor analyst{.account = AccountId(1), .agency = AgencyId(1), .role = Role::analyst, .login = "founderlogin"};

  MadeUpLedger() {
    workspace = store::Workspace::open(root, made_up_opening(true)).value();
    ledger = Ledger::create(*workspace, clock, entropy, k_founding).value();
  }
  void close() {
    ledger.reset();
    workspace.reset();
  }
  void reopen() {
    close();
    workspace = store::Workspace::open(root, made_up_opening(false)).value();
    ledger = Ledger::open(*workspace, clock, entropy).value();
  }

  static Act look_at(std::string object, std::string reason = "a reason") {
    return {.operation = Operation::consultation,
            .purpose = Purpose::protect,
            .rule = 305,
            .object = std::move(object),
            .reason = std::move(reason),
            .recipients = {}};
  }
  std::int64_t noted(std::string object, std::string reason = "a reason") const {
    return ledger->note(analyst, look_at(std::move(object), std::move(reason))).value().number;
  }
  void note_many(int count) const {
    for (int i = 0; i < count; ++i) static_cast<void>(noted("extract " + std::to_string(i)));
  }
  [[nodiscard]] Verdict verdict() const {
    return ledger->log().verify([](std::int64_t) { return base::Result<void>(); }).value();
  }
  // Every file of the workspace and of its keys that holds the bytes.
  [[nodiscard]] std::vector<std::string> files_with(const std::string& bytes) const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path())) {
      if (!file.is_regular_file()) continue;
      if (store::bytes_of(file.path()).find(bytes) != std::string::npos) names.push_back(file.path().filename());
    }
    return names;
  }
};

}  // namespace throughline::ledger
