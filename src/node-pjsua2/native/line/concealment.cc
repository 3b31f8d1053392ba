#include "line/concealment.h"

#include <algorithm>
#include <cmath>

namespace np {

void Concealment::hear(std::int16_t* samples, std::size_t count) {
  for (std::size_t i = 0; i < count && extended_ > 0; ++i) {
    const int made = next();
    samples[i] =
        static_cast<std::int16_t>(made + (samples[i] - made) * static_cast<int>(++blended_) / static_cast<int>(blend));
    if (blended_ == blend) extended_ = 0;
  }
  const std::size_t kept = std::min(count, history_.size());
  std::move(history_.begin() + static_cast<std::ptrdiff_t>(kept), history_.end(), history_.begin());
  std::copy_n(samples + count - kept, kept, history_.end() - static_cast<std::ptrdiff_t>(kept));
}

void Concealment::extend(std::int16_t* out, std::size_t count) {
  if (extended_ == 0) lag_ = bestLag();
  blended_ = 0;
  for (std::size_t i = 0; i < count; ++i) out[i] = next();
}

std::int16_t Concealment::next() {
  if (isSilent()) return 0;
  const int sample = history_[history_.size() - lag_ + extended_ % lag_];
  ++extended_;
  if (extended_ <= fadeBegins) return static_cast<std::int16_t>(sample);
  return static_cast<std::int16_t>(sample * static_cast<int>(fadeEnds - extended_) /
                                   static_cast<int>(fadeEnds - fadeBegins));
}

// The lag at which the newest sound is most like what came before it.
std::size_t Concealment::bestLag() const {
  const std::int16_t* newest = history_.data() + longestLag;
  std::size_t best = longestLag;
  float likest = -1;
  for (std::size_t lag = shortestLag; lag <= longestLag; ++lag) {
    float product = 0, energy = 1;
    for (std::size_t i = 0; i < compared; ++i) {
      const auto before = static_cast<float>(newest[i - static_cast<std::ptrdiff_t>(lag)]);
      product += static_cast<float>(newest[i]) * before;
      energy += before * before;
    }
    const float likeness = product / std::sqrt(energy);
    if (likeness <= likest) continue;
    likest = likeness;
    best = lag;
  }
  return best;
}

}  // namespace np
