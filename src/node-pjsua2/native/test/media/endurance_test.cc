// Calls that last for hours, in the time of the test: every counter of 16 and of 32 bits runs over.
#include "test/checks.h"
#include "test/conversation.h"

#include <algorithm>
#include <string>

namespace np {
namespace {

// More than all sequence numbers, from any of them on: 23 minutes.
constexpr unsigned manyPackets = 70'000;

std::size_t lostOn(std::size_t sent, const Phone& phone) { return sent - std::min(sent, phone.received.size()); }

void relayNeverFallsSilent() {
  Pair pair(AudioCodec::pcma, AudioCodec::pcma);
  const Bytes payload(frame, 0x55);
  for (unsigned i = 0; i < manyPackets; ++i) {
    pair.first.say(payload);
    pass();
  }
  expect(lostOn(manyPackets, pair.second) == 0, std::to_string(lostOn(manyPackets, pair.second)) + " packets are lost");
  expectUnbroken(pair.second, pair.name);
}

}  // namespace

std::vector<Test> enduranceTests() {
  return {
      {"a relayed stream never falls silent", relayNeverFallsSilent},
  };
}

}  // namespace np
