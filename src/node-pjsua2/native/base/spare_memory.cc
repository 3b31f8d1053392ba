#include "base/spare_memory.h"

#include <malloc.h>

#include <algorithm>

namespace np {
namespace {

// Kept for the next allocations: returning and fetching less than this is not worth the cost.
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
