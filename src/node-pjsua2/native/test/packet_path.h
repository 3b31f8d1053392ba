// Watches what a thread does while it is in the packet path.
#pragma once

namespace np {

// Counts the allocations, locks and writes of the thread while an object of this class lives.
class PacketPath {
 public:
  PacketPath();
  ~PacketPath();

  // Excludes what the test itself does in between.
  class Pause {
   public:
    Pause();
    ~Pause();
  };

  static unsigned long offences();
  // Whether an allocation would be noticed; always true where a sanitizer replaces the functions to be watched.
  static bool watches();
};

}  // namespace np
