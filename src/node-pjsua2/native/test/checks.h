// What the tests of the packet path share: legs without sockets, in simulated time.
#pragma once

#include "media/rtp/rtp_sender.h"

#include <vector>

namespace np {

using Bytes = std::vector<std::uint8_t>;
using Clock = RtpClock;

constexpr double pi = 3.14159265358979;

// PJMEDIA's codecs, with G.722.
pjmedia_codec_mgr* codecs();

// The test's clock.
extern Clock::time_point now;
void pass(Clock::duration time = std::chrono::milliseconds(20));

// A sine wave, at any sample rate.
struct Voice {
  double hertz;
  double loudness = 6000;  // its amplitude

  float at(double seconds) const;
  // The largest step from one sample to the next.
  float steepness(unsigned rate) const;
};

// The amplitude of a tone in the samples.
double tone(const std::vector<float>& samples, double hertz, double rate = 8000);
float largestStep(const std::vector<float>& samples);

}  // namespace np
