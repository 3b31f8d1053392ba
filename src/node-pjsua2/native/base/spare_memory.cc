#include "base/spare_memory.h"

#include <malloc.h>

#include <algorithm>

namespace np {
namespace {

// So much is kept for the next allocations: giving it back and taking it again costs more than it is worth.
constexpr std::size_t worthwhile = std::size_t{2} << 20;

std::size_t freeBytes() { return mallinfo2().fordblks; }

}  // namespace

void SpareMemory::giveBack() {
  const std::size_t free = freeBytes();
  known_ = std::min(known_, free);
  if (free - known_ < worthwhile) return;
  malloc_trim(0);
  known_ = freeBytes();
}

}  // namespace np
