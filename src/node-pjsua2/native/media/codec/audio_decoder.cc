#include "media/codec/audio_decoder.h"

#include "media/codec/g722.h"
#include "media/codec/opus_payload_decoder.h"

#include <utility>

namespace np {
namespace {

constexpr int mostConcealed = 3;  // packets: beyond that any guess would be wrong

class G711Decoder : public AudioDecoder {
 public:
  explicit G711Decoder(AudioCodec codec) : AudioDecoder(codec), law_(*lawOf(codec)) {}

 private:
  std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                            std::size_t room) override {
    if (size > room) return 0;
    np::decode(law_, payload, size, out);
    return size;
  }
  void reset() override {}

  const Law law_;
};

class G722Decoder : public AudioDecoder {
 public:
  explicit G722Decoder(pjmedia_codec_mgr& manager) : AudioDecoder(AudioCodec::g722), codec_(manager) {}
  bool isThere() const { return static_cast<bool>(codec_); }

 private:
  std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                            std::size_t room) override {
    return codec_.decode(payload, size, out, room);
  }
  void reset() override { codec_.reset(); }

  G722 codec_;
};

class OpusAudioDecoder : public AudioDecoder {
 public:
  OpusAudioDecoder() : AudioDecoder(AudioCodec::opus) {}

 private:
  std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                            std::size_t room) override {
    return codec_.decode(payload, size, out, room);
  }
  std::size_t conceal(const std::uint8_t* next, std::size_t size, std::int16_t* out, std::size_t count) override {
    return codec_.conceal(next, size, out, count);
  }
  void reset() override { codec_.reset(); }

  OpusPayloadDecoder codec_;
};

}  // namespace

std::unique_ptr<AudioDecoder> AudioDecoder::make(AudioCodec codec, pjmedia_codec_mgr* manager) {
  if (codec == AudioCodec::opus) return std::make_unique<OpusAudioDecoder>();
  if (codec != AudioCodec::g722) return std::make_unique<G711Decoder>(codec);
  if (manager == nullptr) return nullptr;
  auto decoder = std::make_unique<G722Decoder>(*manager);
  return decoder->isThere() ? std::move(decoder) : nullptr;
}

AudioDecoder::AudioDecoder(AudioCodec codec)
    : hasMemory_(hasMemory(codec)),
      longest_(sampleRateOf(codec) / 1000 * longestFrameMs),
      samples_(sampleRateOf(codec) / 1000 * longestPacketMs + mostConcealed * longest_) {}

std::size_t AudioDecoder::conceal(const std::uint8_t*, std::size_t, std::int16_t*, std::size_t) { return 0; }

void AudioDecoder::show(const RtpPacket& packet) {
  const int step = sequenceDistance(newest_, packet.sequence);
  const bool goesOn = begun_ && packet.ssrc == ssrc_ && np::goesOn(step);
  late_ = goesOn && step <= 0;
  if (late_) return;
  if (!goesOn) history_.clear();
  behind_ = behind_ || !decoded_ || !goesOn;
  lost_ = goesOn ? step - 1 : 0;
  decoded_ = false;
  begun_ = true;
  newest_ = packet.sequence;
  ssrc_ = packet.ssrc;
  if (hasMemory_) history_.keep(packet.payload, packet.size);
}

DecodedAudio AudioDecoder::decode(const RtpPacket& packet) {
  if (late_ || decoded_) return {};
  if (behind_) learn();
  const std::size_t concealed = concealLost(packet);
  lastCount_ = decodePayload(packet.payload, packet.size, samples_.data() + concealed, samples_.size() - concealed);
  behind_ = false;
  decoded_ = true;
  if (lastCount_ == 0) return {};
  return {samples_.data(), concealed + lastCount_, concealed};
}

void AudioDecoder::learn() {
  reset();
  lastCount_ = 0;
  for (std::size_t i = 0; i + 1 < history_.size(); ++i)
    lastCount_ = decodePayload(history_[i].octets.data(), history_[i].size, samples_.data(), samples_.size());
}

std::size_t AudioDecoder::concealLost(const RtpPacket& packet) {
  if (lost_ > mostConcealed || lastCount_ > longest_) return 0;
  std::size_t made = 0;
  for (int left = lost_; left > 0 && lastCount_ > 0; --left)
    made +=
        conceal(left == 1 ? packet.payload : nullptr, left == 1 ? packet.size : 0, samples_.data() + made, lastCount_);
  return made;
}

}  // namespace np
