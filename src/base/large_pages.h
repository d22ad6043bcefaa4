// Memory in large pages for what is big and read all over: with pages of 4 KiB most far reads wait twice, once for the
// page table. Only a wish: where the system gives none, all is as before.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace throughline::base {

inline constexpr std::size_t k_large_page_bytes = std::size_t{2} << 20;

// Asks for large pages under memory that nothing was written to yet. REQUIRES: aligned to k_large_page_bytes.
void prefer_large_pages(void* memory, std::size_t bytes);

template <class T>
struct LargePageAllocator {
  using value_type = T;

  LargePageAllocator() = default;
  template <class Other>
  explicit(false) LargePageAllocator(const LargePageAllocator<Other>& /*other*/) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (!is_large(bytes)) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignof(T)}));
    void* memory = ::operator new(bytes, std::align_val_t{k_large_page_bytes});
    prefer_large_pages(memory, bytes);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    const bool large = is_large(count * sizeof(T));
    ::operator delete(memory, std::align_val_t{large ? k_large_page_bytes : alignof(T)});
  }
  friend bool operator==(const LargePageAllocator&, const LargePageAllocator&) { return true; }

 private:
  // Below this a large page would mostly be room to spare.
  static bool is_large(std::size_t bytes) { return bytes >= 2 * k_large_page_bytes; }
};

template <class T>
using LargeVector = std::vector<T, LargePageAllocator<T>>;

}  // namespace throughline::base
