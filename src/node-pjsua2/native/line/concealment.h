// Replaces missing sound.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace np {

// At 8 kHz. Repeats the last pitch periods, fading out, and blends back when sound returns: in the manner of ITU-T
// G.711, Appendix I, but without its delay. Neither allocates nor waits.
class Concealment {
 public:
  // Real sound; its beginning is blended with what was made up before it.
  void hear(std::int16_t* samples, std::size_t count);
  // Makes up the samples that follow.
  void extend(std::int16_t* out, std::size_t count);
  // It has faded out completely.
  bool isSilent() const { return extended_ >= fadeEnds; }
  void reset() { *this = Concealment(); }

 private:
  static constexpr std::size_t compared = 160;
  static constexpr std::size_t shortestLag = 40;  // 200 Hz; higher voices fit into it several times
  static constexpr std::size_t longestLag = 160;  // 50 Hz
  static constexpr std::size_t fadeBegins = 80;   // after 10 ms
  static constexpr std::size_t fadeEnds = 480;    // after 60 ms
  static constexpr std::size_t blend = 40;        // 5 ms

  std::int16_t next();
  std::size_t bestLag() const;

  std::array<std::int16_t, compared + longestLag> history_{};
  std::size_t lag_ = 0;
  std::size_t extended_ = fadeEnds;  // samples made up so far
  std::size_t blended_ = 0;          // samples of the sound since then
};

}  // namespace np
