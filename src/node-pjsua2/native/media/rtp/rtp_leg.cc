#include "media/rtp/rtp_leg.h"

namespace np {
namespace {

constexpr auto keyPacketInterval = std::chrono::milliseconds(60);

// An Opus packet without audio is nothing but its header (RFC 6716, 3.1; RFC 7587, 3.1.3).
bool announcesPause(const RtpFormat& format, const RtpPacket& packet) {
  return packet.type == comfortNoise ||
         (format.audio == AudioCodec::opus && packet.type == format.receiveType && packet.size <= 2);
}

}  // namespace

void RtpLeg::open(const RtpFormat& format, RtpOutput& output, pjmedia_codec_mgr* codecs) {
  auto stream = std::make_unique<RtpStream>(RtpStream{format, &output, nullptr, nullptr, nullptr});
  if (format.audio) {
    stream->decoder = AudioDecoder::make(*format.audio, codecs);
    stream->bridgeDecoder = AudioDecoder::make(*format.audio, codecs);
    stream->encoder = AudioEncoder::make(*format.audio, format.opus, codecs);
  }
  if (!stream->decoder || !stream->bridgeDecoder || !stream->encoder) stream->format.audio.reset();
  stream_.publish(std::move(stream));
}

void RtpLeg::close() { stream_.publish(nullptr); }

void RtpLeg::reportIfDue(RtpClock::time_point now) {
  if (const auto stream = stream_.read()) stream->output->reportIfDue(now);
}

std::optional<RtpFormat> RtpLeg::format() const {
  const auto stream = stream_.read();
  return stream ? std::optional(stream->format) : std::nullopt;
}

bool RtpLeg::received(const RtpPacket& packet, RtpClock::time_point now) {
  const auto stream = stream_.read();
  if (!stream) return true;
  presence.hearAudio(now, announcesPause(stream->format, packet));
  const auto route = route_.read();
  if (packet.type == stream->format.receiveType) {
    ReceivedAudio audio(packet, *stream);
    if (receivedMeter_.asked()) receivedMeter_.measure(audio.decoded().samples, audio.decoded().count);
    if (stream->format.audio) {
      const DecodedAudio heard = leveller->runs() ? audio.decoded() : DecodedAudio{};
      leveller->hear(heard.samples, heard.count, sampleRateOf(*stream->format.audio));
    }
    if (route)
      for (const auto& listener : route->listeners) listener->deliver(serial, audio, now);
  } else if (route) {
    const RtpFormat* noisy = packet.type == comfortNoise ? &stream->format : nullptr;
    for (const auto& listener : route->listeners) listener->pass(serial, noisy, packet, now);
  }
  return (route && route->decoded) || packet.type == stream->format.receiveKeyType;
}

void RtpLeg::deliver(Serial source, ReceivedAudio& audio, RtpClock::time_point now) {
  const auto mix = mix_.read();
  const auto stream = stream_.read();
  if (!mix || !stream) return;
  const RtpSender::Turn turn(sender_);
  if (!turn) return;
  const bool keysGoOut = now.time_since_epoch().count() < keysUntil_.load(std::memory_order_relaxed);
  if (keysGoOut) return mixer_.leaveOut(source, audio.packet);
  mixer_.receive(*mix, *stream, source, audio, now);
}

// Comfort noise is passed on where the audio before it is; a receiver that does not know it drops it (RFC 3550, 5.1).
void RtpLeg::pass(Serial source, const RtpFormat* noisy, const RtpPacket& packet, RtpClock::time_point now) {
  const auto mix = mix_.read();
  const auto stream = stream_.read();
  const RtpSender::Turn turn(sender_);
  if (!turn) return;
  const bool keysGoOut = now.time_since_epoch().count() < keysUntil_.load(std::memory_order_relaxed);
  if (noisy == nullptr || !mix || !stream || keysGoOut || !mixer_.passNoise(*mix, *stream, source, *noisy, packet, now))
    mixer_.leaveOut(source, packet);
}

void RtpLeg::spoken(const void* data, std::size_t size, RtpClock::time_point now) {
  const auto packet = parseRtp(data, size);
  const auto stream = stream_.read();
  if (!packet || !stream) return;
  const auto mix = mix_.read();
  if (stream->bridgeDecoder && packet->type == stream->format.sendType) stream->bridgeDecoder->show(*packet);
  const bool isKey = packet->type == stream->format.sendKeyType;
  if (isKey) keysUntil_ = (now + keyPacketInterval).time_since_epoch().count();
  const bool goesOut = isKey || !mix || carriersAreSilent(*mix, *stream, *packet);
  const RtpSender::Turn turn(sender_);
  if (!turn) return;
  if (!goesOut) return sender_.leaveOut(serial, *packet);
  sender_.send(*stream, serial, *packet, now);
  if (stream->encoder && packet->type == stream->format.sendType)
    stream->encoder->passed(packet->payload, packet->size);
}

// What the bridge mixes for the leg is mixed into its sources' packets, and only goes out by itself if there are none.
bool RtpLeg::carriersAreSilent(const RtpMix& mix, const RtpStream& stream, const RtpPacket& packet) {
  const auto* input = mix.of(serial);
  if (input == nullptr || !stream.bridgeDecoder || input->inlet->rate != sampleRateOf(*stream.format.audio))
    return false;
  if (input->inlet->pilesUp()) return true;
  const auto decoded = stream.bridgeDecoder->decode(packet);
  input->inlet->write(decoded.samples, decoded.count);
  return false;
}

}  // namespace np
