#include "sound_path.h"

namespace np {

// A key is recognised within three frames of its beginning: all of them still wait.
void SoundPath::captured(const std::int16_t* samples) {
  const bool heardKey = detector_.hearsKey();
  const auto pressed = detector_.hear(samples, samplesPerFrame);
  toBridge_.put(samples);
  if (heardKey || pressed) toBridge_.mute();
  if (pressed) onKey_(*pressed);
}

void SoundPath::fromBridge(const std::int16_t* samples) {
  static constexpr Frame silence{};
  toDevice_.put(samples != nullptr ? samples : silence.data());
}

}  // namespace np
