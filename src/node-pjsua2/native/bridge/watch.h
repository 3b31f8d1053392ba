// One thread that watches what has no callback of its own: players that finish in the audio thread, keys whose packets
// have stopped, parties that have fallen silent or are due a report, requests that are settled after a time, and
// volumes that follow the loudness of a source.
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
  // Starts watching; `endpoint` must outlive the watch.
  void start();

  // Stops and joins. May be called if not started.
  void stop();

  // There may be something to do. Neither locks nor allocates, so it may be called in the audio thread.
  void nudge() { nudged_.release(); }

  // Settles `request` at this time, as failed if the call is over by then.
  void settleAt(std::chrono::steady_clock::time_point due, Serial request, Serial call);

  // Destroys the object on the watch's thread, because its destructor may have to wait.
  void dispose(std::shared_ptr<void> object);

 private:
  struct Timer {
    std::chrono::steady_clock::time_point due;
    Serial request;
    Serial call;
  };

  void run();
  // When to look again; nothing to look only after a nudge.
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
