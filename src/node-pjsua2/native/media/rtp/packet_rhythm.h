// When the next packet of a source is due, judged by the ones before.
#pragma once

#include <chrono>

namespace np {

// Whose packets come up to half a packet's length after the carrier's is waited for; whoever comes later waits for the
// carrier's next. Between the two there is no change for a single packet, nor at the edge: each change is heard.
class PacketRhythm {
 public:
  using Clock = std::chrono::steady_clock;

  // A packet has come, of this length; `sent` is the sender's time, of the timestamp. One that comes late, after a
  // stall of the network for one, says little about the next.
  void came(Clock::time_point now, Clock::duration sent, Clock::duration length) {
    const Clock::time_point origin = now - sent;
    const auto late = origin - origin_;
    if (late < Clock::duration{} || late > longestStall)
      origin_ = origin;
    else
      origin_ += late / leisure;
    length_ = length;
    expected_ = origin_ + sent + length;
  }

  // It was waited for in vain: for a while it is not counted on.
  void broken(Clock::time_point now) { countsFrom_ = now + doubt; }

  // When the newest packet was due.
  Clock::time_point wasDue() const { return expected_ - length_; }

  // A packet of the carrier has come, which was due at this time: whether the next one of this source is to be waited
  // for. When both are due counts, not when they came: a stall holds up both.
  bool isDue(Clock::time_point carrier, Clock::time_point now) {
    const auto wait = expected_ - carrier;
    const auto slack = length_ / 4;
    if (wait < -slack || wait > length_) return false;
    const bool cameJustNow = wait > length_ - slack;
    decide(cameJustNow ? wait - length_ : wait);
    return waits_ && !cameJustNow && now >= countsFrom_;
  }

 private:
  static constexpr auto doubt = std::chrono::seconds(5);
  static constexpr auto longestStall = std::chrono::milliseconds(500);
  static constexpr int leisure = 64;      // packets in which the sender's clock may become slower
  static constexpr unsigned enough = 10;  // packets in a row that want it otherwise

  void decide(Clock::duration wait) {
    if (!decided_) waits_ = wait <= length_ / 2;
    decided_ = true;
    const bool otherwise = waits_ ? wait > length_ * 6 / 10 : wait < length_ * 4 / 10;
    contrary_ = otherwise ? contrary_ + 1 : 0;
    if (contrary_ < enough) return;
    waits_ = !waits_;
    contrary_ = 0;
  }

  Clock::time_point origin_{};  // of the sender's time
  Clock::time_point expected_{};
  Clock::time_point countsFrom_{};
  Clock::duration length_{};
  bool decided_ = false;
  bool waits_ = false;
  unsigned contrary_ = 0;
};

}  // namespace np
