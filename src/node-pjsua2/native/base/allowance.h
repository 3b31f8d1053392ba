// Limits what a source may send, so that it cannot use up what all share.
#pragma once

#include <algorithm>
#include <chrono>

namespace np {

// So many per second, and so many at once after a rest. For one thread, or under its owner's lock.
class Allowance {
 public:
  using Clock = std::chrono::steady_clock;

  Allowance(unsigned perSecond, unsigned atOnce)
      : interval_(Clock::duration(std::chrono::seconds(1)) / perSecond), ahead_(interval_ * (atOnce - 1)) {}

  // Whether none may be taken now.
  bool isSpent(Clock::time_point now) const { return due_ - now > ahead_; }

  // Whether one more may be taken now.
  bool take(Clock::time_point now) {
    if (isSpent(now)) return false;
    due_ = std::max(due_, now) + interval_;
    return true;
  }

  // How many were taken that the time since has not made up for.
  unsigned owed(Clock::time_point now) const {
    return due_ <= now ? 0 : static_cast<unsigned>((due_ - now + interval_ - Clock::duration(1)) / interval_);
  }

 private:
  Clock::duration interval_;
  Clock::duration ahead_;
  Clock::time_point due_{};  // when the next one would be due at a steady pace
};

}  // namespace np
