// Measures how loud a leg is, on request.
#pragma once

#include "media/codec/g711.h"

#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace np {

// Costs next to nothing while nobody asks for the level.
class LevelMeter {
 public:
  // Mean amplitude (0 to 32767) of a recent frame. The first call only starts the measurement.
  double level() const {
    interest_ = framesPerQuestion;
    return mean_;
  }

  // Called on the media thread.
  bool asked() const { return interest_.load(std::memory_order_relaxed) > 0; }

  void measure(Law law, const std::uint8_t* codes, std::size_t count) {
    measureEach(count, [&](std::size_t i) { return decode(law, codes[i]); });
  }

  template <class Sample>
  void measure(const Sample* samples, std::size_t count) {
    measureEach(count, [&](std::size_t i) { return samples[i]; });
  }

 private:
  template <class At>
  void measureEach(std::size_t count, const At& at) {
    if (!asked() || count == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += std::abs(static_cast<double>(at(i)));
    mean_ = sum / static_cast<double>(count);
    --interest_;
  }

  static constexpr int framesPerQuestion = 100;

  mutable std::atomic<int> interest_{0};
  std::atomic<double> mean_{0};
};

}  // namespace np
