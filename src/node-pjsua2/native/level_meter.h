// How loud a leg is, for whoever asks.
#pragma once

#include "g711.h"

#include <atomic>
#include <cstdlib>

namespace np {

// Costs next to nothing while nobody asks.
class LevelMeter {
 public:
  // Mean amplitude (0 to 32767) of a recent frame. The first question only begins the measuring.
  double level() const {
    interest_ = framesPerQuestion;
    return mean_;
  }

  // On the media thread.
  void measure(Law law, const std::uint8_t* codes, std::size_t count) {
    if (interest_.load(std::memory_order_relaxed) == 0 || count == 0) return;
    unsigned long sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += static_cast<unsigned>(std::abs(decode(law, codes[i])));
    mean_ = static_cast<double>(sum) / static_cast<double>(count);
    --interest_;
  }

 private:
  static constexpr int framesPerQuestion = 100;

  mutable std::atomic<int> interest_{0};
  std::atomic<double> mean_{0};
};

}  // namespace np
