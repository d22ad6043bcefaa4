// Tells the thread sanitizer of an order between threads that it cannot see, because the library that keeps it was not
// built with the sanitizer. Does nothing in other builds: the order must be kept by that library.
#pragma once

namespace throughline::base::thread_order {

// Everything this thread did so far comes before everything another does after acquire() of the same address.
void release(const void* address);
void acquire(const void* address);

}  // namespace throughline::base::thread_order
