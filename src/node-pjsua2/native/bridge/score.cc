#include "bridge/score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace np {
namespace {

constexpr double rampSeconds = 0.002;

std::int16_t toSample(double value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -32768.0, 32767.0)));
}

constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();

std::size_t lengthOf(const Segment& segment) {
  if (const auto* samples = std::get_if<Samples>(&segment)) return samples->data.size();
  if (const auto* tone = std::get_if<Tone>(&segment)) return tone->length;
  return std::get<Silence>(segment).length;
}

// Rises from 0 to 1 within the ramp at either edge of a tone.
double fade(std::size_t position, std::size_t length, double ramp) {
  const double fromStart = static_cast<double>(position);
  const double toEnd = static_cast<double>(length - 1 - position);
  return std::clamp(std::min(fromStart, toEnd) / ramp, 0.0, 1.0);
}

}  // namespace

Score::Score(std::vector<Segment> segments, bool loop, unsigned clockRate)
    : segments_(std::move(segments)), loop_(loop), clockRate_(clockRate) {
  std::erase_if(segments_, [](const Segment& segment) { return lengthOf(segment) == 0; });
  if (loop_ && segments_.size() == 1)
    if (auto* tone = std::get_if<Tone>(&segments_.front())) tone->length = endless;
}

bool Score::read(std::int16_t* out, std::size_t count) {
  if (finished()) return false;
  while (count > 0 && !finished()) {
    const Segment& segment = segments_[segment_];
    const std::size_t part = std::min(count, lengthOf(segment) - position_);
    copy(segment, out, part);
    out += part;
    count -= part;
    position_ += part;
    if (position_ == lengthOf(segment)) nextSegment();
  }
  std::fill_n(out, count, std::int16_t{0});
  return true;
}

void Score::copy(const Segment& segment, std::int16_t* out, std::size_t count) {
  if (const auto* samples = std::get_if<Samples>(&segment)) {
    std::copy_n(samples->data.data() + position_, count, out);
    return;
  }
  const auto* tone = std::get_if<Tone>(&segment);
  if (tone == nullptr) {
    std::fill_n(out, count, std::int16_t{0});
    return;
  }
  const double ramp = rampSeconds * clockRate_;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t position = position_ + i;
    double sum = 0;
    for (const double frequency : tone->frequencies)
      sum += std::sin(2 * std::numbers::pi * frequency * static_cast<double>(position) / clockRate_);
    out[i] = toSample(sum * tone->amplitude * fade(position, tone->length, ramp));
  }
}

void Score::nextSegment() {
  position_ = 0;
  ++segment_;
  if (loop_ && segment_ == segments_.size()) segment_ = 0;
}

}  // namespace np
