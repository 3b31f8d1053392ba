// A telephone at a leg without sockets, in the time of the test.
#pragma once

#include "media/rtp/rtp_leg.h"
#include "test/checks.h"

#include <memory>
#include <string>
#include <vector>

namespace np {

const char* nameOf(AudioCodec codec);

// A telephone of some codec and frame length: what it says, and what it is sent.
class Phone : public RtpOutput {
 public:
  struct Heard {
    RtpPacket packet;
    Bytes payload;
    Clock::time_point at;
  };

  // Says a tone.
  Phone(Serial serial, AudioCodec codec, double hertz, unsigned frameMs = 20, bool stereo = false);
  ~Phone() override;

  bool transmit(const void* data, std::size_t size) override;

  // Says the next frame, of the script or else of the voice.
  void speak();
  // A frame that gets lost on its way to us.
  void lose();
  // The next packet, of this payload or of a key.
  void say(const Bytes& payload);
  void pressKey();
  // What is heard while it says nothing (RFC 3389), at this level: -dBov.
  void comfortNoise(std::uint8_t level = 50);
  // A packet with numbers of its own.
  void deliver(const Bytes& payload, std::uint16_t sequence, std::uint32_t timestamp);

  // The bridge's audio for the party.
  void bridge(const Bytes& payload, std::uint16_t sequence);

  // All that was heard, by a decoder that knows nothing of ours, but for the first packets.
  std::vector<float> audio(std::size_t from = 0) const;
  // The same of Opus in two channels.
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
  bool takesPackets = true;  // else its network is full

 private:
  Bytes next();
  void send(std::uint8_t payloadType, const Bytes& payload);
  void deliver(const RtpPacket& packet);

  const unsigned frameMs_;
  const std::unique_ptr<AudioEncoder> encoder_;
  std::size_t samplesSaid_ = 0;
  // Both run over soon.
  std::uint16_t sequence_;
  std::uint32_t timestamp_;
};

// No number is left out.
void expectNumbersGoOn(const Phone& phone, const std::string& name = "");
// Nor any time: a stream as of one who has talked all along.
void expectUnbroken(const Phone& phone, const std::string& name = "");
// Every packet that the other has said, as it was.
void expectUnchanged(const Phone& phone, const Phone& other);

}  // namespace np
