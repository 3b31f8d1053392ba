// Sequence numbers and timestamps of a stream whose packets come from one source after another.
#pragma once

#include "base/event.h"
#include "media/rtp/rtp_packet.h"

#include <cstdint>
#include <optional>

namespace np {

struct RtpNumbers {
  std::uint16_t sequence;
  std::uint32_t timestamp;
};

// To the receiver it is one unbroken stream. Within a source the distances between packets stay as they are, so that a
// loss is seen as a loss and a late packet has its place; only from one source to the next is there no gap.
class RtpNumbering {
 public:
  // `elapsed` is the time since the last new timestamp, in its unit. Nothing if the packet is from before this source
  // had its turn, because its number is taken.
  std::optional<RtpNumbers> next(Serial source, const RtpPacket& packet, std::uint32_t elapsed);

  // A packet of the source is removed: the ones after it close up.
  void leaveOut(Serial source, const RtpPacket& packet);

  // Whether the last packet was the first of a source.
  bool switched() const { return switched_; }

  std::uint32_t lastTimestamp() const { return last_.timestamp; }

 private:
  bool continues(Serial source, const RtpPacket& packet) const;
  void begin(Serial source, const RtpPacket& packet, std::uint32_t elapsed);

  bool begun_ = false;
  bool switched_ = false;
  Serial source_ = 0;
  std::uint32_t ssrc_ = 0;
  std::uint16_t highest_ = 0;  // the source's highest number
  int ours_ = 0;               // how many numbers before the highest are from its turn; not counted beyond largestDelay
  std::uint16_t sequenceOffset_ = 0;
  std::uint32_t timestampOffset_ = 0;
  RtpNumbers last_{0, 0};  // the highest sent
};

}  // namespace np
