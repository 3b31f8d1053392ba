// Returns memory to the system that malloc(3) keeps after a flood.
#pragma once

#include <cstddef>

namespace np {

// malloc returns only what is free at the end of an arena, so one long-lived allocation keeps everything before it:
// 20 MB for good after two thousand connections of a stranger.
class SpareMemory {
 public:
  // Returns memory if much has become free, and is cheap otherwise. Call it now and then, from one thread.
  void giveBack();

 private:
  // What was free when it was last returned: all of it may be back already.
  std::size_t known_ = 0;
};

}  // namespace np
