// Serves a device on a thread of its own, and reconnects whenever it was gone, with growing pauses.
#pragma once

#include "line/descriptor.h"
#include "line/sound_link.h"

#include <chrono>
#include <functional>
#include <string>
#include <thread>

namespace np {

class Reconnecting {
 public:
  // A device sends all the time; one that has not for so long has gone without a word.
  static constexpr std::chrono::milliseconds patience{2000};

  // Connects, calls `up` and exchanges sound until the device is gone or the thread is to stop: then `stop` becomes
  // readable. Says why it is over; empty when it is to stop.
  using Serve = std::function<std::string(int stop, const std::function<void()>& up)>;

  Reconnecting(LinkReports reports, Serve serve);
  // Waits until `serve` has returned.
  ~Reconnecting();
  Reconnecting(const Reconnecting&) = delete;
  Reconnecting& operator=(const Reconnecting&) = delete;

 private:
  void run();

  const LinkReports reports_;
  const Serve serve_;
  const Descriptor stop_;
  std::thread thread_;
};

// Whether it becomes readable within this time.
bool isRaised(int stop, std::chrono::milliseconds within = {});

}  // namespace np
