// What one source says to one listener, waiting until it is mixed.
#pragma once

#include "event.h"
#include "sample_ring.h"

#include <cstddef>
#include <cstdint>

namespace np {

// Every change of its level is a ramp of a few milliseconds, or of a frame if it is small, so that nothing clicks. One thread writes, one mixes.
class Inlet {
 public:
  explicit Inlet(Serial source) : source(source) {}

  void write(const std::int16_t* samples, std::size_t count) { waiting_.write(samples, count); }
  std::size_t waiting() const { return waiting_.size(); }

  // Adds the next `count` samples (at most largestFrame) to the sum, at this level from here on. False when there is nothing to
  // add: the source is silent, or its samples have not come.
  bool mixInto(float* sum, std::size_t count, float level);

  // Adds these samples instead: the source speaks right now.
  void mixNow(const std::int16_t* samples, std::size_t count, float level, float* sum);

  // Takes the next samples unmixed; false when there are not so many.
  bool take(std::int16_t* samples, std::size_t count);

  // Forgets what waits.
  void clear();

  // Mixing it would make no difference, now and as long as its level is zero.
  bool silent() const { return level_ == 0; }
  // It is heard as it is.
  bool unity() const { return level_ == 1; }
  // Takes the level at once, where there is no audio yet that could click.
  void start(float level) { level_ = level; }

  static constexpr std::size_t largestFrame = 480;
  // So much waits, 60 ms, only when nobody mixes it any more.
  static constexpr std::size_t pileUp = 480;

  const Serial source;

 private:
  void scale(const std::int16_t* samples, std::size_t count, float level, float* sum);
  void fade(float* sum, std::size_t count);
  bool waitsTooLong(std::size_t frame);

  SampleRing waiting_;
  bool flowing_ = false;
  float level_ = 0;
  float last_ = 0;  // what was added last
  std::size_t spare_ = SampleRing::capacity;  // the least that waited after a frame was taken, of the last frames
  unsigned framesLookedAt_ = 0;
};

}  // namespace np
