// Carries sound from one clock to another, with the least delay that the measured jitter allows.
#pragma once

#include "line/concealment.h"

#include <array>
#include <atomic>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace np {

// 20 ms at 8 kHz, the frame of every sound channel.
constexpr std::size_t samplesPerFrame = 160;
using Frame = std::array<std::int16_t, samplesPerFrame>;

// One thread puts and one takes; neither locks, allocates or waits.
//
// The buffer measures how long before the take that needs it each piece of sound arrives. A piece that is late makes
// the delay grow by a frame at once: the missing sound is made up, and the late piece is still heard. If for ten
// seconds, except one of them, everything has come a frame too early, about a frame is left out, such that the sound on
// both sides of the cut fits together. So the delay follows the jitter, and clocks that differ, without a click. Sound
// that is lost, or later than the delay, is made up.
class PlayoutBuffer {
 public:
  using Clock = std::chrono::steady_clock;

  // The putting side. At 8 kHz. What does not fit is dropped.
  void put(std::uint32_t timestamp, const std::int16_t* samples, std::size_t count, Clock::time_point now);
  // A frame that follows the one before it, or comes after a pause.
  void put(const std::int16_t* frame, Clock::time_point now);

  // The taking side: gets the next frame. False if there is nothing to hear.
  bool take(std::int16_t* out, Clock::time_point now);
  // Forgets the sound in it and everything that was measured.
  void clear();

 private:
  struct Piece {
    std::uint32_t timestamp;
    std::size_t count;
    Clock::time_point at;
    Frame samples;
  };

  static constexpr std::size_t capacity = 32;  // pieces
  static constexpr std::size_t length = 4096;  // samples of the timeline; a divisor of 2^32
  static constexpr int frame = samplesPerFrame;
  static constexpr int mostWaiting = 10 * frame;  // 200 ms; beyond that the excess is skipped at once
  static constexpr int leftWaiting = 2 * frame;   // what remains after that
  static constexpr int rest = 20 * frame;         // after 400 ms without sound the next piece starts afresh
  static constexpr int memory = 500 * frame;      // 10 s: after that it may be a call on another network
  static constexpr int furthest = static_cast<int>(length) - 2 * frame;
  static constexpr int safety = 16;  // 2 ms
  static constexpr int leeway = 40;  // how much shorter than a frame a cut may be
  static constexpr int never = 1'000'000;
  static constexpr unsigned takesPerSecond = 50;
  static constexpr unsigned takesBetweenSkips = 10;
  static constexpr unsigned takesAfterGrowth = 50;
  static constexpr std::size_t seconds = 10;

  void receive(Clock::time_point now);
  void place(const Piece& piece);
  void judge(const Piece& piece, Clock::time_point now);
  void begin(std::uint32_t timestamp);
  void resume();
  void advance(int samples);
  bool play(std::int16_t* out);
  int skippable();
  int usualMargin() const;
  void delay(int samples);
  int bestSkip(int shortest, int longest) const;
  void noteTake();

  // The place of the sample this far ahead of the position.
  std::size_t at(int ahead) const { return (position_ + static_cast<std::uint32_t>(ahead)) % length; }
  std::int16_t sample(int ahead) const { return known_[at(ahead)] ? line_[at(ahead)] : std::int16_t{0}; }
  bool knows(int count) const;
  int aheadOf(std::uint32_t timestamp) const { return static_cast<std::int32_t>(timestamp - position_); }
  int waiting() const { return aheadOf(end_); }

  std::array<Piece, capacity> pieces_{};
  std::atomic<std::size_t> put_{0};  // only ever grows
  std::atomic<std::size_t> taken_{0};
  // Used by the putting side: timestamp and time of the last frame.
  std::uint32_t next_ = 0;
  Clock::time_point lastPut_{};

  // Used by the taking side.
  bool begun_ = false;
  std::uint32_t position_ = 0;  // timestamp of the next sample to take
  std::uint32_t end_ = 0;       // after the newest sample
  int waited_ = 0;              // samples made up since the sound ended
  int growth_ = 0;              // samples by which the delay has yet to grow
  int grown_ = 0;               // samples by which it has grown since the sound began
  std::array<std::int16_t, length> line_{};
  std::bitset<length> known_;   // samples that wait
  std::bitset<length> missed_;  // samples that were due but missing
  Concealment concealment_;
  // The least number of samples between arrival and need, in each of the last seconds and in the current one.
  std::array<int, seconds> margins_ = filled(-never);
  int margin_ = never;
  unsigned takes_ = 0;   // in the current second
  unsigned steady_ = 0;  // takes for which nothing may be left out yet

  static constexpr std::array<int, seconds> filled(int value) {
    std::array<int, seconds> values{};
    values.fill(value);
    return values;
  }
};

}  // namespace np
