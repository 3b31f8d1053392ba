// Gives memory back to the machine that malloc(3) keeps after a flood.
#pragma once

#include <cstddef>

namespace np {

// malloc gives back only what is free at the end of an arena: one allocation that lives long holds all that lies before
// it. After two thousand connections of a stranger that was 20 MB for good.
class SpareMemory {
 public:
  // Looks, and gives back if much has become free. Cheap if not; to be called now and then, by one thread.
  void giveBack();

 private:
  // Free when it was last given back: it may all be with the machine already.
  std::size_t known_ = 0;
};

}  // namespace np
