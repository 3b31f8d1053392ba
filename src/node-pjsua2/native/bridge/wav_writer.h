// Takes samples in the audio thread and writes them to a WAV file on its own thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

namespace np {

class WavWriter {
 public:
  // Creates or truncates the file. Throws PjsipFailure.
  WavWriter(const std::string& path, unsigned clockRate);
  ~WavWriter();
  WavWriter(const WavWriter&) = delete;
  WavWriter& operator=(const WavWriter&) = delete;

  // For the audio thread. Samples that do not fit because the disk is seconds behind are lost.
  void put(const std::int16_t* samples, std::size_t count);  // null: silence

  // Writes the rest and the length, and waits until the file is closed.
  void complete();

  // Writes the rest and the length, closes the file, then calls `done` with errno or 0 on the writer's thread.
  void finish(std::function<void(int)> done);

 private:
  void run();
  void drain();
  void writeHeader();

  // A power of two, so that the free-running positions wrap cleanly; about four seconds at 16 kHz.
  static constexpr std::size_t capacity = 1 << 16;

  std::FILE* file_;
  const unsigned clockRate_;
  std::vector<std::int16_t> ring_;
  std::atomic<std::size_t> written_{0};  // by the audio thread
  std::atomic<std::size_t> read_{0};     // by the writer
  std::uint64_t total_ = 0;              // samples in the file
  int error_ = 0;
  std::counting_semaphore<> finishing_{0};
  std::function<void(int)> done_;
  std::thread thread_;
};

}  // namespace np
