// What the tests of the packet path share: legs without sockets, in a time of their own.
#pragma once

#include "media/rtp/rtp_sender.h"

#include <vector>

namespace np {

using Bytes = std::vector<std::uint8_t>;
using Clock = RtpClock;

constexpr double pi = 3.14159265358979;

// PJMEDIA's, with G.722.
pjmedia_codec_mgr* codecs();

// The time of the test.
extern Clock::time_point now;
void pass(Clock::duration time = std::chrono::milliseconds(20));

// A sine, at any rate.
struct Voice {
  double hertz;
  double loudness = 6000;  // its amplitude

  float at(double seconds) const;
  // From one sample to the next, at most.
  float steepness(unsigned rate) const;
};

// Amplitude of a tone.
double tone(const std::vector<float>& samples, double hertz, double rate = 8000);
float largestStep(const std::vector<float>& samples);

}  // namespace np
