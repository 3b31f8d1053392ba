// Watches what a thread does while it is in the packet path.
#pragma once

namespace np {

// Counts the allocations, the locks and the writes of the thread while an object of this class lives.
class PacketPath {
 public:
  PacketPath();
  ~PacketPath();

  // What the test itself does in between.
  class Pause {
   public:
    Pause();
    ~Pause();
  };

  static unsigned long offences();
  // Whether an allocation would be seen; true without a look where a sanitizer has the functions that are to be
  // watched.
  static bool watches();
};

}  // namespace np
