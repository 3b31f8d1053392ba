// Samples on their way from one thread to another.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace np {

// One thread writes, one reads; neither waits.
class SampleRing {
 public:
  explicit SampleRing(std::size_t capacity) : samples_(capacity) {}

  std::size_t capacity() const { return samples_.size(); }

  // What finds no room is left out.
  void write(const std::int16_t* samples, std::size_t count) {
    const std::size_t end = written_.load(std::memory_order_relaxed);
    count = std::min(count, capacity() - (end - read_.load(std::memory_order_acquire)));
    const std::size_t place = end % capacity(), straight = std::min(count, capacity() - place);
    std::copy_n(samples, straight, samples_.data() + place);
    std::copy_n(samples + straight, count - straight, samples_.data());
    written_.store(end + count, std::memory_order_release);
  }

  std::size_t size() const {
    return written_.load(std::memory_order_acquire) - read_.load(std::memory_order_relaxed);
  }

  // `count` is at most size().
  void read(std::int16_t* samples, std::size_t count) {
    const std::size_t begin = read_.load(std::memory_order_relaxed);
    const std::size_t place = begin % capacity(), straight = std::min(count, capacity() - place);
    std::copy_n(samples_.data() + place, straight, samples);
    std::copy_n(samples_.data(), count - straight, samples + straight);
    read_.store(begin + count, std::memory_order_release);
  }

  void skip(std::size_t count) { read_.store(read_.load(std::memory_order_relaxed) + count, std::memory_order_release); }

 private:
  std::vector<std::int16_t> samples_;
  std::atomic<std::size_t> written_{0};
  std::atomic<std::size_t> read_{0};
};

}  // namespace np
