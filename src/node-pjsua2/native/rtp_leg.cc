#include "rtp_leg.h"

namespace np {
namespace {

constexpr unsigned sampleRate = 8000;  // of G.711, Hz
constexpr auto keyPacketInterval = std::chrono::milliseconds(60);

}  // namespace

void RtpLeg::open(const RtpFormat& format, RtpOutput& output) {
  stream_.publish(std::make_unique<RtpStream>(RtpStream{format, &output}));
}

void RtpLeg::close() { stream_.publish(nullptr); }

std::optional<RtpFormat> RtpLeg::format() const {
  const auto stream = stream_.read();
  return stream ? std::optional(stream->format) : std::nullopt;
}

bool RtpLeg::received(const RtpPacket& packet, RtpClock::time_point now) {
  const auto stream = stream_.read();
  if (!stream) return true;
  if (stream->format.law && packet.type == stream->format.receiveType)
    measure(*stream->format.law, packet);
  const auto route = route_.read();
  if (!route) return isKey(*stream, packet);
  for (const auto& listener : route->listeners) listener->deliver(*this, *stream, packet, now);
  return route->decoded || isKey(*stream, packet);
}

void RtpLeg::measure(Law law, const RtpPacket& packet) {
  receivedMeter_.measure(law, packet.payload, packet.size);
  std::int16_t samples[largestRtpPayload];
  const std::size_t count = leveller->runs() ? packet.size : 0;
  decode(law, packet.payload, count, samples);
  leveller->hear(samples, count, sampleRate);
}

bool RtpLeg::isKey(const RtpStream& stream, const RtpPacket& packet) const {
  return packet.type == stream.format.receiveKeyType;
}

void RtpLeg::deliver(const RtpLeg& source, const RtpStream& from, const RtpPacket& packet, RtpClock::time_point now) {
  const auto mix = mix_.read();
  const auto stream = stream_.read();
  if (!mix || !stream) return;
  const RtpSender::Turn turn(sender_);
  if (!turn) return;
  const bool keysGoOut = now.time_since_epoch().count() < keysUntil_.load(std::memory_order_relaxed);
  if (keysGoOut || packet.type != from.format.receiveType) return mixer_.leaveOut(source.serial, packet);
  mixer_.receive(*mix, *stream, source.serial, from.format.law, packet, now);
}

void RtpLeg::spoken(const void* data, std::size_t size, RtpClock::time_point now) {
  const auto packet = parseRtp(data, size);
  const auto stream = stream_.read();
  if (!packet || !stream) return;
  const auto mix = mix_.read();
  if (packet->type == stream->format.sendKeyType)
    keysUntil_ = (now + keyPacketInterval).time_since_epoch().count();
  else if (mix && !carriersAreSilent(*mix, *stream, *packet))
    return;
  if (const RtpSender::Turn turn(sender_); turn) sender_.send(*stream, serial, *packet, now);
}

// What the bridge mixes for the leg is mixed into its sources' packets, and only goes out by itself when there are none.
bool RtpLeg::carriersAreSilent(const RtpMix& mix, const RtpStream& stream, const RtpPacket& packet) {
  const auto* input = mix.of(serial);
  if (input == nullptr || !stream.format.law || packet.size > Inlet::largestFrame) return false;
  if (input->inlet->waiting() >= Inlet::pileUp) return true;
  std::int16_t samples[Inlet::largestFrame];
  decode(*stream.format.law, packet.payload, packet.size, samples);
  input->inlet->write(samples, packet.size);
  return false;
}

}  // namespace np
