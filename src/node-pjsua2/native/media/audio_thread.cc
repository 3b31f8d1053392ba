#include "media/audio_thread.h"

#include "base/pj.h"

#include <pthread.h>
#include <sys/resource.h>

namespace np {
namespace {

// Late sound is audible, a late JavaScript event is not (sched(7): 28 times the share). Without the right to raise it
// (CAP_SYS_NICE or RLIMIT_NICE) the thread competes like any other.
constexpr int niceness = -15;

}  // namespace

void beginAudioThread(const char* name) {
  registerThread();
  pthread_setname_np(pthread_self(), name);
  (void)::setpriority(PRIO_PROCESS, 0, niceness);  // on Linux, this thread only
}

}  // namespace np
