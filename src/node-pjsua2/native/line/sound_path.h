// Carries sound both ways between a line's device on one side, and packets and the bridge on the other.
#pragma once

#include "line/dtmf_detector.h"
#include "line/playout_buffer.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

namespace np {

// The keys of a telephone are passed on as digits only: their tones go no further than here. The line's sound is held
// back for as long as it takes to suspect a key (26 ms), and no longer.
//
// A line sends back some of what is played to it. A key in that is none of the line's own: whoever the line talks to
// could press keys in its name.
//
// Packets leave at the device's own pace. The bridge has a clock of its own, and so has the device's playback, so there
// is a playout buffer for each.
class SoundPath {
 public:
  using Clock = PlayoutBuffer::Clock;

  // Both are called on the device's thread.
  struct Listeners {
    std::function<void(char key)> onKey;
    std::function<void(const std::int16_t* frame)> onFrame;  // without keys
  };

  explicit SoundPath(Listeners listeners) : listeners_(std::move(listeners)) {}

  // On the device's thread, each once in 20 ms of its clock.
  void captured(const std::int16_t* samples, Clock::time_point now);
  // False when there is nothing to play.
  bool playback(std::int16_t* samples, Clock::time_point now);
  // The device starts working: sound meant for it before is out of date.
  void begin();

  // On the bridge's thread, each once in 20 ms of its clock.
  bool toBridge(std::int16_t* samples, Clock::time_point now) { return toBridge_.take(samples, now); }
  // Null for silence.
  void fromBridge(const std::int16_t* samples, Clock::time_point now);

  // On the packets' thread: 8 kHz, with their timestamp.
  void fromPackets(std::uint32_t timestamp, const std::int16_t* samples, std::size_t count, Clock::time_point now) {
    fromPackets_.put(timestamp, samples, count, now);
  }

 private:
  static constexpr std::size_t held = DtmfDetector::longestToSuspect;
  // From playing a sound until its echo has been judged, with the buffers of the device both ways.
  static constexpr std::chrono::milliseconds longestEcho{500};

  bool isEcho(char key, Clock::time_point now) const;

  const Listeners listeners_;
  DtmfDetector detector_;
  DtmfDetector played_;
  std::array<std::optional<Clock::time_point>, 128> playedAt_{};  // by key
  std::array<std::int16_t, held + samplesPerFrame> captured_{};
  PlayoutBuffer toBridge_;
  PlayoutBuffer fromBridge_;
  PlayoutBuffer fromPackets_;
};

}  // namespace np
