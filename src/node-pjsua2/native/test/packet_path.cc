#include "test/packet_path.h"

#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>

namespace {

thread_local int depth = 0;
std::atomic<unsigned long> count{0};

}  // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

void note() {
  if (depth > 0) ++count;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

// NOLINTBEGIN(readability-identifier-naming): the C library's own names
void* __libc_malloc(std::size_t size);
void __libc_free(void* memory);
// NOLINTEND(readability-identifier-naming)

void* malloc(std::size_t size) {
  note();
  return __libc_malloc(size);
}

void free(void* memory) {
  note();
  __libc_free(memory);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  static const auto real = next<int (*)(pthread_mutex_t*)>("pthread_mutex_lock");
  note();
  return real(mutex);
}

ssize_t write(int file, const void* data, std::size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t)>("write");
  note();
  return real(file, data, size);
}

}  // extern "C"

#endif

namespace np {

PacketPath::PacketPath() { ++depth; }
PacketPath::~PacketPath() { --depth; }
PacketPath::Pause::Pause() { --depth; }
PacketPath::Pause::~Pause() { ++depth; }

unsigned long PacketPath::offences() { return count; }

bool PacketPath::watches() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  const unsigned long before = count;
  {
    const PacketPath path;
    delete new volatile int(1);
  }
  const bool seen = count > before;
  count = before;
  return seen;
#endif
}

}  // namespace np
