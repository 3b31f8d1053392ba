// Mixes what a leg hears from the packets of its sources.
#pragma once

#include "media/loudness/leveller.h"
#include "media/rtp/inlet.h"
#include "media/rtp/mixed_frame.h"
#include "media/rtp/received_audio.h"
#include "media/rtp/rtp_sender.h"
#include "media/rtp/rtp_timeline.h"
#include "media/rtp/side.h"

#include <memory>
#include <vector>

namespace np {

// Whom a leg hears. Immutable except for the contents of the inlets, which pass from one mix to the next.
struct RtpMix {
  struct Input {
    std::shared_ptr<Inlet> inlet;
    float level;  // linear; 0 for a source that has just left, so that it can fade away
    std::shared_ptr<const Leveller> leveller = nullptr;  // set if it is heard levelled
    Side side = Side::both;

    float gain() const { return leveller ? level * leveller->gain() : level; }
  };
  std::vector<Input> inputs;

  const Input* of(Serial source) const;
};

// The packets of one source, the carrier, set the pace; the others are mixed into them. A frame is held back for a
// packet of another source that is due within half a frame, so that nobody waits longer than that. A carrier that falls
// silent is replaced by the source whose audio piles up. All of this is on the media thread.
//
// A single source in the listener's codec is passed on unchanged. Otherwise frames are encoded as soon as they are
// full, which is at once if all packets have the same length.
class RtpMixer {
 public:
  explicit RtpMixer(RtpSender& sender) : sender_(sender) {}

  void receive(const RtpMix& mix, const RtpStream& stream, Serial source, ReceivedAudio& audio,
               RtpClock::time_point now);

  // The source sends comfort noise. False if it is not passed on because the source is mixed with others or re-encoded.
  bool passNoise(const RtpMix& mix, const RtpStream& stream, Serial source, const RtpFormat& format,
                 const RtpPacket& packet, RtpClock::time_point now);

  // The source sends something that is not passed on.
  void leaveOut(Serial source, const RtpPacket& packet);

 private:
  using Input = RtpMix::Input;

  bool canPass(const RtpStream& stream, const Input& input, RtpClock::time_point now) const;
  void pass(const RtpStream& stream, const Input& input, ReceivedAudio& audio, RtpClock::time_point now);
  void carry(const RtpMix& mix, const RtpStream& stream, const Input& input, ReceivedAudio& audio,
             RtpClock::time_point now);
  bool holdsBack(const RtpMix& mix, const Input& carrier, RtpClock::time_point now);
  void giveUp(const RtpMix& mix, const RtpStream& stream, RtpClock::time_point now);
  void release(const RtpMix& mix, const RtpStream& stream, RtpClock::time_point now);
  bool takesOver(const RtpMix& mix, const Input& input, RtpClock::time_point now) const;
  std::size_t standIn(const RtpMix& mix, const RtpTimeline::Pace& pace, const Input& carrier, const RtpPacket& packet,
                      std::size_t concealed);
  void mixFrame(const RtpMix& mix, const RtpStream& stream, bool isLast, RtpClock::time_point now);
  void limit(MixedFrame& mixed);

  RtpSender& sender_;
  RtpTimeline timeline_;
  Serial carrier_ = 0;
  RtpClock::time_point carriedAt_{};  // when its last packet came
  RtpTimeline::Pace pace_{};          // of its packets
  bool held_ = false;                 // its last frame is held back
  Serial passed_ = 0;                 // the source whose last packet was passed on
  unsigned framesAlone_ = 0;          // encoded since the carrier has been alone
  float limiter_ = 1;
};

}  // namespace np
