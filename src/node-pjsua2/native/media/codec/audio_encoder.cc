#include "media/codec/audio_encoder.h"

#include "media/codec/g722.h"
#include "media/codec/opus_payload_decoder.h"
#include "media/codec/payload_history.h"
#include "media/rtp/rtp_packet.h"

#include <opus/opus.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace np {
namespace {

constexpr unsigned slidesPerSecond = 200;  // each of 5 ms
constexpr std::size_t longestPeriod = 3;   // slides: the pitch period of the deepest voice

class G711Encoder : public AudioEncoder {
 public:
  explicit G711Encoder(Law law) : law_(law) {}

  std::size_t encode(const AudioFrame& frame, std::uint8_t* payload, bool) override {
    np::encode(law_, frame.left, frame.count, payload);
    return frame.count;
  }
  void passed(const std::uint8_t*, std::size_t) override {}

 private:
  const Law law_;
};

// For a codec with memory, which has to learn what was passed on. With two channels their samples are interleaved, and
// each counts.
class LearningEncoder : public AudioEncoder {
 public:
  std::size_t encode(const AudioFrame& frame, std::uint8_t* payload, bool isLast) override;
  void passed(const std::uint8_t* payload, std::size_t size) override { history_.keep(payload, size); }

 protected:
  // `delay` is that of encoding and decoding together, in samples per channel.
  LearningEncoder(AudioCodec codec, std::size_t delay, unsigned channels = 1)
      : channels_(channels),
        delay_(channels * delay),
        slide_(channels * sampleRateOf(codec) / slidesPerSecond),
        longestFrame_(channels * sampleRateOf(codec) / 1000 * longestFrameMs),
        samples_(PayloadHistory::capacity * longestFrame_ + longestFrame_ + delay_) {}

  virtual std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                                    std::size_t room) = 0;
  // May overwrite the samples. If there are two channels, both hold the same unless it is stereo.
  virtual std::size_t encodeFrame(std::int16_t* samples, std::size_t count, bool isStereo, std::uint8_t* payload) = 0;
  virtual void reset() = 0;
  // The next frame is the first of ours that the listener's decoder gets.
  virtual void introduce() {}

 private:
  std::size_t learn();
  void take(const AudioFrame& from, std::int16_t* samples) const;
  void catchUp(std::size_t learnt, std::size_t count);
  void slideBack(std::int16_t* frame, std::size_t count) const;
  void slideAhead(std::int16_t* frame, std::size_t count) const;
  void extend(std::int16_t* frame, std::size_t count) const;

  const unsigned channels_;
  const std::size_t delay_;
  const std::size_t slide_;
  const std::size_t longestFrame_;
  PayloadHistory history_;
  std::vector<std::int16_t> samples_;  // what was passed on, then the frame, then what may follow it
  bool isAhead_ = false;               // the listener has heard what is due now, not what the encoder's delay allows
};

std::int16_t mixed(std::int16_t from, std::int16_t to, std::size_t step, std::size_t steps) {
  const float share = static_cast<float>(step + 1) / static_cast<float>(steps + 1);
  return static_cast<std::int16_t>(std::lrintf(share * to + (1 - share) * from));
}

std::size_t LearningEncoder::encode(const AudioFrame& from, std::uint8_t* payload, bool isLast) {
  const std::size_t count = channels_ * from.count;
  if (count > longestFrame_ || count <= delay_) return 0;
  const std::size_t learnt = history_.size() > 0 ? learn() : 0;
  std::int16_t* const frame = samples_.data() + learnt;
  take(from, frame);
  if (learnt >= count) catchUp(learnt, count);
  if (isAhead_) slideBack(frame, count);
  if (isLast) slideAhead(frame, count);
  isAhead_ = isLast;
  return encodeFrame(frame, count, from.isStereo(), payload);
}

std::int16_t limited(float sample) {
  return static_cast<std::int16_t>(std::lrintf(std::clamp(sample, -32768.0F, 32767.0F)));
}

void LearningEncoder::take(const AudioFrame& from, std::int16_t* samples) const {
  if (channels_ == 1) {
    std::transform(from.left, from.left + from.count, samples, limited);
    return;
  }
  for (std::size_t i = 0; i < from.count; ++i) {
    samples[2 * i] = limited(from.left[i]);
    samples[2 * i + 1] = limited(from.right[i]);
  }
}

// Returns the number of samples passed on last.
std::size_t LearningEncoder::learn() {
  reset();
  std::size_t learnt = 0;
  for (std::size_t i = 0; i < history_.size(); ++i)
    learnt += decodePayload(history_[i].octets.data(), history_[i].size, samples_.data() + learnt, longestFrame_);
  history_.clear();
  return learnt;
}

// Encodes as many whole frames of what was learnt as there are.
void LearningEncoder::catchUp(std::size_t learnt, std::size_t count) {
  std::uint8_t unsent[largestRtpPayload];
  std::int16_t copy[2 * longestFrameMs * highestRate / 1000];
  for (std::size_t at = learnt % count; at < learnt; at += count) {
    std::copy_n(samples_.data() + at + delay_, count, copy);
    encodeFrame(copy, count, false, unsent);
  }
  introduce();
  isAhead_ = true;
}

void LearningEncoder::slideBack(std::int16_t* frame, std::size_t count) const {
  const std::size_t steps = std::min(slide_, count - delay_);
  for (std::size_t i = 0; i < steps; ++i) frame[i] = mixed(frame[i + delay_], frame[i], i, steps);
}

// Complete where the listener stops hearing the frame.
void LearningEncoder::slideAhead(std::int16_t* frame, std::size_t count) const {
  extend(frame, count);
  const std::size_t steps = std::min(slide_, count - delay_);
  const std::size_t begin = count - delay_ - steps;
  for (std::size_t i = begin; i < count; ++i)
    frame[i] = i < begin + steps ? mixed(frame[i], frame[i + delay_], i - begin, steps) : frame[i + delay_];
}

// Continues the frame from where an earlier part was most like its end.
void LearningEncoder::extend(std::int16_t* frame, std::size_t count) const {
  const std::size_t window = std::min(2 * slide_, (count - delay_) / 2);
  const std::size_t longest = std::min(delay_ + longestPeriod * slide_, count - window);
  std::size_t period = delay_;
  float best = std::numeric_limits<float>::lowest();
  for (std::size_t lag = delay_; lag <= longest; lag += channels_) {
    float product = 0, energy = 1;
    for (std::size_t i = count - window; i < count; ++i) {
      const float earlier = frame[i - lag];
      product += frame[i] * earlier;
      energy += earlier * earlier;
    }
    if (const float likeness = product / std::sqrt(energy); likeness > best) {
      best = likeness;
      period = lag;
    }
  }
  for (std::size_t i = count; i < count + delay_; ++i) frame[i] = frame[i - period];
}

class G722Encoder : public LearningEncoder {
 public:
  explicit G722Encoder(pjmedia_codec_mgr& manager) : LearningEncoder(AudioCodec::g722, G722::delay), codec_(manager) {}
  bool isThere() const { return static_cast<bool>(codec_); }

 private:
  std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                            std::size_t room) override {
    return codec_.decode(payload, size, out, room);
  }
  std::size_t encodeFrame(std::int16_t* samples, std::size_t count, bool, std::uint8_t* payload) override {
    return codec_.encode(samples, count, payload);
  }
  void reset() override { codec_.reset(); }

  G722 codec_;
};

class OpusAudioEncoder : public LearningEncoder {
 public:
  explicit OpusAudioEncoder(const OpusSettings& settings)
      : LearningEncoder(AudioCodec::opus, lookahead, settings.channels()),
        settings_(settings),
        encoder_(static_cast<std::size_t>(opus_encoder_get_size(channels()))),
        decoder_(settings.channels()) {
    reset();
  }

 private:
  std::size_t decodePayload(const std::uint8_t* payload, std::size_t size, std::int16_t* out,
                            std::size_t room) override {
    return decoder_.decode(payload, size, out, room);
  }

  // A packet of one or two octets need not be sent. Two separate voices are not encoded as voice, because then each
  // would leak to the other side at up to -20 dB; as music they leak at up to -40 dB (measured from 32 kbit/s on).
  std::size_t encodeFrame(std::int16_t* samples, std::size_t count, bool isStereo, std::uint8_t* payload) override {
    opus_encoder_ctl(encoder(), OPUS_SET_FORCE_CHANNELS(isStereo ? 2 : 1));
    opus_encoder_ctl(encoder(), OPUS_SET_SIGNAL(isStereo ? OPUS_SIGNAL_MUSIC : OPUS_SIGNAL_VOICE));
    const int size = opus_encode(encoder(), samples, static_cast<int>(count) / channels(), payload, largestPayload);
    opus_encoder_ctl(encoder(), OPUS_SET_PREDICTION_DISABLED(0));
    return size > 2 ? static_cast<std::size_t>(size) : 0;
  }

  void reset() override {
    decoder_.reset();
    opus_encoder_init(encoder(), highestRate, channels(), OPUS_APPLICATION_VOIP);
    opus_encoder_ctl(encoder(), OPUS_SET_BITRATE(settings_.bitRate > 0 ? settings_.bitRate : OPUS_AUTO));
    opus_encoder_ctl(encoder(), OPUS_SET_DTX(settings_.pauses ? 1 : 0));
    opus_encoder_ctl(encoder(), OPUS_SET_INBAND_FEC(settings_.correctsErrors ? 1 : 0));
    opus_encoder_ctl(encoder(), OPUS_SET_PACKET_LOSS_PERC(settings_.expectedLoss));
    opus_encoder_ctl(encoder(), OPUS_SET_COMPLEXITY(settings_.complexity));
    opus_encoder_ctl(encoder(), OPUS_SET_VBR(settings_.variableRate ? 1 : 0));
  }

  void introduce() override { opus_encoder_ctl(encoder(), OPUS_SET_PREDICTION_DISABLED(1)); }

  int channels() const { return static_cast<int>(settings_.channels()); }
  OpusEncoder* encoder() { return reinterpret_cast<OpusEncoder*>(encoder_.data()); }

  static constexpr std::size_t lookahead = 312;  // 6.5 ms (RFC 6716, 2.1.4 and 4.2.9)
  static constexpr opus_int32 largestPayload = 1275;

  const OpusSettings settings_;
  std::vector<unsigned char> encoder_;
  OpusPayloadDecoder decoder_;
};

}  // namespace

std::unique_ptr<AudioEncoder> AudioEncoder::make(AudioCodec codec, const OpusSettings& settings,
                                                 pjmedia_codec_mgr* manager) {
  if (codec == AudioCodec::opus) return std::make_unique<OpusAudioEncoder>(settings);
  if (const auto law = lawOf(codec)) return std::make_unique<G711Encoder>(*law);
  if (manager == nullptr) return nullptr;
  auto encoder = std::make_unique<G722Encoder>(*manager);
  return encoder->isThere() ? std::move(encoder) : nullptr;
}

}  // namespace np
