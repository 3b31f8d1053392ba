#include "line/dtmf_detector.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace np {
namespace {

constexpr double sampleRate = 8000;
constexpr std::array<double, 8> frequencies{697, 770, 852, 941, 1209, 1336, 1477, 1633};
constexpr std::size_t rows = 4;
constexpr const char* keys = "123A456B789C*0#D";

constexpr float softest = 735;      // amplitude of one tone, -33 dBFS
constexpr float purest = 0.68F;     // least share of the power in the two tones
constexpr float mostTwist = 4.0F;   // power of the high tone relative to the low one: +6 dB
constexpr float leastTwist = 0.1F;  // -10 dB
constexpr double mostDeviation = 0.025;

template <std::size_t block>
using Waves = std::array<std::array<std::complex<float>, block>, frequencies.size()>;

template <std::size_t block>
const Waves<block>& waves() {
  static const Waves<block> made = [] {
    Waves<block> all;
    for (std::size_t tone = 0; tone < frequencies.size(); ++tone)
      for (std::size_t i = 0; i < block; ++i)
        all[tone][i] = std::polar(
            1.0F, static_cast<float>(-2 * std::numbers::pi * frequencies[tone] * static_cast<double>(i) / sampleRate));
    return all;
  }();
  return made;
}

// How far the phase of a tone advances over this many samples.
std::complex<float> turnOf(std::size_t tone, std::size_t samples) {
  return std::polar(
      1.0F, static_cast<float>(2 * std::numbers::pi * frequencies[tone] * static_cast<double>(samples) / sampleRate));
}

std::size_t loudest(const std::array<std::complex<float>, frequencies.size()>& levels, std::size_t from) {
  const auto softer = [](const auto& a, const auto& b) { return std::norm(a) < std::norm(b); };
  const auto begin = levels.begin() + static_cast<std::ptrdiff_t>(from);
  return static_cast<std::size_t>(std::max_element(begin, begin + rows, softer) - levels.begin());
}

}  // namespace

std::optional<char> DtmfDetector::hear(const std::int16_t* samples, std::size_t count) {
  std::optional<char> pressed;
  suspects_ = false;
  for (std::size_t i = 0; i < count; ++i) {
    samples_[filled_++] = samples[i];
    if (filled_ < block) continue;
    const auto seen = look();
    suspect(seen);
    if (const auto key = judge(seen && seen->isLevel ? seen : std::nullopt)) pressed = key;
    std::copy(samples_.begin() + step, samples_.end(), samples_.begin());
    filled_ = block - step;
  }
  return pressed;
}

// What the current block shows by itself.
std::optional<DtmfDetector::Look> DtmfDetector::look() const {
  float power = 0;
  for (const float sample : samples_) power += sample * sample;
  power /= block;
  if (power < softest * softest) return std::nullopt;  // two tones with half of that each
  std::array<std::complex<float>, tones> levels{};
  for (std::size_t tone = 0; tone < tones; ++tone)
    for (std::size_t i = 0; i < block; ++i) levels[tone] += samples_[i] * waves<block>()[tone][i];
  const std::size_t row = loudest(levels, 0);
  const std::size_t column = loudest(levels, rows);
  const auto powerOf = [&](std::size_t tone) { return 2 * std::norm(levels[tone]) / (block * block); };
  const float low = powerOf(row);
  const float high = powerOf(column);
  const bool isLoud = std::min(low, high) >= softest * softest / 2;
  const bool isLevel = high <= low * mostTwist && high >= low * leastTwist;
  if (!isLoud || low + high < power * purest) return std::nullopt;
  return Look{row, column, levels[row], levels[column], isLevel};
}

void DtmfDetector::suspect(const std::optional<Look>& seen) {
  suspects_ = suspects_ || (seen && suspicious_ && seen->isSameKey(*suspicious_));
  suspicious_ = seen;
}

// What consecutive looks show together.
std::optional<char> DtmfDetector::judge(const std::optional<Look>& seen) {
  if (seen && before_ && seen->isSameKey(*before_)) {
    ++run_;
    lowTurn_ += seen->low * std::conj(before_->low * turnOf(seen->row, step));
    highTurn_ += seen->high * std::conj(before_->high * turnOf(seen->column, step));
  } else {
    run_ = seen ? 1 : 0;
    lowTurn_ = highTurn_ = 0;
  }
  before_ = seen;
  const auto shown = seen ? std::optional(keys[seen->row * rows + seen->column - rows]) : std::nullopt;
  missed_ = shown == key_ ? 0 : missed_ + 1;
  if (missed_ >= looks) key_.reset();
  if (run_ < looks || shown == key_ || !isOnPitch()) return std::nullopt;
  key_ = shown;
  missed_ = 0;
  return key_;
}

bool DtmfDetector::isOnPitch() const {
  const auto deviation = [](const std::complex<float>& turn, std::size_t tone) {
    return std::abs(std::arg(turn)) * sampleRate / (2 * std::numbers::pi * step) / frequencies[tone];
  };
  return deviation(lowTurn_, before_->row) <= mostDeviation && deviation(highTurn_, before_->column) <= mostDeviation;
}

}  // namespace np
