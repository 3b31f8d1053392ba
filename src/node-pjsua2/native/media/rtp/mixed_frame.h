// The sum of what a listener hears in one frame.
#pragma once

#include "media/codec/audio_encoder.h"
#include "media/rtp/inlet.h"
#include "media/rtp/side.h"

#include <cstddef>

namespace np {

// Each source is added to the sum of its side, then the sums are joined.
class MixedFrame {
 public:
  // `count` samples of each channel, at most Inlet::largestFrame.
  MixedFrame(std::size_t count, bool isStereo);

  float* of(Side side) { return side == Side::both || !isStereo_ ? all_ : side == Side::left ? left_ : right_; }
  // Adds what is heard on both sides to each of them.
  void join();

  float peak() const;
  void scale(float factor);

  AudioFrame channels() const { return isStereo_ ? AudioFrame{left_, right_, count_} : AudioFrame{all_, all_, count_}; }
  // Everything that is heard, in one channel.
  const float* all() const { return all_; }

 private:
  const std::size_t count_;
  const bool isStereo_;
  float all_[Inlet::largestFrame];
  float left_[Inlet::largestFrame];
  float right_[Inlet::largestFrame];
};

}  // namespace np
