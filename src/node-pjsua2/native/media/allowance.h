// How many of something a source may send, so that it cannot use up what belongs to all.
#pragma once

#include <algorithm>
#include <chrono>

namespace np {

// So many a second, and so many at once after a rest. Of one thread, or under its owner's lock.
class Allowance {
 public:
  using Clock = std::chrono::steady_clock;

  Allowance(unsigned perSecond, unsigned atOnce) : interval_(Clock::duration(std::chrono::seconds(1)) / perSecond), ahead_(interval_ * (atOnce - 1)) {}

  // Whether one more may be taken now.
  bool take(Clock::time_point now) {
    const Clock::time_point due = std::max(due_, now);
    if (due - now > ahead_) return false;
    due_ = due + interval_;
    return true;
  }

 private:
  const Clock::duration interval_;
  const Clock::duration ahead_;
  Clock::time_point due_{};  // when the next one would be due at a steady pace
};

}  // namespace np
