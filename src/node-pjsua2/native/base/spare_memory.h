// Returns memory that malloc(3) keeps after a flood to the system.
#pragma once

#include <cstddef>

namespace np {

// malloc only returns what is free at the end of an arena, so one long-lived allocation keeps everything before it: 20
// MB for good after two thousand connections from a stranger.
class SpareMemory {
 public:
  // Returns memory if much has become free; cheap otherwise. Call it now and then, from one thread.
  void giveBack();

 private:
  // What was free when memory was last returned: all of it may have been returned already.
  std::size_t known_ = 0;
};

}  // namespace np
