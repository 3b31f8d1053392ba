// The rhythm of the packets that a party is sent: who is waited for, and the effects of jitter, loss and network
// stalls.
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace np {
namespace {

// The moderator's packets come this long after those of the party into whose audio they are mixed. Returns the longest
// wait of the moderator's newest frame, and leaves that of the party's in `held`.
Clock::duration longestWait(Clock::duration behind, Clock::duration& held) {
  Conversation call;
  call.whisper();
  Clock::duration longest{};
  held = {};
  for (int i = 0; i < 150; ++i) {
    const auto spoken = now;
    call.second.speak();
    pass(behind);
    const std::size_t before = call.first.received.size();
    const auto whispered = now;
    call.moderator.speak();
    pass(frameTime - behind);
    if (i < 100) continue;
    const bool wentOutAtOnce = call.first.received.size() > before;
    longest = std::max(longest, wentOutAtOnce ? call.first.received.back().at - whispered : now - whispered);
    held = std::max(held, wentOutAtOnce ? call.first.received.back().at - spoken : Clock::duration{});
  }
  expectUnbroken(call.first);
  CHECK_MESSAGE(call.first.received.size() == 150, "one packet for each of the party's");
  const auto heard = call.first.audio(100);
  CHECK_MESSAGE((tone(heard, toneOfB) > 5500 && tone(heard, toneOfM) > 5500), "both are heard");
  return longest;
}

TEST_CASE("nobody waits longer than half a frame") {
  for (int ms = 0; ms < 20; ++ms) {
    Clock::duration held;
    const auto waited = longestWait(std::chrono::milliseconds(ms), held);
    CHECK_MESSAGE((waited <= frameTime / 2 && held <= frameTime / 2), std::to_string(ms), " ms behind");
    CHECK_MESSAGE((waited == Clock::duration{} || held == Clock::duration{}), "one of the two waits for nobody");
  }
}

// At the limit, jitter would keep changing who waits, and every change is audible.
TEST_CASE("jitter does not change who waits for whom") {
  Conversation call;
  call.whisper();
  for (int i = 0; i < 300; ++i) {
    const std::chrono::microseconds jitter(i % 7 * 1000 - 3000);  // 3 ms to each side
    call.second.speak();
    pass(std::chrono::milliseconds(10) + jitter);
    call.moderator.speak();
    pass(std::chrono::milliseconds(10) - jitter);
  }
  const auto heard = call.first.audio(20);
  CHECK_MESSAGE(largestStep(heard) < steepestOfAll(), "no click");
  const double whole = tone(heard, toneOfM);
  for (std::size_t at = 0; at + 50 * frame <= heard.size(); at += 50 * frame) {
    const std::vector<float> second(heard.begin() + static_cast<long>(at),
                                    heard.begin() + static_cast<long>(at + 50 * frame));
    CHECK_MESSAGE(tone(second, toneOfM) > 5800, "the moderator has no gap: ", std::to_string(tone(second, toneOfM)));
  }
  CHECK_MESSAGE(whole > 5800, "nor a jump in time: ", std::to_string(whole));
}

// A source that was waited for in vain is not waited for again at once.
TEST_CASE("a loss of the moderator's holds up only one frame") {
  Conversation call;
  call.whisper();
  std::size_t late = 0;
  for (int i = 0; i < 100; ++i) {
    call.second.speak();
    pass(std::chrono::milliseconds(5));
    if (i < 50 || i % 5 != 0)
      call.moderator.speak();
    else
      call.moderator.lose();
    pass(std::chrono::milliseconds(15));
    if (call.first.received.size() < static_cast<std::size_t>(i + 1)) ++late;
  }
  CHECK_MESSAGE(late == 1, std::to_string(late), " frames are late");
  call.talk(1);
  CHECK_MESSAGE(call.first.received.size() == 101, "no frame is lost");
  expectUnbroken(call.first);
}

TEST_CASE("one party's loss does not cost the other's audio") {
  Conversation call;
  call.listen();
  call.talk(10);
  const std::size_t before = call.moderator.received.size();
  call.talkWithLoss(100, 5, 0);
  CHECK_MESSAGE(call.moderator.received.size() - before >= 98, "the listener gets one packet per frame");
  expectUnbroken(call.moderator);
}

TEST_CASE("the bridge speaks when nobody else does") {
  Conversation call;
  call.relay.arrange(b, {{a, 1}, {99, 1}});
  call.talk(5);
  for (std::uint16_t i = 0; i < 50; ++i) {
    call.second.bridge(Bytes(frame, 0x33), i);
    pass();
  }
  CHECK_MESSAGE(call.second.received.size() > 48, "the silent party does not hold it up");
  call.talk(10);
  expectNumbersGoOn(call.second);
}

TEST_CASE("another party takes over from a silent one") {
  Conversation call;
  call.listen();
  call.talk(10);
  for (int i = 0; i < 50; ++i) {
    call.second.speak();
    pass();
  }
  CHECK_MESSAGE(call.moderator.received.size() >= 58,
                "the listener still hears audio: ", std::to_string(call.moderator.received.size()));
  call.talk(50);
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(80);
  CHECK_MESSAGE((tone(heard, toneOfA) > 5500 && tone(heard, toneOfB) > 5500), "and both when both speak");
}

// What a network stall has held up comes at once from both parties, and both are heard.
TEST_CASE("nobody is lost in a network stall") {
  Conversation call;
  call.listen();
  for (int round = 0; round < 20; ++round) {
    call.talk(20);
    pass(2 * frameTime);
    for (int i = 0; i < 2; ++i) {
      call.first.speak();
      call.second.speak();
    }
  }
  const auto heard = call.moderator.audio(10);
  for (std::size_t at = 0; at + frame <= heard.size(); at += frame) {
    const std::vector<float> packet(heard.begin() + static_cast<long>(at),
                                    heard.begin() + static_cast<long>(at + frame));
    CHECK_MESSAGE((tone(packet, toneOfA) > 3000 && tone(packet, toneOfB) > 3000), "both, in packet ",
                  std::to_string(at / frame));
  }
}

TEST_CASE("a network stall does not duplicate packets") {
  Conversation call;
  call.listen();
  call.talk(20);
  for (Phone* phone : {&call.first, &call.second})
    for (int i = 0; i < 10; ++i) phone->speak();
  pass(10 * frameTime);
  call.talk(50);
  CHECK_MESSAGE(call.moderator.received.size() == 80,
                "as many packets as one party sends: ", std::to_string(call.moderator.received.size()));
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(50);
  CHECK_MESSAGE((tone(heard, toneOfA) > 5500 && tone(heard, toneOfB) > 5500), "and both are heard as before");
}

// The second party clicks 25 ms after the first; its packets come this long after those of the first.
double skewMs(Clock::duration behind) {
  Conversation call;
  call.listenLevelled();
  const auto shift =
      static_cast<std::size_t>(8 * std::chrono::duration_cast<std::chrono::milliseconds>(behind).count());
  constexpr std::size_t period = 4000, apart = 200;
  const auto click = [&](std::size_t begin, std::int16_t height) {
    Bytes payload(frame, encode(Law::alaw, std::int16_t{0}));
    for (std::size_t i = 0; i < frame; ++i)
      if ((begin + i) % period == 1000) payload[i] = encode(Law::alaw, height);
    return payload;
  };
  for (std::size_t i = 1; i <= 300; ++i) {
    call.first.say(click(i * frame, 16000));
    pass(behind);
    call.second.say(click(i * frame + shift - apart, -16000));
    pass(frameTime - behind);
  }
  const auto heard = call.moderator.audio(200);
  const auto first = std::max_element(heard.begin() + period / 2, heard.end() - period / 2);
  const auto second = std::min_element(first - period / 2, first + period / 2);
  CHECK_MESSAGE((*first > 4000 && *second < -4000), "both clicks are heard");
  return std::abs(static_cast<double>(second - first - static_cast<std::ptrdiff_t>(apart))) / 8;
}

TEST_CASE("the parties stay in time with each other") {
  for (int ms = 0; ms < 20; ++ms) {
    const double skew = skewMs(std::chrono::milliseconds(ms));
    CHECK_MESSAGE(skew <= 10, std::to_string(ms), " ms behind: ", std::to_string(skew), " ms");
  }
}

}  // namespace
}  // namespace np
