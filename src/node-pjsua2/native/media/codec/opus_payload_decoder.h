// Opus (RFC 6716) at 48 kHz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct OpusDecoder;

namespace np {

// libopus' decoder. Created on a control thread; the rest neither locks nor allocates.
class OpusPayloadDecoder {
 public:
  // Converts mono or stereo payloads to this many channels; the samples of two channels are interleaved, left first,
  // and each counts.
  explicit OpusPayloadDecoder(unsigned channels = 1);

  void reset();

  // Both return the number of samples: 0 if the payload is empty or broken, or does not fit.
  std::size_t decode(const std::uint8_t* payload, std::size_t size, std::int16_t* samples, std::size_t room);
  // Makes this many samples to replace lost ones: from the error correction in `next`, the payload after them, or by a
  // guess if it is null.
  std::size_t conceal(const std::uint8_t* next, std::size_t size, std::int16_t* samples, std::size_t count);

 private:
  OpusDecoder* codec();
  std::size_t run(const std::uint8_t* payload, std::size_t size, std::int16_t* samples, std::size_t room,
                  bool corrects);

  const int channels_;
  std::vector<unsigned char> state_;
};

}  // namespace np
