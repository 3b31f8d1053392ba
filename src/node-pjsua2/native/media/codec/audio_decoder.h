// From the packets of a stream to samples.
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

// At the codec's rate, until the next packet is decoded.
struct DecodedAudio {
  const std::int16_t* samples = nullptr;
  std::size_t count = 0;      // 0: the packet came too late, or is broken
  std::size_t concealed = 0;  // so many of them, the first, stand for packets that were lost before
};

// Made and unmade on a control thread; the rest is for one thread and neither locks nor allocates.
//
// Decoding may pause and begin again: then the last packets are decoded first, unheard, so that the decoder knows what
// it would have known. What was lost is concealed where the codec can (Opus: from the next packet's error correction,
// else by its own guess); of G.711 and G.722 it stays lost, for a telephone's own concealment repeats what it has
// heard.
class AudioDecoder {
 public:
  // Null when there is no such codec. The manager, which only G.722 needs, outlives the decoder.
  static std::unique_ptr<AudioDecoder> make(AudioCodec codec, pjmedia_codec_mgr* manager);
  virtual ~AudioDecoder() = default;

  // Every packet of audio is shown, in the order of its arrival ...
  void show(const RtpPacket& packet);
  // ... and may then be decoded, once.
  DecodedAudio decode(const RtpPacket& packet);

 protected:
  explicit AudioDecoder(AudioCodec codec);

  // Decodes a payload; at most `room` samples. Returns their number.
  virtual std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                                    std::size_t room) = 0;
  // So many samples in the place of lost ones; `next` is the payload after them, or null. Returns how many it could
  // make.
  virtual std::size_t conceal(const std::uint8_t* next, std::size_t size, std::int16_t* out, std::size_t count);
  virtual void reset() = 0;

 private:
  void learn();
  std::size_t concealLost(const RtpPacket& packet);

  const bool hasMemory_;
  const std::size_t longest_;  // samples of a packet whose like is concealed
  std::vector<std::int16_t> samples_;
  std::size_t lastCount_ = 0;  // samples of the packet before
  // Of the packet that was shown last.
  bool late_ = false;
  bool decoded_ = false;
  int lost_ = 0;  // before it

  bool behind_ = true;  // packets before it were not decoded
  bool begun_ = false;
  std::uint16_t newest_ = 0;
  std::uint32_t ssrc_ = 0;

  PayloadHistory history_;  // up to and with the newest packet; last, for it is large and seldom used
};

}  // namespace np
