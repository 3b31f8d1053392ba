// How loud the parties are when they are mixed.
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace np {
namespace {

TEST_CASE("the gain changes in a ramp") {
  Conversation call;
  call.talk(20);
  call.relay.arrange(b, {{a, 0.25}});
  call.talk(20);
  expectUnbroken(call.second);
  CHECK_MESSAGE(tone(call.second.audio(22), toneOfA) < 1600, "softer");
  CHECK_MESSAGE(largestStep(call.second.audio()) < steepestOfAll(), "no click");
}

TEST_CASE("a levelled listener hears both equally loud") {
  Conversation call;
  call.first.voice.loudness = 15000;
  call.second.voice.loudness = 1500;
  call.listenLevelled();
  call.talk(500);
  expectUnbroken(call.moderator);
  const auto all = call.moderator.audio();
  const std::vector<float> begin(all.begin() + 2 * frame, all.begin() + 5 * frame),
      end(all.end() - 50 * frame, all.end());
  CHECK_MESSAGE((tone(begin, toneOfA) > 14000 && tone(begin, toneOfB) < 1700), "at first each is as loud as spoken");
  const double apart = 20 * std::log10(tone(end, toneOfA) / tone(end, toneOfB));
  CHECK_MESSAGE(std::abs(apart) < 6, "after 10 s they are ", std::to_string(apart), " dB apart");
  CHECK_MESSAGE(largestStep(all) < 15000 * 2 * pi * (toneOfA + toneOfB / 10) / 8000 + 500, "no click");
  expectUnchanged(call.second, call.first);
}

TEST_CASE("a listener who joins later benefits from what was measured") {
  Conversation call;
  call.first.voice.loudness = 15000;
  call.listenLevelled();
  call.talk(200);
  call.stopListening();
  call.talk(50);
  const std::size_t since = call.moderator.received.size();
  call.listenLevelled();
  call.talk(20);
  const double heard = tone(call.moderator.audio(since + 2), toneOfA);
  CHECK_MESSAGE(heard < 8000, "the loud party is not loud again: ", std::to_string(heard));
}

// The longest run of samples at the peak; clipping makes long ones.
std::size_t longestTop(const std::vector<float>& samples) {
  const float top = *std::max_element(samples.begin(), samples.end());
  std::size_t longest = 0, run = 0;
  for (const float sample : samples) {
    run = std::abs(sample) == top ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Even then nothing is clipped, because the whole mix is turned down.
TEST_CASE("parties that all speak at full scale do not clip") {
  for (const bool levelled : {false, true}) {
    Conversation call;
    call.first.voice.loudness = call.second.voice.loudness = 32767;
    if (levelled) call.listenLevelled();
    call.relay.arrange(m, {{a, 2, levelled}, {b, 2, levelled}, {99, 1}});
    for (std::uint16_t i = 0; i < 100; ++i) {
      call.moderator.bridge(promptFrame({950, 32767}, i), i);
      call.talk(1);
    }
    const auto heard = call.moderator.audio(10);
    // At its peak a 400 Hz sine stays within one A-law step for 2 samples.
    CHECK_MESSAGE(longestTop(heard) <= 2, "the peak is ", std::to_string(longestTop(heard)), " samples long");
    for (const double hertz : {toneOfA, toneOfB, 950.0}) {
      const double harmonic = tone(heard, hertz + 2 * toneOfA);
      CHECK_MESSAGE(tone(heard, hertz) > 3000, "all parties are heard");
      CHECK_MESSAGE(harmonic < tone(heard, hertz) / 30, "undistorted: ", std::to_string(harmonic));
    }
  }
}

}  // namespace
}  // namespace np
