// The thread on which SIP messages arrive and PJSIP's timers fire.
#pragma once

#include <atomic>
#include <thread>

namespace np {

// A single thread, so that events keep the order of the network. It replaces pjsua's own, which checks its timers a
// hundred times a second and caused most of the CPU load on an idle box.
class SipPoller {
 public:
  // To be called after pjsua is initialised.
  void start();

  // To be called before pjsua is destroyed; does nothing when not started.
  void stop();

 private:
  void run() const;

  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace np
