// Encodes samples as the payloads of a stream.
#pragma once

#include "media/codec/audio_codec.h"

#include <pjmedia/codec.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace np {

// Samples of one frame, at the codec's rate, 16 bits; anything beyond that is limited. In mono both channels are the
// same.
struct AudioFrame {
  const float* left;
  const float* right;
  std::size_t count;  // of each channel

  bool isStereo() const { return left != right; }
};

// Created and destroyed on a control thread; the rest is for one thread at a time and neither locks nor allocates.
//
// The payloads of another stream may be passed on for a while. When the encoder takes over again, it first encodes what
// was passed on last, without sending it, so that its state matches the listener's decoder. Because encoding adds a
// delay, its first samples would repeat some that were heard already, and some would be missing after its last ones: so
// it begins with those that are due and slides back to the delayed ones within a frame, and at the end slides ahead
// again.
class AudioEncoder {
 public:
  // Null if there is no such codec. The manager, which only G.722 needs, must outlive the encoder.
  static std::unique_ptr<AudioEncoder> make(AudioCodec codec, const OpusSettings& settings, pjmedia_codec_mgr* manager);
  virtual ~AudioEncoder() = default;

  // Encodes one frame (see canFrame), in stereo only for Opus whose settings allow it. Returns the payload's size, or 0
  // if nothing needs to be sent. `payload` has room for largestRtpPayload octets. After the last frame another stream's
  // payloads are passed on.
  virtual std::size_t encode(const AudioFrame& frame, std::uint8_t* payload, bool isLast) = 0;

  // Another stream's payload is sent in place of ours.
  virtual void passed(const std::uint8_t* payload, std::size_t size) = 0;
};

}  // namespace np
