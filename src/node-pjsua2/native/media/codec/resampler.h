// Converts from one sample rate to another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace np {

// A polyphase FIR filter (Kaiser window, linear phase) spanning 32 samples of the lower rate: flat up to 0.8 times half
// that rate, and down by 60 dB from 1.06 times on. It delays by 16 samples of the lower rate, which is 2 ms at 8 kHz
// and 1 ms at 16 kHz. Equal rates pass unchanged.
class Resampler {
 public:
  // Rates in Hz; one must be a whole multiple of the other.
  Resampler(unsigned from, unsigned to);

  // Takes `count` samples, which must make a whole number of output samples. Returns how many came out. Neither
  // allocates nor locks.
  std::size_t process(const std::int16_t* samples, std::size_t count, std::int16_t* out);

  // How many output samples `count` input samples make.
  std::size_t output(std::size_t count) const { return count * up_ / down_; }

 private:
  void up(const std::int16_t* samples, std::size_t count, std::int16_t* out);
  void down(const std::int16_t* samples, std::size_t count, std::int16_t* out);
  void take(std::int16_t sample);

  const unsigned up_;
  const unsigned down_;
  std::vector<float> taps_;     // phase after phase, each as long as the history
  std::vector<float> history_;  // stored twice, so that the newest samples are always contiguous
  std::size_t position_ = 0;
};

}  // namespace np
