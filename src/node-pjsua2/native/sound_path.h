// Both directions of the sound between a line's device and the bridge, each of which has a clock of its own.
#pragma once

#include "dtmf_detector.h"
#include "frame_buffer.h"

#include <atomic>
#include <functional>

namespace np {

// The keys of a telephone go their own way, as digits: their tones never reach the bridge.
class SoundPath {
 public:
  // `onKey` is called on the device's thread.
  explicit SoundPath(std::function<void(char)> onKey) : onKey_(std::move(onKey)) {}

  // On the device's thread, each once in 20 ms of its clock.
  void captured(const std::int16_t* samples);
  // False when there is nothing to play.
  bool playback(std::int16_t* samples) { return toDevice_.take(samples); }
  // The device begins to work: what was meant for it before is out of date.
  void begin() { toDevice_.clear(); }

  // On the bridge's thread, each once in 20 ms of its clock.
  bool toBridge(std::int16_t* samples) { return toBridge_.take(samples); }
  // Null for silence.
  void fromBridge(const std::int16_t* samples);

 private:
  const std::function<void(char)> onKey_;
  DtmfDetector detector_;
  FrameBuffer toBridge_;
  FrameBuffer toDevice_;
};

}  // namespace np
