#include "media/codec/resampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace np {
namespace {

constexpr std::size_t span = 32;  // samples of the lower rate
constexpr double cutoff = 0.94;   // of half the lower rate, 6 dB down
constexpr double beta = 5.65;     // Kaiser: 60 dB
constexpr double pi = 3.14159265358979;

// Modified Bessel function of the first kind, order zero.
double bessel(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > 1e-12 * sum; ++k) {
    term *= x * x / (4.0 * k * k);
    sum += term;
  }
  return sum;
}

// A low-pass filter with a gain of 1, for a rate `factor` times the lower one.
std::vector<float> lowPass(unsigned factor) {
  const std::size_t length = span * factor;
  const double middle = static_cast<double>(length - 1) / 2;
  std::vector<double> taps(length);
  for (std::size_t i = 0; i < length; ++i) {
    const double distance = static_cast<double>(i) - middle;
    const double angle = pi * cutoff / factor * distance;
    const double window = bessel(beta * std::sqrt(1 - std::pow(distance / (middle + 1), 2))) / bessel(beta);
    taps[i] = (angle == 0 ? 1 : std::sin(angle) / angle) * window;
  }
  const double gain = std::accumulate(taps.begin(), taps.end(), 0.0);
  std::vector<float> result(length);
  std::transform(taps.begin(), taps.end(), result.begin(), [&](double tap) { return static_cast<float>(tap / gain); });
  return result;
}

// Reversed, because the oldest sample comes first; one filter after the other where each output sample has its own.
std::vector<float> phases(unsigned up, unsigned down) {
  if (up == 1) {
    auto taps = down == 1 ? std::vector<float>{} : lowPass(down);
    std::reverse(taps.begin(), taps.end());
    return taps;
  }
  const auto whole = lowPass(up);
  std::vector<float> result;
  for (unsigned phase = 0; phase < up; ++phase)
    for (std::size_t i = span; i-- > 0;) result.push_back(whole[i * up + phase] * static_cast<float>(up));
  return result;
}

std::int16_t rounded(float sample) {
  return static_cast<std::int16_t>(std::lrintf(std::clamp(sample, -32768.0F, 32767.0F)));
}

}  // namespace

Resampler::Resampler(unsigned from, unsigned to)
    : up_(std::max(1U, to / from)),
      down_(std::max(1U, from / to)),
      taps_(phases(up_, down_)),
      history_(2 * taps_.size() / up_) {}

std::size_t Resampler::process(const std::int16_t* samples, std::size_t count, std::int16_t* out) {
  if (up_ > 1)
    up(samples, count, out);
  else if (down_ > 1)
    down(samples, count, out);
  else
    std::copy_n(samples, count, out);
  return output(count);
}

void Resampler::up(const std::int16_t* samples, std::size_t count, std::int16_t* out) {
  const std::size_t length = history_.size() / 2;
  for (std::size_t i = 0; i < count; ++i) {
    take(samples[i]);
    for (unsigned phase = 0; phase < up_; ++phase)
      *out++ = rounded(std::inner_product(taps_.begin() + static_cast<std::ptrdiff_t>(phase * length),
                                          taps_.begin() + static_cast<std::ptrdiff_t>((phase + 1) * length),
                                          history_.begin() + static_cast<std::ptrdiff_t>(position_), 0.0F));
  }
}

void Resampler::down(const std::int16_t* samples, std::size_t count, std::int16_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    take(samples[i]);
    if ((i + 1) % down_ == 0)
      *out++ = rounded(std::inner_product(taps_.begin(), taps_.end(),
                                          history_.begin() + static_cast<std::ptrdiff_t>(position_), 0.0F));
  }
}

void Resampler::take(std::int16_t sample) {
  const std::size_t length = history_.size() / 2;
  history_[position_] = history_[position_ + length] = sample;
  position_ = (position_ + 1) % length;
}

}  // namespace np
