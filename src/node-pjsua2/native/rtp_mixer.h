// Puts together what a leg hears out of the packets of its sources.
#pragma once

#include "inlet.h"
#include "leveller.h"
#include "rtp_sender.h"

#include <memory>
#include <vector>

namespace np {

// Whom a leg hears. Immutable but for what waits in the inlets, which go on from one mix to the next.
struct RtpMix {
  struct Input {
    std::shared_ptr<Inlet> inlet;
    float level;  // linear; 0 for one that has just left, so that it can fade away
    std::shared_ptr<const Leveller> leveller = nullptr;  // if it is heard levelled

    // What it is multiplied by at present.
    float gain() const { return leveller ? level * leveller->gain() : level; }
  };
  std::vector<Input> inputs;

  const Input* of(Serial source) const;
};

// The packets of one source, the carrier, set the pace; the others are mixed into them. A carrier that falls silent is replaced
// by the source whose audio piles up. All of this is on the media thread.
class RtpMixer {
 public:
  explicit RtpMixer(RtpSender& sender) : sender_(sender) {}

  // `law` is that of the payload, nothing for another codec; it is audio.
  void receive(const RtpMix& mix, const RtpStream& stream, Serial source, std::optional<Law> law, const RtpPacket& packet,
               RtpClock::time_point now);

  // The source sends something else than audio, which does not go on.
  void leaveOut(Serial source, const RtpPacket& packet);

 private:
  using Input = RtpMix::Input;

  // A frame that goes out in the place of a packet of the carrier's.
  struct Frame {
    RtpPacket place;
    const std::int16_t* samples;  // the carrier's; null: they are lost
    const std::uint8_t* codes;    // the same as it could be sent
  };

  bool takesOver(const RtpMix& mix, const Input& input) const;
  void catchUp(const RtpMix& mix, const RtpStream& stream, const Input& input, const RtpPacket& packet,
               RtpClock::time_point now);
  void fillGap(const RtpMix& mix, const RtpStream& stream, const Input& input, const RtpPacket& packet,
               RtpClock::time_point now);
  void mixFrame(const RtpMix& mix, const RtpStream& stream, const Input& carrier, const Frame& frame,
                RtpClock::time_point now);
  bool limit(float* samples, std::size_t count);
  void send(const RtpStream& stream, Serial source, const RtpPacket& place, const std::uint8_t* codes,
            RtpClock::time_point now);

  RtpSender& sender_;
  Serial carrier_ = 0;
  std::uint16_t lastSequence_ = 0;  // of the carrier
  float limiter_ = 1;
};

}  // namespace np
