#include "media/rtp/rtp_numbering.h"

#include <algorithm>

namespace np {

std::optional<RtpNumbers> RtpNumbering::next(Serial source, const RtpPacket& packet, std::uint32_t elapsed) {
  switched_ = !continues(source, packet);
  if (switched_)
    begin(source, packet, elapsed);
  else if (sequenceDistance(highest_, packet.sequence) < -ours_)
    return std::nullopt;
  const RtpNumbers numbers{static_cast<std::uint16_t>(packet.sequence + sequenceOffset_),
                           packet.timestamp + timestampOffset_};
  if (const int step = sequenceDistance(highest_, packet.sequence); switched_ || step > 0) {
    ours_ = switched_ ? 0 : std::min(ours_ + step, largestDelay);
    highest_ = packet.sequence;
    last_ = numbers;
  }
  return numbers;
}

void RtpNumbering::leaveOut(Serial source, const RtpPacket& packet) {
  if (!continues(source, packet) || sequenceDistance(highest_, packet.sequence) <= 0) return;
  highest_ = packet.sequence;
  ours_ = -1;
  --sequenceOffset_;
}

bool RtpNumbering::continues(Serial source, const RtpPacket& packet) const {
  return begun_ && source == source_ && packet.ssrc == ssrc_ && goesOn(sequenceDistance(highest_, packet.sequence));
}

void RtpNumbering::begin(Serial source, const RtpPacket& packet, std::uint32_t elapsed) {
  source_ = source;
  ssrc_ = packet.ssrc;
  if (begun_) {
    sequenceOffset_ = static_cast<std::uint16_t>(last_.sequence + 1 - packet.sequence);
    timestampOffset_ = last_.timestamp + elapsed - packet.timestamp;
  }
  begun_ = true;
}

}  // namespace np
