// Opus (RFC 6716) at 48 kHz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct OpusDecoder;

namespace np {

// libopus' decoder. Made on a control thread; the rest neither locks nor allocates.
class OpusPayloadDecoder {
 public:
  // What was said in one channel or in two is made so many; with two the samples of both take turns, left first, and
  // each counts.
  explicit OpusPayloadDecoder(unsigned channels = 1);

  // Resets the decoder's state.
  void reset();

  // Return the number of samples: 0 when the payload is empty or broken, or there is not room for it.
  std::size_t decode(const std::uint8_t* payload, std::size_t size, std::int16_t* samples, std::size_t room);
  // So many in the place of lost ones: by the error correction in `next`, the payload after them, or by a guess when it
  // is null.
  std::size_t conceal(const std::uint8_t* next, std::size_t size, std::int16_t* samples, std::size_t count);

 private:
  OpusDecoder* codec();
  std::size_t run(const std::uint8_t* payload, std::size_t size, std::int16_t* samples, std::size_t room,
                  bool corrects);

  const int channels_;
  std::vector<unsigned char> state_;
};

}  // namespace np
