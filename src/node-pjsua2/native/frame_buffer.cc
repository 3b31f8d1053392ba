#include "frame_buffer.h"

#include <algorithm>

namespace np {
namespace {

constexpr unsigned window = 50;  // takes, one second

float rising(std::size_t index) { return static_cast<float>(index) / samplesPerFrame; }

std::int16_t scaled(std::int16_t sample, float factor) { return static_cast<std::int16_t>(static_cast<float>(sample) * factor); }

void fadeIn(Frame& frame) {
  for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = scaled(frame[i], rising(i));
}

void fadeOut(Frame& frame) {
  for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = scaled(frame[i], 1 - rising(i));
}

// From one frame over to the next in the time of one.
void crossFade(Frame& frame, const Frame& next) {
  for (std::size_t i = 0; i < frame.size(); ++i)
    frame[i] = static_cast<std::int16_t>(scaled(frame[i], 1 - rising(i)) + scaled(next[i], rising(i)));
}

}  // namespace

void FrameBuffer::put(const std::int16_t* samples) {
  const std::size_t index = put_.load(std::memory_order_relaxed);
  if (index - taken_.load(std::memory_order_acquire) == capacity) return;
  Slot& slot = slots_[index % capacity];
  std::copy_n(samples, samplesPerFrame, slot.samples.begin());
  slot.muted.store(false, std::memory_order_relaxed);
  put_.store(index + 1, std::memory_order_release);
}

void FrameBuffer::mute() {
  const std::size_t end = put_.load(std::memory_order_relaxed);
  for (std::size_t index = taken_.load(std::memory_order_acquire); index != end; ++index)
    slots_[index % capacity].muted.store(true, std::memory_order_relaxed);
}

bool FrameBuffer::take(std::int16_t* out) {
  if (!flowing_ && size() < target) return false;
  Frame frame;
  if (size() == 0) {
    flowing_ = false;
    fadeIn_ = true;
    frame = last_;
    fadeOut(frame);
  } else {
    flowing_ = true;
    takeOne(frame);
    if (tooMany()) {
      Frame next;
      takeOne(next);
      crossFade(frame, next);
    }
    if (fadeIn_) fadeIn(frame);
    fadeIn_ = false;
  }
  std::copy(frame.begin(), frame.end(), out);
  return true;
}

void FrameBuffer::clear() {
  taken_.store(put_.load(std::memory_order_acquire), std::memory_order_release);
  flowing_ = false;
  fadeIn_ = true;
}

void FrameBuffer::takeOne(Frame& frame) {
  const std::size_t index = taken_.load(std::memory_order_relaxed);
  Slot& slot = slots_[index % capacity];
  if (slot.muted.load(std::memory_order_relaxed))
    frame.fill(0);
  else
    frame = slot.samples;
  last_ = frame;
  taken_.store(index + 1, std::memory_order_release);
}

// A frame that was never missed in a whole second is one too many. So is what a burst has left behind.
bool FrameBuffer::tooMany() {
  const std::size_t left = size();
  fewest_ = std::min(fewest_, left);
  if (++takesInWindow_ < window && left < 2 * target) return false;
  const bool spare = fewest_ >= target || left >= 2 * target;
  fewest_ = capacity;
  takesInWindow_ = 0;
  return spare;
}

}  // namespace np
