// From one sample rate to another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace np {

// A polyphase FIR filter (Kaiser window, linear phase) of 32 samples of the lower rate: flat up to 0.8 times half that
// rate, 60 dB down from 1.06 times on. It delays by 16 samples of the lower rate: 2 ms where that is 8 kHz, 1 ms where
// it is 16 kHz. Equal rates pass unchanged.
class Resampler {
 public:
  // Hz; one is a whole multiple of the other.
  Resampler(unsigned from, unsigned to);

  // `count` samples, a whole number of output samples. Returns how many came out, to the last one that the rates allow.
  // Neither allocates nor locks.
  std::size_t process(const std::int16_t* samples, std::size_t count, std::int16_t* out);

  // The count of output samples for `count` input samples.
  std::size_t output(std::size_t count) const { return count * up_ / down_; }

 private:
  void up(const std::int16_t* samples, std::size_t count, std::int16_t* out);
  void down(const std::int16_t* samples, std::size_t count, std::int16_t* out);
  void take(std::int16_t sample);

  const unsigned up_;
  const unsigned down_;
  std::vector<float> taps_;     // phase after phase; each so long as the history
  std::vector<float> history_;  // twice, so that the newest samples always stand in one piece
  std::size_t position_ = 0;
};

}  // namespace np
