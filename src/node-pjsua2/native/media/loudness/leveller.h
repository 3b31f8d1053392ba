// Finds the gain that makes a party as loud as all others, for those who listen to it levelled.
#pragma once

#include "media/loudness/loudness_meter.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace np {

// Measures how loud the party speaks, and brings it to the nominal level of telephony. Only speech counts: anything
// below the absolute gate, or far below the speech so far, is a pause, in which the gain does not change, so that it
// does not pump.
//
// The party's audio comes on one thread, which neither locks nor allocates here.
class Leveller {
 public:
  // Measures only while somebody listens levelled; the result so far is kept.
  void run(bool wanted) { wanted_.store(wanted, std::memory_order_relaxed); }
  bool runs() const { return wanted_.load(std::memory_order_relaxed); }

  // Takes what the party says: samples at this rate in Hz. While it does not run the samples may be omitted, but not
  // the call.
  void hear(const std::int16_t* samples, std::size_t count, unsigned rate);

  // The current amplitude factor; 1 until something has been measured.
  float gain() const { return gain_.load(std::memory_order_relaxed); }

 private:
  void judge(double loudness);
  void approach(double seconds);

  std::atomic<bool> wanted_{false};
  std::atomic<float> gain_{1};
  std::optional<LoudnessMeter> meter_;
  bool speaking_ = false;
  double gate_ = 0;        // LKFS; valid once something has been measured
  double meanSquare_ = 0;  // of speech
  unsigned blocks_ = 0;    // of speech, that count towards the mean
  double gainDb_ = 0;
};

}  // namespace np
