// The conversations used in the tests of the relay.
#pragma once

#include "media/rtp/relay_switch.h"
#include "test/phone.h"

#include <string>

namespace np {

constexpr Serial a = 1, b = 2, m = 3;
constexpr double toneOfA = 400, toneOfB = 700, toneOfM = 1100;

// A packet of G.711: samples (and octets), and how long it lasts.
constexpr std::size_t frame = 160;
constexpr auto frameTime = std::chrono::milliseconds(20);

// The steepest step of all three sines together, at 8 kHz.
float steepestOfAll();

// What the bridge mixes in, frame by frame, in PCMA.
Bytes promptFrame(const Voice& voice, std::uint16_t number);

// A is heard by B.
struct Pair {
  Phone first, second;
  RelaySwitch relay;
  const std::string name;  // of both codecs

  Pair(AudioCodec from, AudioCodec to, unsigned saidMs = 20, unsigned heardMs = 20);
  void talk(unsigned frames);
};

// A talks with B; M may listen or speak.
struct Conversation {
  Phone first, second, moderator;
  RelaySwitch relay;

  explicit Conversation(AudioCodec ofFirst = AudioCodec::pcma, AudioCodec ofSecond = AudioCodec::pcma,
                        AudioCodec ofModerator = AudioCodec::pcma, bool moderatorHasStereo = false);
  void listen();
  void listenLevelled();
  // The first party on the left, the second on the right.
  void listenOnSides();
  void stopListening();
  void whisper();
  void stopWhispering();
  // Each party says this many frames, at moments of its own.
  void talk(int frames);
  // Both parties say this many frames, half a frame apart; the first one's packet number `lost` of every `period` is
  // lost.
  void talkWithLoss(int frames, int period, int lost);
};

}  // namespace np
