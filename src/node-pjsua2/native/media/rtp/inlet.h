// Audio from one source to one listener, waiting to be mixed.
#pragma once

#include "base/event.h"
#include "media/codec/audio_codec.h"
#include "media/codec/resampler.h"
#include "media/rtp/packet_rhythm.h"
#include "media/sample_ring.h"

#include <cstddef>
#include <cstdint>

namespace np {

// Samples arrive at the source's rate and leave at the listener's. Every change of level is a ramp of a few
// milliseconds, or of a frame if it is small, so that nothing clicks. One thread writes, one mixes.
class Inlet {
 public:
  Inlet(Serial source, unsigned sourceRate, unsigned rate);

  // For the writing thread. Around a loss, the sound before it is faded out and the next write faded in.
  void write(const std::int16_t* samples, std::size_t count);
  void lose(std::size_t count);  // at the listener's rate

  // Converts a count of the source's samples to the listener's rate.
  std::size_t output(std::size_t count) const { return resampler_.output(count); }

  std::size_t waiting() const { return waiting_.size(); }
  // 60 ms pile up only if nobody mixes them any more, or after a stall of the network.
  bool pilesUp() const { return waiting() >= rate / 1000 * 60; }

  // The rest is for the mixing thread.

  // Adds the next `count` samples (at most largestFrame) to the sum, at this level from now on; nothing if the source
  // is silent or its samples have not arrived.
  void mixInto(float* sum, std::size_t count, float level);

  // Mixing it makes no difference as long as its level stays zero.
  bool silent() const { return level_ == 0; }
  bool unity() const { return level_ == 1; }
  // Sets the level at once, where there is no audio yet that could click.
  void start(float level) { level_ = level; }
  // Call it before anything is mixed: keeps only the newest samples, so that they are not late from the start.
  void begin(std::size_t count) {
    if (!begun_ && waiting() > count) waiting_.skip(waiting() - count);
  }

  PacketRhythm rhythm;
  // A frame is held back until its next packet has come.
  bool awaited = false;

  static constexpr std::size_t largestFrame = highestRate / 1000 * longestFrameMs;

  const Serial source;
  const unsigned sourceRate;  // Hz
  const unsigned rate;        // Hz, the listener's

 private:
  void scale(const std::int16_t* samples, std::size_t count, float level, float* sum);
  void fade(float* sum, std::size_t count);
  bool waitsTooLong(std::size_t frame);
  void put(std::int16_t* samples, std::size_t count);

  const std::size_t ramp_;  // samples
  // Used by the mixing thread.
  float level_ = 0;
  float last_ = 0;  // the sample added last
  bool begun_ = false;
  bool flowing_ = false;
  unsigned framesLookedAt_ = 0;
  std::size_t spare_;  // the fewest samples that were left after taking any of the last frames
  // Used by both.
  SampleRing waiting_;
  // Used by the writing thread.
  std::int16_t newest_ = 0;
  std::size_t fadedIn_;  // samples since a loss, up to the ramp's length
  Resampler resampler_;
};

}  // namespace np
