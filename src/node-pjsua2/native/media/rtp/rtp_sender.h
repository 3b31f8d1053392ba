// Sends to a leg's party, whatever the source: one stream with one SSRC and unbroken numbering.
#pragma once

#include "base/event.h"
#include "media/codec/audio_codec.h"
#include "media/codec/audio_decoder.h"
#include "media/codec/audio_encoder.h"
#include "media/loudness/level_meter.h"
#include "media/rtp/rtp_numbering.h"
#include "media/rtp/rtp_packet.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace np {

using RtpClock = std::chrono::steady_clock;

// What SDP has negotiated for a leg.
struct RtpFormat {
  std::string codec;                // with rate and channels: "PCMA/8000/1"
  std::optional<AudioCodec> audio;  // if it is one that we can decode and encode
  OpusSettings opus;                // if it is Opus
  unsigned clockRate;               // of timestamps, Hz
  unsigned frameMs;                 // in each packet to the party
  std::uint8_t receiveType;         // payload types
  std::uint8_t sendType;
  int receiveKeyType;  // of telephone-event; -1: none
  int sendKeyType;
  std::uint32_t ssrc;  // ours
  bool receives;       // which way audio may go
  bool sends;

  std::optional<Law> law() const { return audio ? lawOf(*audio) : std::nullopt; }
  // Whether packets to the party can be made from samples.
  bool mixes() const { return audio && canFrame(*audio, frameMs); }
  // Whether they can be made from two channels.
  bool stereo() const { return audio == AudioCodec::opus && opus.stereo; }
};

// Whether packets of the one can be sent as packets of the other, if need be translated to the other law.
inline bool sameCoding(const RtpFormat& from, const RtpFormat& to) {
  const bool sameCodec = (from.law() && to.law()) || (from.codec == to.codec && from.clockRate == to.clockRate);
  return sameCodec && from.frameMs == to.frameMs;
}

// The way to the party. Transmitting neither locks nor allocates, and is for one thread at a time.
class RtpOutput {
 public:
  virtual ~RtpOutput() = default;
  // False when the packet did not go out.
  virtual bool transmit(const void* packet, std::size_t size) = 0;
  // Tells the party what was received from it, if a report is due. May lock.
  virtual void reportIfDue(RtpClock::time_point) {}
};

// The coders are null if the format's audio is not known.
struct RtpStream {
  RtpFormat format;
  RtpOutput* output;
  std::unique_ptr<AudioDecoder> decoder;        // of what the party says
  std::unique_ptr<AudioDecoder> bridgeDecoder;  // of what the bridge says to it
  std::unique_ptr<AudioEncoder> encoder;        // for whoever has the turn
};

class RtpSender {
 public:
  // The right to send. Nobody waits for it: whoever does not get it drops the packet. Collisions are rare, because a
  // leg seldom changes between relay and bridge.
  class Turn {
   public:
    explicit Turn(RtpSender& sender) : sender_(sender), mine_(!sender.busy_.test_and_set(std::memory_order_acquire)) {}
    ~Turn() {
      if (mine_) sender_.busy_.clear(std::memory_order_release);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    explicit operator bool() const { return mine_; }

   private:
    RtpSender& sender_;
    const bool mine_;
  };

  // Needs the turn. The payload and its type are taken from the packet; numbers are made from the packet's for this
  // source.
  void send(const RtpStream& stream, Serial source, const RtpPacket& packet, RtpClock::time_point now);
  // Whether enough time has passed since the last packet that the next one need not continue it.
  bool pauses(RtpClock::time_point now) const { return packets_ == 0 || now - sentAt_ >= pause; }
  void leaveOut(Serial source, const RtpPacket& packet) { numbering_.leaveOut(source, packet); }

  // For sender reports (RFC 3550, 6.4.1): the counts so far, and the timestamp for a given moment.
  std::uint32_t packets() const { return packets_; }
  std::uint32_t octets() const { return octets_; }
  std::uint32_t timestampAt(RtpClock::time_point moment, unsigned clockRate) const;

  LevelMeter meter;

 private:
  static constexpr auto pause = std::chrono::milliseconds(60);

  std::uint32_t elapsed(const RtpFormat& format, RtpClock::time_point now) const;
  void smooth(Law law, std::uint8_t* codes, std::size_t count) const;

  std::atomic_flag busy_;
  RtpNumbering numbering_;
  RtpClock::time_point stampedAt_{};  // when the last timestamp was new
  RtpClock::time_point sentAt_{};
  std::int16_t lastSample_ = 0;
  std::atomic<std::uint32_t> packets_{0};
  std::atomic<std::uint32_t> octets_{0};
  std::atomic<std::uint32_t> timestampOrigin_{0};  // the timestamp at the clock's zero
};

}  // namespace np
