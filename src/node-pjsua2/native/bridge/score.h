// What a player plays, and its position in it. Made for the audio thread: reading neither locks nor allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace np {

// Samples at the bridge's rate.
struct Samples {
  std::vector<std::int16_t> data;
};

// The sum of one to four sines of equal amplitude, faded in and out over 2 ms so that there is no click. A tone looped
// by itself has no audible seam.
struct Tone {
  std::vector<double> frequencies;  // Hz
  std::size_t length;               // samples
  double amplitude;                 // of each sine, 32767 is full scale
};

struct Silence {
  std::size_t length;  // samples
};

using Segment = std::variant<Samples, Tone, Silence>;

class Score {
 public:
  Score(std::vector<Segment> segments, bool loop, unsigned clockRate);

  // Fills in `count` samples and moves on; silence after the end. False if there was nothing left to play.
  bool read(std::int16_t* out, std::size_t count);

  // The last sample has been read and it does not loop.
  bool finished() const { return segment_ == segments_.size(); }

  unsigned clockRate() const { return clockRate_; }

 private:
  void copy(const Segment& segment, std::int16_t* out, std::size_t count);
  void nextSegment();

  std::vector<Segment> segments_;
  bool loop_;
  unsigned clockRate_;
  std::size_t segment_ = 0;
  std::size_t position_ = 0;  // in the segment, samples
};

}  // namespace np
