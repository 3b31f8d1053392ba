// How loud the parties are where they are mixed.
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace np {
namespace {

TEST_CASE("gain is a ramp") {
  Conversation call;
  call.talk(20);
  call.relay.arrange(b, {{a, 0.25}});
  call.talk(20);
  expectUnbroken(call.second);
  CHECK_MESSAGE(tone(call.second.audio(22), toneOfA) < 1600, "softer");
  CHECK_MESSAGE(largestStep(call.second.audio()) < steepestOfAll(), "no click");
}

TEST_CASE("a levelled listener hears both alike") {
  Conversation call;
  call.first.voice.loudness = 15000;
  call.second.voice.loudness = 1500;
  call.listenLevelled();
  call.talk(500);
  expectUnbroken(call.moderator);
  const auto all = call.moderator.audio();
  const std::vector<float> begin(all.begin() + 2 * frame, all.begin() + 5 * frame),
      end(all.end() - 50 * frame, all.end());
  CHECK_MESSAGE((tone(begin, toneOfA) > 14000 && tone(begin, toneOfB) < 1700), "at first each is as he was");
  const double apart = 20 * std::log10(tone(end, toneOfA) / tone(end, toneOfB));
  CHECK_MESSAGE(std::abs(apart) < 6, "after 10 s they are ", std::to_string(apart), " dB apart");
  CHECK_MESSAGE(largestStep(all) < 15000 * 2 * pi * (toneOfA + toneOfB / 10) / 8000 + 500, "without a click");
  expectUnchanged(call.second, call.first);
}

TEST_CASE("who joins later finds the loudness known") {
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
  CHECK_MESSAGE(heard < 8000, "the loud one is not loud again: ", std::to_string(heard));
}

// Runs of samples at the top, of which clipping makes many.
std::size_t longestTop(const std::vector<float>& samples) {
  const float top = *std::max_element(samples.begin(), samples.end());
  std::size_t longest = 0, run = 0;
  for (const float sample : samples) {
    run = std::abs(sample) == top ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Even then nothing is cut off: the whole is turned down.
TEST_CASE("all at full scale do not clip") {
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
    // At its top a sine of 400 Hz stays within a step of A-law for 2 samples.
    CHECK_MESSAGE(longestTop(heard) <= 2, "the top is ", std::to_string(longestTop(heard)), " samples long");
    for (const double hertz : {toneOfA, toneOfB, 950.0}) {
      const double harmonic = tone(heard, hertz + 2 * toneOfA);
      CHECK_MESSAGE(tone(heard, hertz) > 3000, "all are heard");
      CHECK_MESSAGE(harmonic < tone(heard, hertz) / 30, "undistorted: ", std::to_string(harmonic));
    }
  }
}

}  // namespace
}  // namespace np
