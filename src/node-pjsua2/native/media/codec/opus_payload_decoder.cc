#include "media/codec/opus_payload_decoder.h"

#include "media/codec/audio_codec.h"

#include <opus/opus.h>

#include <algorithm>

namespace np {

OpusPayloadDecoder::OpusPayloadDecoder(unsigned channels)
    : channels_(static_cast<int>(channels)), state_(static_cast<std::size_t>(opus_decoder_get_size(channels_))) {
  reset();
}

void OpusPayloadDecoder::reset() { opus_decoder_init(codec(), highestRate, channels_); }

std::size_t OpusPayloadDecoder::decode(const std::uint8_t* payload, std::size_t size, std::int16_t* samples,
                                       std::size_t room) {
  return size == 0
             ? 0
             : run(payload, size, samples, room, false);  // else libopus would make up as much as there is room for
}

std::size_t OpusPayloadDecoder::conceal(const std::uint8_t* next, std::size_t size, std::int16_t* samples,
                                        std::size_t count) {
  return size == 0 ? run(nullptr, 0, samples, count, false) : run(next, size, samples, count, next != nullptr);
}

OpusDecoder* OpusPayloadDecoder::codec() { return reinterpret_cast<OpusDecoder*>(state_.data()); }

std::size_t OpusPayloadDecoder::run(const std::uint8_t* payload, std::size_t size, std::int16_t* samples,
                                    std::size_t room, bool corrects) {
  const int made = opus_decode(codec(), payload, static_cast<opus_int32>(size), samples,
                               static_cast<int>(room) / channels_, corrects);
  return static_cast<std::size_t>(std::max(made, 0) * channels_);
}

}  // namespace np
