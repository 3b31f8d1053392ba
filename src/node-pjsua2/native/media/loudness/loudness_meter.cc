#include "media/loudness/loudness_meter.h"

#include <cmath>
#include <numeric>

namespace np {
namespace {

constexpr double offset = -0.691;  // from the Recommendation: cancels the weighting of a 997 Hz sine
constexpr double fullScale = 32768;

}  // namespace

double loudnessOf(double meanSquare) { return offset + 10 * std::log10(meanSquare); }

double meanSquareOf(double loudness) { return std::pow(10, (loudness - offset) / 10); }

std::optional<double> LoudnessMeter::measure(const std::int16_t* samples, std::size_t count) {
  std::optional<double> newest;
  for (std::size_t i = 0; i < count; ++i) {
    const double weighted = weighting_.weigh(samples[i] / fullScale);
    sum_ += weighted * weighted;
    if (++summed_ < rate_ / stepsPerSecond) continue;
    steps_[stepsDone_++ % stepsPerBlock] = sum_ / static_cast<double>(summed_);
    sum_ = 0;
    summed_ = 0;
    if (stepsDone_ >= stepsPerBlock)
      newest = loudnessOf(std::accumulate(steps_.begin(), steps_.end(), 0.0) / stepsPerBlock);
  }
  return newest;
}

}  // namespace np
