#include "media/rtp/inlet.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

constexpr unsigned rampsPerSecond = 200;  // each of 5 ms
constexpr float slowly = 0.1F;            // such a small change is one of many, and is spread over the whole frame
constexpr unsigned capacityMs = 256;
constexpr std::size_t piece = 480;  // samples resampled at once; a whole number of samples at each rate
constexpr unsigned framesPerLook =
    50;  // one second: samples that always wait are delay that the jitter does not require

}  // namespace

Inlet::Inlet(Serial source, unsigned sourceRate, unsigned rate)
    : source(source),
      sourceRate(sourceRate),
      rate(rate),
      ramp_(rate / rampsPerSecond),
      spare_(rate / 1000 * capacityMs),
      waiting_(spare_),
      fadedIn_(ramp_),
      resampler_(sourceRate, rate) {}

void Inlet::write(const std::int16_t* samples, std::size_t count) {
  std::int16_t resampled[piece * highestRate / lowestRate];
  for (std::size_t at = 0; at < count; at += piece)
    put(resampled, resampler_.process(samples + at, std::min(piece, count - at), resampled));
}

void Inlet::put(std::int16_t* samples, std::size_t count) {
  if (count == 0) return;
  for (std::size_t i = 0; i < count && fadedIn_ < ramp_; ++i, ++fadedIn_)
    samples[i] = static_cast<std::int16_t>(samples[i] * static_cast<int>(fadedIn_) / static_cast<int>(ramp_));
  newest_ = samples[count - 1];
  waiting_.write(samples, count);
}

void Inlet::lose(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto left = static_cast<int>(ramp_ - std::min(i + 1, ramp_));
    const auto sample = static_cast<std::int16_t>(newest_ * left / static_cast<int>(ramp_));
    waiting_.write(&sample, 1);
  }
  fadedIn_ = 0;
}

void Inlet::mixInto(float* sum, std::size_t count, float level) {
  if (level == 0 && silent()) {
    waiting_.skip(waiting_.size());
    begun_ = flowing_ = false;
    return;
  }
  std::int16_t samples[largestFrame];
  if (waiting_.size() < count) {
    if (std::exchange(flowing_, false)) fade(sum, count);
    if (level == 0) level_ = 0;
    return;
  }
  begun_ = flowing_ = true;
  waiting_.read(samples, count);
  if (!waitsTooLong(count)) return scale(samples, count, level, sum);
  const std::size_t kept = count - std::min(count, ramp_);
  scale(samples, kept, level, sum);
  scale(samples + kept, count - kept, 0, sum + kept);
  waiting_.skip(count);
}

void Inlet::scale(const std::int16_t* samples, std::size_t count, float level, float* sum) {
  if (count == 0) return;
  const float from = level_, change = level - from;
  const bool isSmall = std::abs(change) < slowly;
  const float step =
      isSmall ? change / static_cast<float>(count) : std::copysign(1 / static_cast<float>(ramp_), change);
  const auto steps = isSmall ? count : static_cast<std::size_t>(std::abs(change) * static_cast<float>(ramp_));
  const std::size_t ramped = std::min(count, steps);
  for (std::size_t i = 0; i < ramped; ++i) sum[i] += (from + step * static_cast<float>(i + 1)) * samples[i];
  for (std::size_t i = ramped; i < count; ++i) sum[i] += level * samples[i];
  level_ = ramped < count || isSmall ? level : from + step * static_cast<float>(count);
  last_ = level_ * samples[count - 1];
}

// The samples have run out without warning: the last one fades away instead of ending in a step.
void Inlet::fade(float* sum, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, ramp_); ++i)
    sum[i] += last_ * (1 - static_cast<float>(i + 1) / static_cast<float>(ramp_));
  level_ = 0;
}

// A whole frame more than was needed in all this time, or piled up by a network stall, is to be left out.
bool Inlet::waitsTooLong(std::size_t frame) {
  if (waiting_.size() >= frame && pilesUp()) return true;
  spare_ = std::min(spare_, waiting_.size());
  if (++framesLookedAt_ < framesPerLook) return false;
  framesLookedAt_ = 0;
  return std::exchange(spare_, waiting_.capacity()) >= frame;
}

}  // namespace np
