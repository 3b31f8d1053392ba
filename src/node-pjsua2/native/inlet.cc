#include "inlet.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

constexpr std::size_t rampLength = 40;  // 5 ms at 8 kHz
constexpr float rampPerSample = 1.0F / rampLength;
constexpr float slowly = 0.1F;  // so small a change is one of many, and takes the whole frame
constexpr unsigned framesPerLook = 50;  // a second: what waits all the time is delay that the jitter does not ask for

}  // namespace

bool Inlet::mixInto(float* sum, std::size_t count, float level) {
  if (level == 0 && silent()) {
    clear();
    return false;
  }
  std::int16_t samples[largestFrame];
  if (waiting_.size() < count) {
    const bool wasFlowing = std::exchange(flowing_, false);
    if (wasFlowing) fade(sum, count);
    if (level == 0) level_ = 0;
    return wasFlowing;
  }
  flowing_ = true;
  waiting_.read(samples, count);
  if (!waitsTooLong(count)) {
    scale(samples, count, level, sum);
    return true;
  }
  const std::size_t kept = count - std::min(count, rampLength);
  scale(samples, kept, level, sum);
  scale(samples + kept, count - kept, 0, sum + kept);
  waiting_.skip(count);
  return true;
}

void Inlet::mixNow(const std::int16_t* samples, std::size_t count, float level, float* sum) {
  scale(samples, count, level, sum);
}

bool Inlet::take(std::int16_t* samples, std::size_t count) {
  if (waiting_.size() < count) return false;
  waiting_.read(samples, count);
  return true;
}

void Inlet::clear() {
  waiting_.skip(waiting_.size());
  flowing_ = false;
}

void Inlet::scale(const std::int16_t* samples, std::size_t count, float level, float* sum) {
  const float change = std::abs(level - level_);
  const float step = change < slowly ? change / static_cast<float>(count) : rampPerSample;
  for (std::size_t i = 0; i < count; ++i) {
    level_ = level_ < level ? std::min(level, level_ + step) : std::max(level, level_ - step);
    last_ = level_ * static_cast<float>(samples[i]);
    sum[i] += last_;
  }
  if (change < slowly) level_ = level;
}

// The samples end before anybody knew: instead of a step, their last one dies away.
void Inlet::fade(float* sum, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, rampLength); ++i)
    sum[i] += last_ * (1 - rampPerSample * static_cast<float>(i + 1));
  level_ = 0;
}

// A whole frame more than was needed in all this time: it is left out.
bool Inlet::waitsTooLong(std::size_t frame) {
  spare_ = std::min(spare_, waiting_.size());
  if (++framesLookedAt_ < framesPerLook) return false;
  framesLookedAt_ = 0;
  return std::exchange(spare_, SampleRing::capacity) >= frame;
}

}  // namespace np
