// When the next packet of a source is due, judged by the ones before.
#pragma once

#include <chrono>

namespace np {

// Whose packets come up to half a packet's length after the carrier's is waited for; whoever comes later waits for the carrier's next.
// Between the two there is no change for a single packet, nor at the edge: each change is heard.
class PacketRhythm {
 public:
  using Clock = std::chrono::steady_clock;

  // A packet has come, of this length.
  void came(Clock::time_point now, Clock::duration length) {
    length_ = length;
    expected_ = now + length;
  }

  // It was waited for in vain: for a while it is not counted on.
  void broken(Clock::time_point now) { countsFrom_ = now + doubt; }

  // The carrier's packet has come. Whether the next one of this source is to be waited for.
  bool isDue(Clock::time_point now) {
    const auto wait = expected_ - now;
    const auto slack = length_ / 4;
    if (wait < -slack || wait > length_) return false;
    const bool cameJustNow = wait > length_ - slack;
    settle(cameJustNow ? wait - length_ : wait);
    return waits_ && !cameJustNow && now >= countsFrom_;
  }

 private:
  static constexpr auto doubt = std::chrono::seconds(5);
  static constexpr unsigned enough = 10;  // packets in a row that want it otherwise

  void settle(Clock::duration wait) {
    if (!settled_) waits_ = wait <= length_ / 2;
    settled_ = true;
    const bool otherwise = waits_ ? wait > length_ * 6 / 10 : wait < length_ * 4 / 10;
    contrary_ = otherwise ? contrary_ + 1 : 0;
    if (contrary_ < enough) return;
    waits_ = !waits_;
    contrary_ = 0;
  }

  Clock::time_point expected_{};
  Clock::time_point countsFrom_{};
  Clock::duration length_{};
  bool settled_ = false;
  bool waits_ = false;
  unsigned contrary_ = 0;
};

}  // namespace np
