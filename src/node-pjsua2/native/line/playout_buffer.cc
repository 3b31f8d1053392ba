#include "line/playout_buffer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

constexpr std::chrono::milliseconds frameTime(20);
constexpr int longestGap = 4;  // frames; a shorter gap may be a thread that was held up

// More than a minute makes no difference, and beyond three days the count would not fit an int.
int samplesIn(PlayoutBuffer::Clock::duration time) {
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(
      std::min<PlayoutBuffer::Clock::duration>(time, std::chrono::minutes(1)));
  return static_cast<int>(us.count() * 8 / 1000);
}

int roundedDown(int value, int step) { return (value >= 0 ? value : value - step + 1) / step * step; }

}  // namespace

void PlayoutBuffer::put(std::uint32_t timestamp, const std::int16_t* samples, std::size_t count,
                        Clock::time_point now) {
  for (std::size_t done = 0; done < count;) {
    const std::size_t index = put_.load(std::memory_order_relaxed);
    if (index - taken_.load(std::memory_order_acquire) == capacity) return;
    Piece& piece = pieces_[index % capacity];
    piece.timestamp = timestamp + static_cast<std::uint32_t>(done);
    piece.count = std::min(count - done, samplesPerFrame);
    piece.at = now;
    std::copy_n(samples + done, piece.count, piece.samples.begin());
    done += piece.count;
    put_.store(index + 1, std::memory_order_release);
  }
}

// A stream that paused continues as if it had sent silence.
void PlayoutBuffer::put(const std::int16_t* frame, Clock::time_point now) {
  const auto frames = (now - lastPut_ + frameTime / 2) / frameTime;
  next_ += static_cast<std::uint32_t>(frames > longestGap ? frames : 1) * samplesPerFrame;
  lastPut_ = now;
  put(next_, frame, samplesPerFrame, now);
}

bool PlayoutBuffer::take(std::int16_t* out, Clock::time_point now) {
  receive(now);
  if (!begun_) return false;
  noteTake();
  if (growth_ <= 0 && waiting() >= frame) return play(out);
  const bool isSilent = concealment_.isSilent();
  concealment_.extend(out, samplesPerFrame);
  if (growth_ > 0) {
    growth_ -= frame;
    delay(frame);
  } else {
    waited_ = std::min(waited_ + frame, memory);
  }
  return !isSilent;
}

void PlayoutBuffer::clear() {
  taken_.store(put_.load(std::memory_order_acquire), std::memory_order_release);
  begun_ = false;
  grown_ = 0;
  concealment_.reset();
}

void PlayoutBuffer::receive(Clock::time_point now) {
  const std::size_t first = taken_.load(std::memory_order_relaxed);
  const std::size_t end = put_.load(std::memory_order_acquire);
  if (first == end) return;
  for (std::size_t index = first; index != end; ++index) place(pieces_[index % capacity]);
  resume();
  for (std::size_t index = first; index != end; ++index) judge(pieces_[index % capacity], now);
  taken_.store(end, std::memory_order_release);
}

void PlayoutBuffer::place(const Piece& piece) {
  const bool rested = waiting() <= 0 && waited_ >= rest;
  const int distance = aheadOf(piece.timestamp);
  // A timestamp this far off begins another stream.
  if (!begun_ || rested || distance < -mostWaiting || distance > furthest) begin(piece.timestamp);
  const int ahead = aheadOf(piece.timestamp);
  for (int i = std::max(0, -ahead); i < static_cast<int>(piece.count); ++i) {
    line_[at(ahead + i)] = piece.samples[static_cast<std::size_t>(i)];
    known_[at(ahead + i)] = true;
  }
  const int end = ahead + static_cast<int>(piece.count);
  if (end > waiting()) end_ = position_ + static_cast<std::uint32_t>(end);
}

// Notes how long before the take that needs it the piece has arrived; negative if it was late.
void PlayoutBuffer::judge(const Piece& piece, Clock::time_point now) {
  const int ahead = aheadOf(piece.timestamp);
  const bool isLate = ahead < 0;
  if (isLate && !missed_[piece.timestamp % length]) return;
  const int margin = samplesIn(now - piece.at) + roundedDown(ahead, frame);
  margin_ = std::min(margin_, margin);
  if (isLate && margin < 0 && waiting() < mostWaiting) growth_ = std::max(growth_, -roundedDown(margin, frame));
}

// The delay that was needed a while ago is probably needed again.
void PlayoutBuffer::begin(std::uint32_t timestamp) {
  begun_ = true;
  position_ = end_ = timestamp;
  if (std::exchange(waited_, 0) == memory) grown_ = 0;
  growth_ = std::exchange(grown_, 0) / frame * frame;
  known_.reset();
  missed_.reset();
  margins_ = filled(-never);
  margin_ = never;
  takes_ = 0;
}

// The samples made up since the sound ended take the place of those that were late.
void PlayoutBuffer::resume() {
  if (waiting() <= 0 || waited_ == 0) return;
  int gap = 0;
  while (gap < std::min(waited_, waiting()) && !known_[at(gap)]) ++gap;
  advance(gap);
  delay(std::exchange(waited_, 0) - gap);
}

void PlayoutBuffer::advance(int samples) {
  for (int i = 0; i < samples; ++i) {
    missed_[at(i)] = !known_[at(i)];
    known_[at(i)] = false;
  }
  position_ += static_cast<std::uint32_t>(samples);
}

bool PlayoutBuffer::play(std::int16_t* out) {
  const int skip = skippable();
  for (int i = 0; i < frame; ++i) out[i] = sample(i);
  for (int i = 0; i < frame && skip > 0; ++i)
    out[i] = static_cast<std::int16_t>((out[i] * (frame - i) + sample(skip + i) * i) / frame);
  for (int i = 0; i < frame;) {
    const bool known = skip > 0 || known_[at(i)];
    int end = i;
    while (end < frame && (skip > 0 || known_[at(end)]) == known) ++end;
    const auto count = static_cast<std::size_t>(end - i);
    if (known)
      concealment_.hear(out + i, count);
    else
      concealment_.extend(out + i, count);
    i = end;
  }
  advance(frame + skip);
  return true;
}

// How many samples to leave out now.
int PlayoutBuffer::skippable() {
  if (steady_ > 0) --steady_;
  if (waiting() > mostWaiting + frame) {
    const int skip = waiting() - leftWaiting - frame;
    delay(-skip);
    return skip;
  }
  // Leaving out the odd rest of a frame as well costs nothing more.
  const int longest = frame + waiting() % frame;
  if (steady_ > 0 || usualMargin() < frame + safety || !knows(longest + frame)) return 0;
  delay(-frame);
  steady_ = takesBetweenSkips;
  return bestSkip(longest - leeway, longest);
}

// Ignores the worst second: a rare stall is not worth a permanent delay.
int PlayoutBuffer::usualMargin() const {
  std::array<int, seconds + 1> sorted;
  *std::copy(margins_.begin(), margins_.end(), sorted.begin()) = margin_;
  std::nth_element(sorted.begin(), sorted.begin() + 1, sorted.end());
  return sorted[1];
}

// From here on everything is heard this many samples later, or earlier if negative.
void PlayoutBuffer::delay(int samples) {
  grown_ = std::clamp(grown_ + samples, 0, mostWaiting);
  for (int& margin : margins_) margin += samples;
  margin_ += samples;
  if (samples > 0) steady_ = takesAfterGrowth;
}

// The cut after which the sound is most like what would have come.
int PlayoutBuffer::bestSkip(int shortest, int longest) const {
  int best = longest;
  float likest = -1;
  for (int skip = longest; skip >= shortest; --skip) {
    float product = 0, energy = 1;
    for (int i = 0; i < frame; ++i) {
      const auto after = static_cast<float>(line_[at(skip + i)]);
      product += static_cast<float>(line_[at(i)]) * after;
      energy += after * after;
    }
    const float likeness = product / std::sqrt(energy);
    if (likeness <= likest) continue;
    likest = likeness;
    best = skip;
  }
  return best;
}

bool PlayoutBuffer::knows(int count) const {
  if (waiting() < count) return false;
  for (int i = 0; i < count; ++i)
    if (!known_[at(i)]) return false;
  return true;
}

void PlayoutBuffer::noteTake() {
  if (++takes_ < takesPerSecond) return;
  takes_ = 0;
  std::rotate(margins_.begin(), margins_.begin() + 1, margins_.end());
  margins_.back() = std::exchange(margin_, never);
}

}  // namespace np
