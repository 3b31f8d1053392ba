#include "test/checks.h"

#include <pjmedia-codec/g722.h>
#include <pjmedia/endpoint.h>

#include <algorithm>
#include <cmath>

namespace np {

Clock::time_point now = Clock::time_point(std::chrono::hours(1));

void pass(Clock::duration time) { now += time; }

// Lives for the whole run of the program.
pjmedia_codec_mgr* codecs() {
  static pjmedia_endpt* const endpoint = [] {
    static pj_caching_pool pools;
    pjmedia_endpt* made = nullptr;
    pj_caching_pool_init(&pools, nullptr, 0);
    pjmedia_endpt_create(&pools.factory, nullptr, 0, &made);
    pjmedia_codec_g722_init(made);
    return made;
  }();
  return pjmedia_endpt_get_codec_mgr(endpoint);
}

float Voice::at(double seconds) const { return static_cast<float>(loudness * std::sin(2 * pi * hertz * seconds)); }

float Voice::steepness(unsigned rate) const { return static_cast<float>(loudness * 2 * pi * hertz / rate); }

double tone(const std::vector<float>& samples, double hertz, double rate) {
  double real = 0, imaginary = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double angle = 2 * pi * hertz * static_cast<double>(i) / rate;
    real += samples[i] * std::cos(angle);
    imaginary += samples[i] * std::sin(angle);
  }
  return 2 * std::hypot(real, imaginary) / static_cast<double>(samples.size());
}

float largestStep(const std::vector<float>& samples) {
  float largest = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
  return largest;
}

}  // namespace np
