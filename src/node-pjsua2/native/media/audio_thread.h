// The threads that carry sound: packets of calls, the bridge's clock, the frames of lines.
#pragma once

namespace np {

// For the thread that calls, first of all: it becomes known to PJLIB, gets a name of at most 15 characters for ps(1),
// and goes first where it competes for a core with the rest of the process.
void beginAudioThread(const char* name);

}  // namespace np
