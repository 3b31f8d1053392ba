// A packet of audio on its way to those who hear it.
#pragma once

#include "media/codec/audio_decoder.h"
#include "media/rtp/rtp_sender.h"

#include <optional>

namespace np {

// Decoded when somebody first needs its samples, and only once.
class ReceivedAudio {
 public:
  ReceivedAudio(const RtpPacket& packet, const RtpStream& stream)
      : packet(packet), format(stream.format), decoder_(stream.decoder.get()) {
    if (decoder_ != nullptr) decoder_->show(packet);
  }

  const DecodedAudio& decoded() {
    if (!decoded_) decoded_ = decoder_ != nullptr ? decoder_->decode(packet) : DecodedAudio{};
    return *decoded_;
  }

  const RtpPacket& packet;
  const RtpFormat& format;

 private:
  AudioDecoder* const decoder_;
  std::optional<DecodedAudio> decoded_;
};

}  // namespace np
