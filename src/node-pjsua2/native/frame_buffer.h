// Frames on their way from one clock to another: a short queue between one thread that puts and one that takes.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace np {

// 20 ms at 8 kHz, the frame of every sound channel.
constexpr std::size_t samplesPerFrame = 160;
using Frame = std::array<std::int16_t, samplesPerFrame>;

// Holds about 3 frames: as much as jitter needs, and as long as a key takes to be recognised. Neither side locks, allocates or
// waits. When the taker's clock is slower a frame is left out now and then, when it is faster a gap is filled; both are
// faded, so that no click is heard.
class FrameBuffer {
 public:
  // Putting side. A frame that finds no room is dropped.
  void put(const std::int16_t* samples);
  // What was put and has not been taken is to be silent.
  void mute();

  // Taking side. False when there is nothing to hear.
  bool take(std::int16_t* out);
  // Forgets what is in it.
  void clear();

 private:
  struct Slot {
    Frame samples;
    std::atomic<bool> muted;
  };

  std::size_t size() const { return put_.load(std::memory_order_acquire) - taken_.load(std::memory_order_relaxed); }
  void takeOne(Frame& frame);
  bool tooMany();

  static constexpr std::size_t capacity = 8;
  static constexpr std::size_t target = 3;

  std::array<Slot, capacity> slots_{};
  std::atomic<std::size_t> put_{0};    // counted for ever
  std::atomic<std::size_t> taken_{0};

  // Of the taking side.
  bool flowing_ = false;
  bool fadeIn_ = true;
  Frame last_{};
  std::size_t fewest_ = capacity;  // frames left after a take, in the present window
  unsigned takesInWindow_ = 0;
};

}  // namespace np
