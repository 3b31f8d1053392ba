// Serves a device on its own thread, and reconnects after every loss, with growing pauses.
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
  // A device sends all the time; one that has not sent for this long has gone without notice.
  static constexpr std::chrono::milliseconds patience{2000};

  // Connects, calls `up` and exchanges sound until the device is gone or the thread is to stop, which makes `stop`
  // readable. Returns why it ended; empty if it was to stop.
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

// Whether the descriptor becomes readable within this time.
bool isRaised(int stop, std::chrono::milliseconds within = {});

}  // namespace np
