#include "test/phone.h"

#include "media/codec/opus_payload_decoder.h"
#include "test/packet_path.h"

#include <doctest/doctest.h>

namespace np {
namespace {

constexpr std::uint8_t keyType = 101;
constexpr std::uint32_t ownSsrc = 0x77;
constexpr OpusSettings opusWith(bool stereo) { return {0, 5, 5, true, false, true, stereo}; }

// RFC 3551, 6; Opus has a dynamic payload type.
constexpr std::uint8_t typeOf(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::pcmu:
      return 0;
    case AudioCodec::pcma:
      return 8;
    case AudioCodec::g722:
      return 9;
    default:
      return 96;
  }
}

// The clock rate of RTP in Hz (RFC 3551, 4.5.2; RFC 7587, 4.1).
constexpr unsigned clockRateOf(AudioCodec codec) { return codec == AudioCodec::opus ? 48000 : 8000; }

}  // namespace

const char* nameOf(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::pcma:
      return "PCMA";
    case AudioCodec::pcmu:
      return "PCMU";
    case AudioCodec::g722:
      return "G722";
    default:
      return "opus";
  }
}

Phone::Phone(Serial serial, AudioCodec codec, double hertz, unsigned frameMs, bool stereo)
    : leg(std::make_shared<RtpLeg>(serial)),
      codec(codec),
      rate(sampleRateOf(codec)),
      type(typeOf(codec)),
      ssrc(static_cast<std::uint32_t>(0xabc0 + serial)),
      voice{hertz},
      frameMs_(frameMs),
      encoder_(AudioEncoder::make(codec, opusWith(false), codecs())),
      sequence_(static_cast<std::uint16_t>(65500 + 10 * serial)),
      timestamp_(static_cast<std::uint32_t>(-1000 * static_cast<int>(serial))) {
  const RtpFormat format{
      nameOf(codec), codec, opusWith(stereo), clockRateOf(codec), frameMs, type, type, keyType, keyType, ssrc,
      true,          true};
  leg->open(format, *this, codecs());
}

Phone::~Phone() { leg->close(); }

bool Phone::transmit(const void* data, std::size_t size) {
  const PacketPath::Pause pause;
  const auto* octets = static_cast<const std::uint8_t*>(data);
  if (takesPackets) received.push_back({*parseRtp(data, size), Bytes(octets + rtpHeaderSize, octets + size), now});
  return takesPackets;
}

void Phone::speak() {
  said.push_back(next());
  say(said.back());
}

void Phone::lose() {
  next();
  ++sequence_;
  timestamp_ += ticks();
}

void Phone::say(const Bytes& payload) { send(type, payload); }

void Phone::pressKey() { send(keyType, {5, 10, 0, 160}); }

void Phone::comfortNoise(std::uint8_t level) { send(13, {level}); }

void Phone::send(std::uint8_t payloadType, const Bytes& payload) {
  deliver({payloadType, false, ++sequence_, timestamp_ += ticks(), ownSsrc, payload.data(), payload.size()});
}

void Phone::deliver(const Bytes& payload, std::uint16_t sequence, std::uint32_t timestamp) {
  deliver({type, false, sequence, timestamp, ownSsrc, payload.data(), payload.size()});
}

void Phone::deliver(const RtpPacket& packet) {
  const PacketPath path;
  leg->received(packet, now);
}

void Phone::bridge(const Bytes& payload, std::uint16_t sequence) {
  std::uint8_t data[rtpHeaderSize + largestRtpPayload];
  const std::size_t size =
      writeRtp({type, false, sequence, sequence * ticks(), ssrc, payload.data(), payload.size()}, data);
  const PacketPath path;
  leg->spoken(data, size, now);
}

std::vector<float> Phone::audio(std::size_t from) const {
  const auto decoder = AudioDecoder::make(codec, codecs());
  std::vector<float> samples;
  for (std::size_t i = 0; i < received.size(); ++i) {
    RtpPacket packet = received[i].packet;
    packet.payload = received[i].payload.data();
    decoder->show(packet);
    const auto decoded = decoder->decode(packet);
    CHECK_MESSAGE(decoded.count > 0, "packet ", std::to_string(i), " is decoded");
    if (i >= from) samples.insert(samples.end(), decoded.samples, decoded.samples + decoded.count);
  }
  return samples;
}

Phone::Channels Phone::channels(std::size_t from) const {
  OpusPayloadDecoder decoder(2);
  Channels heard;
  std::vector<std::int16_t> samples(2 * rate / 1000 * longestPacketMs);
  for (std::size_t i = 0; i < received.size(); ++i) {
    const Bytes& payload = received[i].payload;
    const std::size_t count = decoder.decode(payload.data(), payload.size(), samples.data(), samples.size());
    CHECK_MESSAGE(count > 0, "packet ", std::to_string(i), " is decoded");
    if (i < from) continue;
    for (std::size_t at = 0; at < count; at += 2) {
      heard.left.push_back(samples[at]);
      heard.right.push_back(samples[at + 1]);
    }
  }
  return heard;
}

std::uint32_t Phone::ticks() const { return clockRateOf(codec) / 1000 * frameMs_; }

Bytes Phone::next() {
  const std::size_t count = rate / 1000 * frameMs_;
  std::vector<float> samples(count);
  for (auto& sample : samples) {
    const std::size_t at = samplesSaid_++;
    sample = script.empty() ? voice.at(static_cast<double>(at) / rate) : at < script.size() ? script[at] : 0;
  }
  Bytes payload(largestRtpPayload);
  payload.resize(encoder_->encode({samples.data(), samples.data(), count}, payload.data(), false));
  return payload;
}

void expectNumbersGoOn(const Phone& phone, const std::string& name) {
  for (std::size_t i = 1; i < phone.received.size(); ++i) {
    const int step = sequenceDistance(phone.received[i - 1].packet.sequence, phone.received[i].packet.sequence);
    CHECK_MESSAGE(step == 1, name, ", packet ", std::to_string(i), ": sequence");
  }
}

void expectUnbroken(const Phone& phone, const std::string& name) {
  expectNumbersGoOn(phone, name);
  for (std::size_t i = 1; i < phone.received.size(); ++i) {
    const auto& before = phone.received[i - 1].packet;
    const auto& packet = phone.received[i].packet;
    const std::string at = name + ", packet " + std::to_string(i);
    CHECK_MESSAGE(packet.timestamp == before.timestamp + phone.ticks(), at, ": timestamp");
    CHECK_MESSAGE(packet.ssrc == before.ssrc, at, ": SSRC");
  }
}

void expectUnchanged(const Phone& phone, const Phone& other) {
  CHECK_MESSAGE(phone.received.size() == other.said.size(), "every packet is relayed");
  for (std::size_t i = 0; i < other.said.size() && i < phone.received.size(); ++i)
    CHECK_MESSAGE(phone.received[i].payload == other.said[i], "payload ", std::to_string(i), " is unchanged");
}

}  // namespace np
