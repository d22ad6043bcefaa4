// A permit without a ledger, for unit tests only: tools/check_style.py lets no other file include this.
#pragma once

#include "store/write_permit.h"

namespace throughline::store {

class PermitForTests {
 public:
  [[nodiscard]] const WritePermit& write() const { return write_; }
  [[nodiscard]] const SetupPermit& setup() const { return setup_; }

 private:
  WritePermit write_;
  SetupPermit setup_;
};

}  // namespace throughline::store
