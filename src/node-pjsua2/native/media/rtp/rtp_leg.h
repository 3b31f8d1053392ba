// A leg of a call as RTP sees it: what it says goes, packet by packet, to the legs that hear it; what it hears is one
// source's packets as they are, or the mix of several.
//
// Nothing is decoded unnecessarily. While only one source in the leg's codec is heard, its packets are sent on with the
// leg's own SSRC, numbers and payload type. A second source is mixed into the packets of the first, whose pace and
// numbers do not change, so that there is no seam. For a source in another codec, each packet is re-encoded as it
// arrives. Sources that do not come as packets, or whose codec is not known here, are mixed by the conference bridge.
//
// Threads: the graph is changed under the conference's lock; packets arrive on the media thread; the leg's stream
// speaks on the bridge's clock. The last two neither lock nor allocate here.
#pragma once

#include "base/event.h"
#include "media/loudness/level_meter.h"
#include "media/loudness/leveller.h"
#include "media/loudness/presence.h"
#include "media/published.h"
#include "media/rtp/received_audio.h"
#include "media/rtp/rtp_mixer.h"
#include "media/rtp/rtp_packet.h"
#include "media/rtp/rtp_sender.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace np {

class RtpLeg;

// Where a leg's packets go. Immutable.
struct RtpRoute {
  std::vector<std::shared_ptr<RtpLeg>> listeners;
  bool decoded;  // the leg's own stream gets them too, for the bridge
};

class RtpLeg {
 public:
  explicit RtpLeg(Serial serial) : serial(serial) {}

  // A stream has started or ended; `output` and `codecs`, which has G.722 if there is any, live until it ends.
  void open(const RtpFormat& format, RtpOutput& output, pjmedia_codec_mgr* codecs);
  void close();
  std::optional<RtpFormat> format() const;

  void sendTo(std::unique_ptr<const RtpRoute> route) { route_.publish(std::move(route)); }
  // nullptr plays the bridge's mix, which the leg's own stream sends; as one source among others, that mix has the
  // leg's own serial.
  void hear(std::unique_ptr<const RtpMix> mix) { mix_.publish(std::move(mix)); }

  // Takes a received packet. True if the leg's stream needs it too.
  bool received(const RtpPacket& packet, RtpClock::time_point now);

  // The leg's stream sends a packet.
  void spoken(const void* packet, std::size_t size, RtpClock::time_point now);

  // Sends the party a report (RTCP) if one is due, whether or not anything is heard from it. Not for the media thread.
  void reportIfDue(RtpClock::time_point now);

  // Mean amplitude of a recent frame; measured from the first call on.
  double receivedLevel() const { return receivedMeter_.level(); }
  double sentLevel() const { return sender_.meter.level(); }

  RtpSender& sender() { return sender_; }

  const Serial serial;
  // About the party.
  Presence presence;
  // For those who hear the party levelled.
  const std::shared_ptr<Leveller> leveller = std::make_shared<Leveller>();

 private:
  void deliver(Serial source, ReceivedAudio& audio, RtpClock::time_point now);
  void pass(Serial source, const RtpFormat* noisy, const RtpPacket& packet, RtpClock::time_point now);
  bool carriersAreSilent(const RtpMix& mix, const RtpStream& stream, const RtpPacket& packet);

  Published<RtpStream> stream_;
  Published<RtpRoute> route_;
  Published<RtpMix> mix_;
  RtpSender sender_;
  RtpMixer mixer_{sender_};
  LevelMeter receivedMeter_;
  std::atomic<RtpClock::rep> keysUntil_{0};
};

}  // namespace np
