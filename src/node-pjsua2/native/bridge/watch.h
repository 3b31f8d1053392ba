// One thread that looks after what has no callback of its own: players that came to their end in the audio thread, keys
// whose packets stopped, parties of whom nothing is heard and who want to hear of us, promises that are a matter of
// time, volumes that follow the loudness of who speaks.
#pragma once

#include "base/event.h"

#include <atomic>
#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <thread>
#include <vector>

namespace np {

class Call;

class Watch {
 public:
  // Begins to look; `endpoint` outlives the watch.
  void start();

  // Stops and joins. Legal when not started.
  void stop();

  // There may be something to see. Neither locks nor allocates: legal in the audio thread.
  void nudge() { nudged_.release(); }

  // Settles `request` at this time; as failed if the call is over by then.
  void settleAt(std::chrono::steady_clock::time_point due, Serial request, Serial call);

  // Destroys it on the watch's thread: for what must wait while it ends.
  void dispose(std::shared_ptr<void> object);

 private:
  struct Timer {
    std::chrono::steady_clock::time_point due;
    Serial request;
    Serial call;
  };

  void run();
  // When there is something to look at again; nothing when only after a nudge.
  std::optional<std::chrono::milliseconds> look();
  bool runTimers();
  static bool listenFor(const Call& call);
  void closeDisposed();

  std::counting_semaphore<> nudged_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
  std::mutex mutex_;
  std::list<Timer> timers_;
  std::vector<std::shared_ptr<void>> disposed_;
};

}  // namespace np
