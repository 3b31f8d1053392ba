// Samples on their way from one thread to another.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace np {

// One thread writes, one reads; neither waits.
//
// The count of samples overflows after a day at 48 kHz. The capacity is a power of two, so that this does not move a
// sample's place, and the count starts just below the overflow, so that every call and test goes through it early.
class SampleRing {
 public:
  // Holds at least `capacity` samples.
  explicit SampleRing(std::size_t capacity) : samples_(std::bit_ceil(capacity)) {}

  std::size_t capacity() const { return samples_.size(); }

  // Drops what does not fit.
  void write(const std::int16_t* samples, std::size_t count) {
    const std::uint32_t end = written_.load(std::memory_order_relaxed);
    count = std::min(count, capacity() - static_cast<std::uint32_t>(end - read_.load(std::memory_order_acquire)));
    const std::size_t place = end % capacity(), straight = std::min(count, capacity() - place);
    std::copy_n(samples, straight, samples_.data() + place);
    std::copy_n(samples + straight, count - straight, samples_.data());
    written_.store(end + static_cast<std::uint32_t>(count), std::memory_order_release);
  }

  std::size_t size() const {
    return static_cast<std::uint32_t>(written_.load(std::memory_order_acquire) - read_.load(std::memory_order_relaxed));
  }

  // `count` is at most size().
  void read(std::int16_t* samples, std::size_t count) {
    const std::uint32_t begin = read_.load(std::memory_order_relaxed);
    const std::size_t place = begin % capacity(), straight = std::min(count, capacity() - place);
    std::copy_n(samples_.data() + place, straight, samples);
    std::copy_n(samples_.data(), count - straight, samples + straight);
    read_.store(begin + static_cast<std::uint32_t>(count), std::memory_order_release);
  }

  void skip(std::size_t count) {
    read_.store(read_.load(std::memory_order_relaxed) + static_cast<std::uint32_t>(count), std::memory_order_release);
  }

 private:
  std::vector<std::int16_t> samples_;
  static constexpr std::uint32_t first = 0U - 8000U;
  std::atomic<std::uint32_t> written_{first};
  std::atomic<std::uint32_t> read_{first};
};

}  // namespace np
