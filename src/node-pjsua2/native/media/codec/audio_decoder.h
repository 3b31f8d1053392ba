// Decodes the packets of a stream.
#pragma once

#include "media/codec/audio_codec.h"
#include "media/codec/payload_history.h"
#include "media/rtp/rtp_packet.h"

#include <pjmedia/codec.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace np {

// At the codec's rate; valid until the next packet is decoded.
struct DecodedAudio {
  const std::int16_t* samples = nullptr;
  std::size_t count = 0;      // 0: the packet is late or broken
  std::size_t concealed = 0;  // how many of them, at the beginning, replace packets lost before
};

// Created and destroyed on a control thread; the rest is for one thread and neither locks nor allocates.
//
// Decoding may pause and resume: then the last packets are decoded first, unheard, to bring the decoder's state up to
// date. Losses are concealed where the codec can do so (Opus: from the next packet's error correction, or else by its
// own guess). For G.711 and G.722 they are left to the listener's telephone, which conceals by repeating what it has
// heard.
class AudioDecoder {
 public:
  // Null if there is no such codec. The manager, which only G.722 needs, must outlive the decoder.
  static std::unique_ptr<AudioDecoder> make(AudioCodec codec, pjmedia_codec_mgr* manager);
  virtual ~AudioDecoder() = default;

  // Every packet of audio is shown, in the order of its arrival ...
  void show(const RtpPacket& packet);
  // ... and may then be decoded, once.
  DecodedAudio decode(const RtpPacket& packet);

 protected:
  explicit AudioDecoder(AudioCodec codec);

  // Decodes a payload into at most `room` samples. Returns their number.
  virtual std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                                    std::size_t room) = 0;
  // Makes this many samples to replace lost ones; `next` is the payload after them, or null. Returns how many it could
  // make.
  virtual std::size_t conceal(const std::uint8_t* next, std::size_t size, std::int16_t* out, std::size_t count);
  virtual void reset() = 0;

 private:
  void learn();
  std::size_t concealLost(const RtpPacket& packet);

  const bool hasMemory_;
  const std::size_t longest_;  // samples of the longest packet that is concealed
  std::vector<std::int16_t> samples_;
  std::size_t lastCount_ = 0;  // samples of the previous packet
  // About the packet that was shown last.
  bool late_ = false;
  bool decoded_ = false;
  int lost_ = 0;  // packets lost before it

  bool behind_ = true;  // packets before it have not been decoded
  bool begun_ = false;
  std::uint16_t newest_ = 0;
  std::uint32_t ssrc_ = 0;

  PayloadHistory history_;  // up to and including the newest packet; last, because it is large and seldom used
};

}  // namespace np
