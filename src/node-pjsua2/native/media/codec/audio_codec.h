// The codecs whose audio can be decoded and encoded packet by packet.
#pragma once

#include "media/codec/g711.h"

#include <cstdint>
#include <optional>

namespace np {

enum class AudioCodec : std::uint8_t { pcma, pcmu, g722, opus };

// What SDP has negotiated for an Opus encoder (RFC 7587, 6.1).
struct OpusSettings {
  int bitRate = 0;  // bit/s; 0: the encoder chooses
  int complexity = 5;
  int expectedLoss = 0;         // percent
  bool correctsErrors = false;  // in-band FEC
  bool pauses = false;          // DTX
  bool variableRate = true;
  bool stereo = false;  // the listener prefers two channels

  constexpr unsigned channels() const { return stereo ? 2 : 1; }
};

// The sample rate in Hz, which is not always RTP's clock rate (G.722: RFC 3551, 4.5.2).
constexpr unsigned sampleRateOf(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::g722:
      return 16000;
    case AudioCodec::opus:
      return 48000;
    default:
      return 8000;
  }
}

constexpr std::optional<Law> lawOf(AudioCodec codec) {
  if (codec == AudioCodec::pcma) return Law::alaw;
  if (codec == AudioCodec::pcmu) return Law::ulaw;
  return std::nullopt;
}

// Whether the coding of a packet depends on those before it.
constexpr bool hasMemory(AudioCodec codec) { return !lawOf(codec); }

// The longest frame that we send and the longest packet that we decode.
constexpr unsigned longestFrameMs = 60;
constexpr unsigned longestPacketMs = 120;
constexpr unsigned lowestRate = 8000;  // Hz
constexpr unsigned highestRate = 48000;

// Whether packets of this many milliseconds can be made.
constexpr bool canFrame(AudioCodec codec, unsigned ms) {
  if (ms == 0 || ms > longestFrameMs) return false;
  if (codec == AudioCodec::opus) return ms == 10 || ms == 20 || ms == 40 || ms == 60;
  return codec != AudioCodec::g722 || ms % 10 == 0;
}

}  // namespace np
