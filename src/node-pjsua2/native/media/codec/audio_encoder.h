// From samples to the payloads of a stream.
#pragma once

#include "media/codec/audio_codec.h"

#include <pjmedia/codec.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace np {

// Samples of a moment, at the codec's rate, 16 bits; beyond that they are limited. The channels are one and the same in
// mono.
struct AudioFrame {
  const float* left;
  const float* right;
  std::size_t count;  // of each channel

  bool isStereo() const { return left != right; }
};

// Made and unmade on a control thread; the rest is for one thread at a time and neither locks nor allocates.
//
// A stream may be another's for a while, whose payloads are passed on. When the encoder takes it over again, it first
// encodes what was passed on last, unsent: so it knows what the listener's decoder knows. As encoding delays, its first
// samples would be ones that were heard already, and after its last ones some would be missing: it begins with those
// that are due and slides back to the delayed ones within a frame, and at the end slides ahead again.
class AudioEncoder {
 public:
  // Null when there is no such codec. The manager, which only G.722 needs, outlives the encoder.
  static std::unique_ptr<AudioEncoder> make(AudioCodec codec, const OpusSettings& settings, pjmedia_codec_mgr* manager);
  virtual ~AudioEncoder() = default;

  // One frame (canFrame), in stereo only with Opus whose settings say so. Returns the payload's size; 0 when nothing
  // needs to be sent. `payload` has room for largestRtpPayload octets. After the last frame another's payloads are
  // passed.
  virtual std::size_t encode(const AudioFrame& frame, std::uint8_t* payload, bool isLast) = 0;

  // A payload of another's is sent in the place of ours.
  virtual void passed(const std::uint8_t* payload, std::size_t size) = 0;
};

}  // namespace np
