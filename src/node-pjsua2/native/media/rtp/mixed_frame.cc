#include "media/rtp/mixed_frame.h"

#include <algorithm>
#include <cmath>

namespace np {
namespace {

float peakOf(const float* samples, std::size_t count) {
  float peak = 0;
  for (std::size_t i = 0; i < count; ++i) peak = std::max(peak, std::abs(samples[i]));
  return peak;
}

}  // namespace

MixedFrame::MixedFrame(std::size_t count, bool isStereo) : count_(count), isStereo_(isStereo) {
  std::fill_n(all_, count, 0.0F);
  if (!isStereo) return;
  std::fill_n(left_, count, 0.0F);
  std::fill_n(right_, count, 0.0F);
}

void MixedFrame::join() {
  if (!isStereo_) return;
  for (std::size_t i = 0; i < count_; ++i) {
    const float middle = all_[i];
    all_[i] += left_[i] + right_[i];
    left_[i] += middle;
    right_[i] += middle;
  }
}

float MixedFrame::peak() const {
  return isStereo_ ? std::max(peakOf(left_, count_), peakOf(right_, count_)) : peakOf(all_, count_);
}

void MixedFrame::scale(float factor) {
  for (std::size_t i = 0; i < count_; ++i) all_[i] *= factor;
  if (!isStereo_) return;
  for (std::size_t i = 0; i < count_; ++i) {
    left_[i] *= factor;
    right_[i] *= factor;
  }
}

}  // namespace np
