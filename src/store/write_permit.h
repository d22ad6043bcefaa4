// The right to write. Every call that changes a store takes a permit, and only a ledger transaction can make one, so
// that a write without an entry in the ledger does not compile.
#pragma once

namespace throughline::ledger {
class Transaction;
}  // namespace throughline::ledger

namespace throughline::store {

class Workspace;

// Proof that a ledger transaction is open. Lives inside that transaction and is only ever passed by reference.
class WritePermit {
 public:
  WritePermit(const WritePermit&) = delete;
  WritePermit& operator=(const WritePermit&) = delete;
  ~WritePermit() = default;

 private:
  WritePermit() = default;
  friend class ledger::Transaction;
  friend class SetupPermit;
  friend class PermitForTests;  // Defined in store/permit_for_tests.h, which only *_test.cpp may include.
};

// What only a workspace itself may do: create and migrate schemas, compact, restore. Never adds, alters or removes rows
// that somebody said; those need a WritePermit from the ledger.
class SetupPermit {
 public:
  SetupPermit(const SetupPermit&) = delete;
  SetupPermit& operator=(const SetupPermit&) = delete;
  ~SetupPermit() = default;

  [[nodiscard]] const WritePermit& writing() const { return writing_; }

 private:
  SetupPermit() = default;
  friend class Workspace;
  friend class PermitForTests;
  WritePermit writing_;
};

}  // namespace throughline::store
