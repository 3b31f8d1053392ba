// What a source may send, and what of it counts as sent.
#include "base/allowance.h"
#include "test/checks.h"
#include "test/conversation.h"

#include <string>

namespace np {
namespace {

using namespace std::chrono_literals;

unsigned takenOf(Allowance& allowance, unsigned tries, Clock::duration apart) {
  unsigned taken = 0;
  for (unsigned i = 0; i < tries; ++i, pass(apart)) taken += allowance.take(now) ? 1 : 0;
  return taken;
}

void floodGetsItsShare() {
  Allowance allowance(20, 64);
  const unsigned taken = takenOf(allowance, 60'000, Clock::duration(1s) / 6000);
  expect(taken >= 64 + 200 - 1 && taken <= 64 + 200 + 1, "in ten seconds: " + std::to_string(taken));
  pass(1h);
  expect(takenOf(allowance, 100, 0s) == 64, "after a rest so many at once, and no more");
  pass(1h);
  expect(takenOf(allowance, 1000, 60ms) == 1000, "whoever keeps to it loses nothing");
}

void whatDidNotGoOutIsNotCounted() {
  Pair pair(AudioCodec::pcma, AudioCodec::pcma);
  pair.talk(10);
  pair.second.takesPackets = false;
  pair.talk(10);
  pair.second.takesPackets = true;
  pair.talk(10);
  const RtpSender& sender = pair.second.leg->sender();
  expect(sender.packets() == 20 && sender.octets() == 20 * frame, "sent: " + std::to_string(sender.packets()));
  expect(pair.second.received.size() == 20, "received");
}

}  // namespace

std::vector<Test> allowanceTests() {
  return {
      {"a flood gets its share", floodGetsItsShare},
      {"what did not go out is not counted", whatDidNotGoOutIsNotCounted},
  };
}

}  // namespace np
