// The clock of PJSIP's conference bridge.
#pragma once

#include <pjmedia/port.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace np {

// Stops while all audio is relayed packet by packet: the bridge has nothing to do then, and would wake the processor
// fifty times a second.
class BridgeClock {
 public:
  ~BridgeClock() { stop(); }

  // `bridge` is its master port, and must live until stop() returns.
  void start(pjmedia_port* bridge);
  void stop();

  // Something was asked of the bridge, which it does at its next tick; `busy` says whether anybody needs its ticks from
  // now on. Its lock is a leaf: it may be called with any other lock held, and on the clock's own thread.
  void ask(bool busy);

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void tick(Clock::duration sinceStart);
  bool awaitNext(Clock::time_point& next);

  pjmedia_port* bridge_ = nullptr;
  std::vector<std::uint8_t> frame_;
  std::chrono::microseconds interval_{};
  std::thread thread_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool busy_ = false;
  bool resting_ = false;
  Clock::time_point restsFrom_{};
};

}  // namespace np
