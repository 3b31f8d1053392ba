#include "bridge/wav_writer.h"

#include "base/errors.h"
#include "base/guard.h"
#include "base/pj.h"

#include <pj/errno.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <limits>
#include <utility>

namespace np {
namespace {

constexpr auto interval = std::chrono::milliseconds(50);
constexpr std::size_t headerBytes = 44;

void put16(unsigned char* at, unsigned value) {
  at[0] = static_cast<unsigned char>(value);
  at[1] = static_cast<unsigned char>(value >> 8);
}

void put32(unsigned char* at, std::uint64_t value) {
  put16(at, static_cast<unsigned>(value & 0xffff));
  put16(at + 2, static_cast<unsigned>(value >> 16 & 0xffff));
}

}  // namespace

WavWriter::WavWriter(const std::string& path, unsigned clockRate)
    : file_(std::fopen(path.c_str(), "wb")), clockRate_(clockRate), ring_(capacity) {
  if (file_ == nullptr) throw PjsipFailure(PJ_RETURN_OS_ERROR(errno), "opening " + path);
  writeHeader();
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

WavWriter::~WavWriter() { complete(); }

void WavWriter::complete() {
  if (!thread_.joinable()) return;
  finishing_.release();
  thread_.join();
}

void WavWriter::put(const std::int16_t* samples, std::size_t count) {
  const std::size_t written = written_.load(std::memory_order_relaxed);
  if (capacity - (written - read_.load(std::memory_order_acquire)) < count) return;
  for (std::size_t i = 0; i < count; ++i) ring_[(written + i) % capacity] = samples == nullptr ? 0 : samples[i];
  written_.store(written + count, std::memory_order_release);
}

void WavWriter::finish(std::function<void(int)> done) {
  done_ = std::move(done);
  finishing_.release();
}

void WavWriter::run() {
  registerThread();
  do drain();
  while (!finishing_.try_acquire_for(interval));
  drain();
  if (error_ == 0 && std::fseek(file_, 0, SEEK_SET) == 0) writeHeader();
  if (std::fclose(file_) != 0 && error_ == 0) error_ = errno;
  if (done_) done_(error_);
}

void WavWriter::drain() {
  const std::size_t written = written_.load(std::memory_order_acquire);
  for (std::size_t read = read_.load(std::memory_order_relaxed); read != written;) {
    const std::size_t start = read % capacity;
    const std::size_t count = std::min(written - read, capacity - start);
    if (error_ == 0 && std::fwrite(&ring_[start], sizeof(std::int16_t), count, file_) != count) error_ = errno;
    total_ += count;
    read += count;
    read_.store(read, std::memory_order_release);
  }
  if (error_ == 0 && std::fflush(file_) != 0) error_ = errno;  // others may read the file while it grows
}

void WavWriter::writeHeader() {
  // After 37 hours at 16 kHz the length no longer fits: the largest value then means "to the end of the file".
  const std::uint64_t bytes =
      std::min<std::uint64_t>(total_ * sizeof(std::int16_t), std::numeric_limits<std::uint32_t>::max() - headerBytes);
  unsigned char header[headerBytes];
  std::memcpy(header, "RIFF....WAVEfmt ", 16);
  put32(header + 4, headerBytes - 8 + bytes);
  put32(header + 16, 16);  // size of the format chunk
  put16(header + 20, 1);   // PCM
  put16(header + 22, 1);   // mono
  put32(header + 24, clockRate_);
  put32(header + 28, clockRate_ * sizeof(std::int16_t));
  put16(header + 32, sizeof(std::int16_t));
  put16(header + 34, 16);  // bits
  std::memcpy(header + 36, "data", 4);
  put32(header + 40, bytes);
  if (std::fwrite(header, sizeof(header), 1, file_) != 1) error_ = errno;
}

}  // namespace np
