#include "bridge/bridge_clock.h"

#include "base/guard.h"
#include "media/audio_thread.h"

#include <algorithm>

namespace np {
namespace {

using namespace std::chrono_literals;

// Long enough for the bridge to do what was asked of it, and whatever PJSUA asks of it while doing so.
constexpr auto winding = 1s;
// After a stall of the machine, missed ticks are made up for so that a recording keeps its length, but no more than
// this.
constexpr auto longestLag = 200ms;

}  // namespace

void BridgeClock::start(pjmedia_port* bridge) {
  bridge_ = bridge;
  frame_.resize(PJMEDIA_PIA_AVG_FSZ(&bridge->info));
  interval_ = std::chrono::microseconds(PJMEDIA_PIA_PTIME(&bridge->info) * 1000);
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void BridgeClock::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void BridgeClock::ask(bool busy) {
  bool wakes = false;
  {
    const std::lock_guard lock(mutex_);
    busy_ = busy;
    restsFrom_ = Clock::now() + winding;
    wakes = resting_;
  }
  if (wakes) changed_.notify_one();
}

void BridgeClock::run() {
  beginAudioThread("bridge");
  const auto begin = Clock::now();
  auto next = begin;
  while (awaitNext(next)) tick(next - begin);
}

// Nobody hears the mix for slot 0. The timestamp advances while the clock rests, and differs at every tick.
void BridgeClock::tick(Clock::duration sinceStart) {
  pjmedia_frame frame{};
  frame.timestamp.u64 = static_cast<std::uint64_t>(sinceStart / interval_) * PJMEDIA_PIA_SPF(&bridge_->info);
  frame.buf = frame_.data();
  frame.size = frame_.size();
  pjmedia_port_get_frame(bridge_, &frame);
}

// False when the thread is to stop.
bool BridgeClock::awaitNext(Clock::time_point& next) {
  std::unique_lock lock(mutex_);
  next += interval_;
  if (!busy_ && Clock::now() >= restsFrom_) {
    resting_ = true;
    changed_.wait(lock, [this] { return stopping_ || busy_ || Clock::now() < restsFrom_; });
    resting_ = false;
    next = std::max(next, Clock::now());
  } else if (Clock::now() - next > longestLag) {
    next = Clock::now();
  }
  changed_.wait_until(lock, next, [this] { return stopping_; });
  return !stopping_;
}

}  // namespace np
