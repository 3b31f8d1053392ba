#include "media/audio_thread.h"

#include "base/pj.h"

#include <pthread.h>
#include <sys/resource.h>

namespace np {
namespace {

// What sound waits is heard, what JavaScript waits is not (sched(7): 28 times the share). Without the right to it
// (CAP_SYS_NICE, or RLIMIT_NICE) the thread competes as any other.
constexpr int niceness = -15;

}  // namespace

void beginAudioThread(const char* name) {
  registerThread();
  pthread_setname_np(pthread_self(), name);
  (void)::setpriority(PRIO_PROCESS, 0, niceness);  // of this thread alone, on Linux
}

}  // namespace np
