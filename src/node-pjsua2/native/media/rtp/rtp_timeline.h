// Numbers for frames that are made of a source's packets.
#pragma once

#include "media/rtp/rtp_packet.h"

#include <cstdint>
#include <optional>

namespace np {

// As long as one frame is made from each packet, with the same clock, the frames have the numbers of the packets, so
// there is no seam between them and packets that are passed on. Otherwise the frames are counted, as a stream of their
// own.
class RtpTimeline {
 public:
  // How the source's packets relate to the listener's frames in time.
  struct Pace {
    unsigned packetClock;  // of timestamps, Hz
    unsigned frameClock;
    std::uint32_t packetTicks;  // length in its own clock
    std::uint32_t frameTicks;

    bool sameLength() const {
      return static_cast<std::uint64_t>(packetTicks) * frameClock ==
             static_cast<std::uint64_t>(frameTicks) * packetClock;
    }
    bool same() const { return packetClock == frameClock && packetTicks == frameTicks; }
  };

  // The source begins; this many frames of what it said before this packet have yet to go out.
  void begin(const RtpPacket& packet, const Pace& pace, std::uint32_t framesBefore);

  // How many packets are missing before this one; nothing if its own place is taken.
  std::optional<unsigned> missing(const RtpPacket& packet) const;

  // Moves on to the next packet, leaving out and making up this many frames before it.
  void advance(const RtpPacket& packet, const Pace& pace, std::uint32_t leftOut, std::uint32_t made);

  // A packet is passed on as it is, or not at all.
  void pass(const RtpPacket& packet);
  void leaveOut(const RtpPacket& packet);

  // Number, timestamp and source of the next frame.
  RtpPacket next(const Pace& pace);

 private:
  bool counts_ = false;
  bool marker_ = false;
  std::uint32_t ssrc_ = 0;
  std::uint16_t newest_ = 0;    // number of the source's packet
  std::uint32_t expected_ = 0;  // timestamp of the one after it
  std::uint16_t sequence_ = 0;  // of the next frame
  std::uint32_t timestamp_ = 0;
};

}  // namespace np
