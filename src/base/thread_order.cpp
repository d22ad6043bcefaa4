#include "base/thread_order.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define THROUGHLINE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif
#endif

namespace throughline::base::thread_order {

#ifdef THROUGHLINE_THREAD_SANITIZER
void release(const void* address) {
  __tsan_release(const_cast<void*>(address));
}
void acquire(const void* address) {
  __tsan_acquire(const_cast<void*>(address));
}
#else
void release(const void* /*address*/) {}
void acquire(const void* /*address*/) {}
#endif

}  // namespace throughline::base::thread_order
