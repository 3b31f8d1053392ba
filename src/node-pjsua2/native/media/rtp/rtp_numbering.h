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

// To the receiver it is one stream without a break. Within a source the distances between its packets stay as they are,
// so that loss is seen as loss and a packet that comes late has its place; only from one source to the next is there
// nothing missing.
class RtpNumbering {
 public:
  // `elapsed` is the time since the last new timestamp, in its unit. Nothing when the packet is of a time before this
  // source had its turn: its number is taken.
  std::optional<RtpNumbers> next(Serial source, const RtpPacket& packet, std::uint32_t elapsed);

  // A packet of the source is taken out: the ones after it close up.
  void leaveOut(Serial source, const RtpPacket& packet);

  // The last packet was the first of a source.
  bool switched() const { return switched_; }

  std::uint32_t lastTimestamp() const { return last_.timestamp; }

 private:
  bool continues(Serial source, const RtpPacket& packet) const;
  void begin(Serial source, const RtpPacket& packet, std::uint32_t elapsed);

  bool begun_ = false;
  bool switched_ = false;
  Serial source_ = 0;
  std::uint32_t ssrc_ = 0;
  std::uint16_t highest_ = 0;  // of the source
  int ours_ = 0;  // how many numbers before the highest are of its turn; beyond largestDelay it is all the same
  std::uint16_t sequenceOffset_ = 0;
  std::uint32_t timestampOffset_ = 0;
  RtpNumbers last_{0, 0};  // the highest sent
};

}  // namespace np
