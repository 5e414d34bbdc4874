// SPDX-License-Identifier: LGPL-3.0-or-later
#include "failing_memory.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>

// What glibc's own functions are called besides their names in the C standard.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

std::atomic<bool> counting{false}, on_and_on{false};
std::atomic<long> count{0}, failing{0}, given{0};

bool fails() {
  if (!counting.load(std::memory_order_relaxed)) return false;
  const long n = ++count;
  const bool now = on_and_on.load(std::memory_order_relaxed) ? n >= failing : n == failing;
  if (now) errno = ENOMEM;
  return now;
}

void* counted(void* p) {
  if (p) given.fetch_add(1, std::memory_order_relaxed);
  return p;
}

}  // namespace

namespace failing_memory {

void begin(long nth, How how) {
  count = 0;
  failing = nth;
  on_and_on = how == How::OnAndOn;
  counting = true;
}

long end() {
  counting = false;
  return count;
}

long blocks() { return given; }

}  // namespace failing_memory

extern "C" {

void* malloc(std::size_t bytes) { return fails() ? nullptr : counted(__libc_malloc(bytes)); }
void* calloc(std::size_t n, std::size_t bytes) { return fails() ? nullptr : counted(__libc_calloc(n, bytes)); }
void* realloc(void* p, std::size_t bytes) {
  if (fails()) return nullptr;
  void* q = __libc_realloc(p, bytes);
  return p ? q : counted(q);
}
void* memalign(std::size_t border, std::size_t bytes) {
  return fails() ? nullptr : counted(__libc_memalign(border, bytes));
}
void* aligned_alloc(std::size_t border, std::size_t bytes) { return memalign(border, bytes); }
int posix_memalign(void** p, std::size_t border, std::size_t bytes) {
  void* q = memalign(border, bytes);
  if (!q) return ENOMEM;
  *p = q;
  return 0;
}
void free(void* p) {
  if (p) given.fetch_sub(1, std::memory_order_relaxed);
  __libc_free(p);
}

}  // extern "C"
