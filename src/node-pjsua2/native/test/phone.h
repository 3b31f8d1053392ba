// A telephone on a leg without sockets, in simulated time.
#pragma once

#include "media/rtp/rtp_leg.h"
#include "test/checks.h"

#include <memory>
#include <string>
#include <vector>

namespace np {

const char* nameOf(AudioCodec codec);

// A telephone with some codec and frame length: what it says, and what it is sent.
class Phone : public RtpOutput {
 public:
  struct Heard {
    RtpPacket packet;
    Bytes payload;
    Clock::time_point at;
  };

  // Its voice is a tone.
  Phone(Serial serial, AudioCodec codec, double hertz, unsigned frameMs = 20, bool stereo = false);
  ~Phone() override;

  bool transmit(const void* data, std::size_t size) override;

  // Says the next frame, from the script or else from the voice.
  void speak();
  // Says a frame that is lost on its way to us.
  void lose();
  // Sends the next packet, with this payload or with a key.
  void say(const Bytes& payload);
  void pressKey();
  // Sends comfort noise (RFC 3389), at this level in -dBov.
  void comfortNoise(std::uint8_t level = 50);
  // Sends a packet with its own numbers.
  void deliver(const Bytes& payload, std::uint16_t sequence, std::uint32_t timestamp);

  // Plays the bridge's audio to the party.
  void bridge(const Bytes& payload, std::uint16_t sequence);

  // Everything that was heard except for the first packets, by a decoder that shares no state with ours.
  std::vector<float> audio(std::size_t from = 0) const;
  // The same for Opus in two channels.
  struct Channels {
    std::vector<float> left, right;
  };
  Channels channels(std::size_t from = 0) const;

  std::uint32_t ticks() const;  // of RTP's clock, in a frame
  std::chrono::milliseconds frameTime() const { return std::chrono::milliseconds(frameMs_); }
  std::uint16_t sequence() const { return sequence_; }
  std::uint32_t timestamp() const { return timestamp_; }

  const std::shared_ptr<RtpLeg> leg;
  const AudioCodec codec;
  const unsigned rate;       // of samples, Hz
  const std::uint8_t type;   // payload type, both ways
  const std::uint32_t ssrc;  // of what it is sent
  Voice voice;
  std::vector<float> script;  // said instead of the voice
  std::vector<Bytes> said;    // by speak()
  std::vector<Heard> received;
  bool takesPackets = true;  // false: its network is full

 private:
  Bytes next();
  void send(std::uint8_t payloadType, const Bytes& payload);
  void deliver(const RtpPacket& packet);

  const unsigned frameMs_;
  const std::unique_ptr<AudioEncoder> encoder_;
  std::size_t samplesSaid_ = 0;
  // Both wrap around soon.
  std::uint16_t sequence_;
  std::uint32_t timestamp_;
};

// No sequence number is missing.
void expectNumbersGoOn(const Phone& phone, const std::string& name = "");
// No time is missing either: it looks like a stream from a single talker.
void expectUnbroken(const Phone& phone, const std::string& name = "");
// Every packet that the other party sent has arrived unchanged.
void expectUnchanged(const Phone& phone, const Phone& other);

}  // namespace np
