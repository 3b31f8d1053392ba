#include "media/rtp/rtp_timeline.h"

namespace np {
namespace {

constexpr std::int32_t longestPause = 60;  // seconds: beyond that the source's clock has jumped

}  // namespace

void RtpTimeline::begin(const RtpPacket& packet, const Pace& pace, std::uint32_t framesBefore) {
  counts_ = !pace.same();
  marker_ = packet.marker;
  ssrc_ = packet.ssrc;
  newest_ = packet.sequence;
  expected_ = packet.timestamp + pace.packetTicks;
  sequence_ = static_cast<std::uint16_t>(packet.sequence - framesBefore);
  timestamp_ = packet.timestamp - framesBefore * pace.frameTicks;
}

std::optional<unsigned> RtpTimeline::missing(const RtpPacket& packet) const {
  const int step = sequenceDistance(newest_, packet.sequence);
  if (packet.ssrc != ssrc_ || !goesOn(step)) return 0;
  if (step <= 0) return std::nullopt;
  return static_cast<unsigned>(step - 1);
}

void RtpTimeline::advance(const RtpPacket& packet, const Pace& pace, std::uint32_t leftOut, std::uint32_t made) {
  if (packet.ssrc != ssrc_ || !counts_ || pace.same()) return begin(packet, pace, made);
  const unsigned lost = missing(packet).value_or(0);
  const auto pause = static_cast<std::int32_t>(packet.timestamp - expected_ - lost * pace.packetTicks);
  if (pause > 0 && pause < longestPause * static_cast<std::int32_t>(pace.packetClock))
    timestamp_ += static_cast<std::uint32_t>(static_cast<std::int64_t>(pause) * pace.frameClock / pace.packetClock);
  marker_ = packet.marker;
  newest_ = packet.sequence;
  expected_ = packet.timestamp + pace.packetTicks;
  sequence_ = static_cast<std::uint16_t>(sequence_ + leftOut);
  timestamp_ += leftOut * pace.frameTicks;
}

void RtpTimeline::pass(const RtpPacket& packet) {
  if (missing(packet)) newest_ = packet.sequence;
  ssrc_ = packet.ssrc;
  counts_ = false;
}

void RtpTimeline::leaveOut(const RtpPacket& packet) {
  if (packet.ssrc == ssrc_ && missing(packet)) newest_ = packet.sequence;
}

RtpPacket RtpTimeline::next(const Pace& pace) {
  const std::uint32_t ssrc = counts_ ? ~ssrc_ : ssrc_;  // not the same stream as the packets themselves
  const RtpPacket place{0, marker_, sequence_, timestamp_, ssrc, nullptr, 0};
  marker_ = false;
  ++sequence_;
  timestamp_ += pace.frameTicks;
  return place;
}

}  // namespace np
