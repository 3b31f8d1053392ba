// When the next packet of a source is due, judged by the ones before.
#pragma once

#include <chrono>

namespace np {

class PacketRhythm {
 public:
  using Clock = std::chrono::steady_clock;

  // A packet has come, of this length.
  void came(Clock::time_point now, Clock::duration length) {
    length_ = length;
    expected_ = now + length;
  }

  // It was waited for in vain: for a while it is not counted on.
  void broken(Clock::time_point now) {
    countsFrom_ = now + doubt;
    waitedFor_ = false;
  }

  // Whether the next packet is due soon, so that who waits for it waits for half a packet's length at most; somewhat longer
  // where it was waited for the last time, so that jitter does not change it to and fro.
  bool isDue(Clock::time_point now) {
    const auto wait = expected_ - now;
    const auto longest = waitedFor_ ? length_ * 7 / 10 : length_ / 2;
    waitedFor_ = now >= countsFrom_ && wait <= longest && wait >= -length_ / 4;
    return waitedFor_;
  }

 private:
  static constexpr auto doubt = std::chrono::seconds(5);

  Clock::time_point expected_{};
  Clock::time_point countsFrom_{};
  Clock::duration length_{};
  bool waitedFor_ = false;
};

}  // namespace np
