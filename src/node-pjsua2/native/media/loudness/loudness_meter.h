// Momentary loudness of one channel (ITU-R BS.1770-4; EBU Tech 3341), in blocks of 400 ms that start every 100 ms.
#pragma once

#include "media/loudness/k_weighting.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace np {

// Converts loudness in LKFS to the mean square of weighted samples with full scale 1, and back.
double loudnessOf(double meanSquare);
double meanSquareOf(double loudness);

// Neither locks nor allocates.
class LoudnessMeter {
 public:
  // `rate` in Hz: at 48 kHz a full-scale sine of 997 Hz measures -3.01 LKFS; at 8 kHz 0.2 LU less, because the
  // weighting bends near half the rate.
  explicit LoudnessMeter(unsigned rate) : rate_(rate), weighting_(rate) {}

  unsigned rate() const { return rate_; }

  // The loudness of the newest block, in LKFS, if these samples have completed one.
  std::optional<double> measure(const std::int16_t* samples, std::size_t count);

 private:
  static constexpr unsigned stepsPerSecond = 10;
  static constexpr std::size_t stepsPerBlock = 4;

  unsigned rate_;
  KWeighting weighting_;
  double sum_ = 0;                             // of squares, in the current step
  std::size_t summed_ = 0;                     // samples in it
  std::array<double, stepsPerBlock> steps_{};  // mean squares
  std::size_t stepsDone_ = 0;
};

}  // namespace np
