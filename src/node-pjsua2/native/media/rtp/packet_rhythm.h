// Predicts when the next packet of a source is due from the ones before.
#pragma once

#include <chrono>

namespace np {

// A source whose packets come up to half a packet's length after the carrier's is waited for; a later one waits for the
// carrier's next packet. Neither a single packet nor one at the limit changes this, because each change is audible.
class PacketRhythm {
 public:
  using Clock = std::chrono::steady_clock;

  // A packet of this length has arrived; `sent` is the sender's time, from the timestamp. A late one, for instance
  // after a stall of the network, says little about the next.
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

  // The source was waited for in vain, so it is not waited for again for a while.
  void broken(Clock::time_point now) { countsFrom_ = now + doubt; }

  // When the newest packet was due.
  Clock::time_point wasDue() const { return expected_ - length_; }

  // Whether to wait for this source's next packet after one of the carrier's that was due at `carrier`. Compares when
  // both are due, not when they came, because a stall delays both.
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
  static constexpr int leisure = 64;      // packets over which the sender's clock may slow down
  static constexpr unsigned enough = 10;  // packets in a row that call for a change

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
