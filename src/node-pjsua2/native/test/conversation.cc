#include "test/conversation.h"

#include <doctest/doctest.h>

namespace np {

using std::chrono::milliseconds;

float steepestOfAll() {
  float sum = 0;
  for (const double hertz : {toneOfA, toneOfB, toneOfM}) sum += Voice{hertz}.steepness(8000);
  return sum;
}

Bytes promptFrame(const Voice& voice, std::uint16_t number) {
  Bytes payload(frame);
  for (std::size_t i = 0; i < frame; ++i)
    payload[i] = encode(Law::alaw, static_cast<std::int16_t>(voice.at(static_cast<double>(number * frame + i) / 8000)));
  return payload;
}

Pair::Pair(AudioCodec from, AudioCodec to, unsigned saidMs, unsigned heardMs)
    : first(a, from, toneOfA, saidMs),
      second(b, to, toneOfB, heardMs),
      name(std::string(nameOf(from)) + " to " + nameOf(to)) {
  relay.add(first.leg);
  relay.add(second.leg);
  CHECK_MESSAGE(relay.arrange(b, {{a, 1}}).count(a) == 1, name, " is relayed");
}

void Pair::talk(unsigned frames) {
  for (unsigned i = 0; i < frames; ++i) {
    first.speak();
    pass(first.frameTime());
  }
}

Conversation::Conversation(AudioCodec ofFirst, AudioCodec ofSecond, AudioCodec ofModerator, bool moderatorHasStereo)
    : first(a, ofFirst, toneOfA),
      second(b, ofSecond, toneOfB),
      moderator(m, ofModerator, toneOfM, 20, moderatorHasStereo) {
  for (const Phone* phone : {&first, &second, &moderator}) relay.add(phone->leg);
  relay.arrange(b, {{a, 1}});
  relay.arrange(a, {{b, 1}});
}

void Conversation::listen() { relay.arrange(m, {{a, 1}, {b, 1}}); }

void Conversation::listenLevelled() {
  for (const Phone* phone : {&first, &second}) phone->leg->leveller->run(true);
  CHECK_MESSAGE(relay.arrange(m, {{a, 1, true}, {b, 1, true}}).size() == 2, "both are relayed");
}

void Conversation::listenOnSides() { relay.arrange(m, {{a, 1, false, Side::left}, {b, 1, false, Side::right}}); }

void Conversation::stopListening() { relay.arrange(m, {}); }

void Conversation::whisper() { relay.arrange(a, {{b, 1}, {m, 1}}); }

void Conversation::stopWhispering() { relay.arrange(a, {{b, 1}}); }

void Conversation::talk(int frames) {
  for (int i = 0; i < frames; ++i) {
    first.speak();
    pass(milliseconds(7));
    second.speak();
    pass(milliseconds(6));
    moderator.speak();
    pass(milliseconds(7));
  }
}

void Conversation::talkWithLoss(int frames, int period, int lost) {
  for (int i = 0; i < frames; ++i) {
    if (i % period == lost)
      first.lose();
    else
      first.speak();
    pass(frameTime / 2);
    second.speak();
    pass(frameTime / 2);
  }
}

}  // namespace np
