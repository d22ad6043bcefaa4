// A workspace with its ledger in a folder of its own, a clock that ticks by a second and chance that is none. Only
// *_test.cpp includes this.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/progress.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "records/stage.h"
#include "records/tables.h"
#include "store/testing_folder.h"
#include "store/workspace.h"

namespace throughline::records {

class TickingClock final : public base::Clock {
 public:
  base::Instant now() override { return {now_ += 1'000'000}; }

 private:
  std::int64_t now_ = std::int64_t{1'700'000'000} * 1'000'000;
};

class CountingEntropy final : public base::Entropy {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(++last_ * 37);
  }

 private:
  unsigned last_ = 0;
};

class MadeUpWorld {
 public:
  MadeUpWorld() { open(true); }

  // Ends the process's hold, so that a child may take it.
  void close() {
    ledger_.reset();
    workspace_.reset();
  }
  // Opens again, as the next run of the program would.
  void reopen() {
    close();
    open(false);
  }

  [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
  [[nodiscard]] store::Workspace& workspace() { return *workspace_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] static ledger::Actor actor() {
    return {.account = ledger::AccountId(1),
            .agency = ledger::AgencyId(1),
            .role = ledger::Role::analyst,
            .login = "tester"};
  }

  // Writes the text into a file of that name and ingests it.
  [[nodiscard]] base::Result<Ingested> ingest_text(const std::string& name, std::string_view text,
                                                   const std::string& mapping = {}) {
    const std::filesystem::path path = folder_.path() / name;
    store::put_bytes(path, std::string(text));
    return ingest_file(path.string(), mapping);
  }
  [[nodiscard]] base::Result<Ingested> ingest_file(const std::string& path, const std::string& mapping = {}) {
    IngestOrder order;
    order.path = path;
    order.mapping = mapping;
    order.actor = actor();
    order.act.operation = ledger::Operation::collection;
    order.act.rule = 307;
    return ingest_order(order);
  }
  [[nodiscard]] base::Result<Ingested> ingest_order(const IngestOrder& order) {
    return records::ingest({*ledger_, progress_, interrupt_, 2}, order);
  }
  [[nodiscard]] base::Interrupt& interrupt() { return interrupt_; }
  [[nodiscard]] std::int64_t number(std::string_view sql) {
    store::DuckConnection connection = workspace_->records_store().connect().value();
    return connection.number(sql).value();
  }

 private:
  void open(bool is_new) {
    store::Opening opening;
    opening.verb = "test";
    opening.program_version = "0";
    opening.create = is_new;
    opening.migrations = ledger::ledger_migrations();
    for (const store::Migration& step : records_migrations()) opening.migrations.push_back(step);
    // The step between, which is linkage's.
    opening.migrations.push_back({store::StoreKind::records, 2, "CREATE SCHEMA IF NOT EXISTS derived"});
    workspace_ = store::Workspace::open(folder_.path() / "workspace", opening).value();
    ledger_ = is_new
                  ? ledger::Ledger::create(*workspace_, clock_, entropy_, {"Test agency", "tester", "T. Ester"}).value()
                  : ledger::Ledger::open(*workspace_, clock_, entropy_).value();
  }

  store::TestingFolder folder_;
  TickingClock clock_;
  CountingEntropy entropy_;
  base::Progress progress_;
  base::Interrupt interrupt_;
  std::unique_ptr<store::Workspace> workspace_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace throughline::records
