// The thread on which SIP messages come in and PJSIP's timers fire.
#pragma once

#include <atomic>
#include <thread>

namespace np {

// One thread, so that events keep the order of the network. In the place of pjsua's own, which looks at its timers a
// hundred times a second: on an idle box that was the larger part of what the processor did.
class SipPoller {
 public:
  // After pjsua was initialised.
  void start();

  // Stops and joins, before pjsua is destroyed. Legal when not started.
  void stop();

 private:
  void run() const;

  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace np
