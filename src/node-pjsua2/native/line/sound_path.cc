#include "line/sound_path.h"

#include <algorithm>
#include <limits>

namespace np {

void SoundPath::captured(const std::int16_t* samples, Clock::time_point now) {
  const bool heardKey = detector_.key().has_value();
  const auto pressed = detector_.hear(samples, samplesPerFrame);
  std::copy(captured_.begin() + samplesPerFrame, captured_.end(), captured_.begin());
  std::copy_n(samples, samplesPerFrame, captured_.end() - samplesPerFrame);
  if (heardKey || detector_.suspectsKey()) captured_.fill(0);
  toBridge_.put(captured_.data(), now);
  listeners_.onFrame(captured_.data());
  if (pressed && !isEcho(*pressed, now)) listeners_.onKey(*pressed);
}

bool SoundPath::isEcho(char key, Clock::time_point now) const {
  const auto& at = playedAt_[static_cast<std::size_t>(key)];
  return at && now - *at < longestEcho;
}

bool SoundPath::playback(std::int16_t* samples, Clock::time_point now) {
  Frame other;
  const bool packets = fromPackets_.take(samples, now);
  const bool bridge = fromBridge_.take(packets ? other.data() : samples, now);
  using Limits = std::numeric_limits<std::int16_t>;
  for (std::size_t i = 0; packets && bridge && i < samplesPerFrame; ++i)
    samples[i] = static_cast<std::int16_t>(std::clamp<int>(samples[i] + other[i], Limits::min(), Limits::max()));
  const bool isPlayed = packets || bridge;
  if (isPlayed) (void)played_.hear(samples, samplesPerFrame);
  if (const auto key = isPlayed ? played_.key() : std::nullopt) playedAt_[static_cast<std::size_t>(*key)] = now;
  return isPlayed;
}

void SoundPath::begin() {
  fromPackets_.clear();
  fromBridge_.clear();
}

void SoundPath::fromBridge(const std::int16_t* samples, Clock::time_point now) {
  static constexpr Frame silence{};
  fromBridge_.put(samples != nullptr ? samples : silence.data(), now);
}

}  // namespace np
