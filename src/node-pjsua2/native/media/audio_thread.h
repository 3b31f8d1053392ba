// The threads that carry sound: packets of calls, the bridge's clock, the frames of lines.
#pragma once

namespace np {

// Call it first on such a thread: registers it with PJLIB, names it for ps(1) with at most 15 characters, and gives it
// priority for a core over the rest of the process.
void beginAudioThread(const char* name);

}  // namespace np
