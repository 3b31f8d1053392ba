#include "media/loudness/leveller.h"

#include <algorithm>
#include <cmath>

namespace np {
namespace {

// The nominal level of active speech in telephony is -26 dBov (ITU-T P.56, P.800), which is about the same in LKFS,
// because both refer to the same full scale. It leaves room under the limiter for the peaks of two people speaking at
// once.
constexpr double target = -26;
constexpr double mostGain = 12, leastGain = -12;  // dB
// Speech that is too loud hurts, while soft speech only takes effort, so the gain falls faster than it rises.
constexpr double risePerSecond = 3, fallPerSecond = 6;  // dB

// Broadcasting uses -70, but a telephone line hisses louder than that.
constexpr double absoluteGate = -50;  // LKFS
constexpr double relativeGate = 10;   // LU below speech (BS.1770-4, Annex 1)
constexpr unsigned memory = 50;       // blocks, 5 s of speech
// The gate falls while something other than silence is below it: slowly (0.2 LU per second) for a party that has been
// heard for long, quickly if it was a single click. So a party that goes on more softly is measured in the end.
constexpr double gateFall = 1;  // LU, shared by the blocks that count

}  // namespace

void Leveller::hear(const std::int16_t* samples, std::size_t count, unsigned rate) {
  if (!runs()) {
    meter_.reset();
    speaking_ = false;
    return;
  }
  if (!meter_ || meter_->rate() != rate) meter_.emplace(rate);
  if (const auto loudness = meter_->measure(samples, count)) judge(*loudness);
  if (speaking_) approach(static_cast<double>(count) / rate);
}

void Leveller::judge(double loudness) {
  const bool isSound = loudness >= absoluteGate;
  speaking_ = isSound && (blocks_ == 0 || loudness >= gate_);
  if (!speaking_) {
    if (isSound) gate_ -= gateFall / blocks_;
    return;
  }
  // The gate had to fall to this block, so what was measured before was something else.
  if (blocks_ > 0 && loudness < loudnessOf(meanSquare_) - relativeGate) blocks_ = 0;
  blocks_ = std::min(blocks_ + 1, memory);
  meanSquare_ += (meanSquareOf(loudness) - meanSquare_) / blocks_;
  gate_ = loudnessOf(meanSquare_) - relativeGate;
}

void Leveller::approach(double seconds) {
  const double wanted = std::clamp(target - loudnessOf(meanSquare_), leastGain, mostGain);
  gainDb_ = std::clamp(wanted, gainDb_ - fallPerSecond * seconds, gainDb_ + risePerSecond * seconds);
  gain_.store(static_cast<float>(std::pow(10, gainDb_ / 20)), std::memory_order_relaxed);
}

}  // namespace np
