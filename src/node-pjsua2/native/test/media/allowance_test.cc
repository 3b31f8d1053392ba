// What a source may send, and what counts as sent.
#include "base/allowance.h"
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <string>

namespace np {
namespace {

using namespace std::chrono_literals;

unsigned takenOf(Allowance& allowance, unsigned tries, Clock::duration apart) {
  unsigned taken = 0;
  for (unsigned i = 0; i < tries; ++i, pass(apart)) taken += allowance.take(now) ? 1 : 0;
  return taken;
}

TEST_CASE("a flood gets no more than its share") {
  Allowance allowance(20, 64);
  const unsigned taken = takenOf(allowance, 60'000, Clock::duration(1s) / 6000);
  CHECK_MESSAGE((taken >= 64 + 200 - 1 && taken <= 64 + 200 + 1), "in ten seconds: ", std::to_string(taken));
  pass(1h);
  CHECK_MESSAGE(takenOf(allowance, 100, 0s) == 64, "after a rest the burst and no more");
  pass(1h);
  CHECK_MESSAGE(takenOf(allowance, 1000, 60ms) == 1000, "a source that keeps within its rate loses nothing");
}

TEST_CASE("packets that did not go out are not counted") {
  Pair pair(AudioCodec::pcma, AudioCodec::pcma);
  pair.talk(10);
  pair.second.takesPackets = false;
  pair.talk(10);
  pair.second.takesPackets = true;
  pair.talk(10);
  const RtpSender& sender = pair.second.leg->sender();
  CHECK_MESSAGE((sender.packets() == 20 && sender.octets() == 20 * frame), "sent: ", std::to_string(sender.packets()));
  CHECK_MESSAGE(pair.second.received.size() == 20, "received");
}

}  // namespace
}  // namespace np
