// Detects telephone keys in sound (ITU-T Q.23), within the limits of ITU-T Q.24.
#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace np {

// At 8 kHz. Accepts keys of at least 40 ms with pauses of at least 40 ms, each tone from -33 to 0 dBFS and within 1.5 %
// + 2 Hz of its frequency, the high one at most 6 dB louder or 10 dB softer than the low one; rejects anything shorter
// than 20 ms or off by at least 3.5 %. A gap of 10 ms does not split a key in two. Neither allocates nor waits.
class DtmfDetector {
 public:
  // The key recognised within these samples; at most one if there are no more than 160.
  std::optional<char> hear(const std::int16_t* samples, std::size_t count);

  // Whether the latest samples may belong to a key that is not recognised yet: two looks in a row have shown its tones,
  // however loud each. This hardly ever happens in speech, and then only for a few milliseconds.
  bool suspectsKey() const { return suspects_; }
  // The most samples from the beginning of a key until it is suspected: the first look that sees nothing else comes
  // within a block and a step.
  static constexpr std::size_t longestToSuspect = 204;

  // The key that is heard now; stays for 26 to 38 ms after its end.
  std::optional<char> key() const { return key_; }

 private:
  // 102 samples are enough to tell the tones of a group apart. Blocks overlap by half, so that four looks in a row
  // prove 40 ms, and 20 ms never give four.
  static constexpr std::size_t block = 102;
  static constexpr std::size_t step = block / 2;
  static constexpr unsigned looks = 4;
  static constexpr std::size_t tones = 8;
  static_assert(longestToSuspect == block + 2 * step);

  struct Look {
    std::size_t row = 0;
    std::size_t column = 0;
    std::complex<float> low;
    std::complex<float> high;
    bool isLevel = false;  // neither tone is too loud relative to the other

    bool isSameKey(const Look& other) const { return row == other.row && column == other.column; }
  };

  std::optional<Look> look() const;
  void suspect(const std::optional<Look>& seen);
  std::optional<char> judge(const std::optional<Look>& seen);
  bool isOnPitch() const;

  std::array<float, block> samples_{};
  std::size_t filled_ = 0;
  bool suspects_ = false;
  std::optional<Look> suspicious_;  // the last look, if it showed two tones

  std::optional<Look> before_;   // the last look, if it showed a key
  unsigned run_ = 0;             // looks in a row that showed this key
  std::complex<float> lowTurn_;  // how far the phases ran ahead of the nominal tones, summed over the run
  std::complex<float> highTurn_;
  std::optional<char> key_;
  unsigned missed_ = 0;  // looks in a row without it
};

}  // namespace np
