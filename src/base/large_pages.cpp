#include "base/large_pages.h"

#include <sys/mman.h>

namespace throughline::base {

void prefer_large_pages(void* memory, std::size_t bytes) {
  // Refused where the kernel has none, which changes nothing but the time.
  static_cast<void>(madvise(memory, bytes / k_large_page_bytes * k_large_page_bytes, MADV_HUGEPAGE));
}

}  // namespace throughline::base
