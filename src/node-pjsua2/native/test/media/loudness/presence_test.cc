// What is reported about a party that falls silent, in simulated time.
#include "media/loudness/presence.h"
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <string>

namespace np {
namespace {

using namespace std::chrono_literals;

using Excuse = Presence::Excuse;
using Reports = Presence::Reports;

constexpr auto patience = 10s;

struct Party {
  Presence presence;

  Party() { presence.begin(now, false); }
  void speak(int packets, bool pauses = false) {
    for (; packets > 0; --packets, pass()) presence.hearAudio(now, pauses);
  }
  // Everything that is reported in this time.
  std::vector<Presence::News> wait(Clock::duration time, bool reports = false) {
    std::vector<Presence::News> told;
    for (const auto end = now + time; now < end; pass(1s)) {
      if (reports) presence.hearReport(now);
      if (const auto news = presence.look(now, patience)) told.push_back(*news);
    }
    return told;
  }
};

void expectSilence(const std::vector<Presence::News>& told, Reports reports, Excuse excuse, const std::string& when) {
  REQUIRE_MESSAGE(told.size() == 1, when, ": reported ", std::to_string(told.size()), " times");
  CHECK_MESSAGE((told[0].isSilent && told[0].silence >= patience && told[0].silence <= patience + 2s), when,
                ": the duration");
  CHECK_MESSAGE((told[0].reports == reports && told[0].excuse == excuse), when, ": reports and excuse");
}

TEST_CASE("silence is reported once, and so is its end") {
  Party party;
  party.speak(100);
  CHECK_MESSAGE(party.wait(9s).empty(), "not while it may be only a stall");
  expectSilence(party.wait(1h), Reports::never, Excuse::none, "gone");
  party.speak(1);
  const auto told = party.wait(1s);
  CHECK_MESSAGE((told.size() == 1 && !told[0].isSilent && told[0].silence > 1h), "it is heard again");
}

TEST_CASE("a party that was never heard is silent too") {
  Party party;
  expectSilence(party.wait(1h), Reports::never, Excuse::none, "never heard");
}

TEST_CASE("reports are a sign of life") {
  Party party;
  party.speak(100);
  expectSilence(party.wait(5min, true), Reports::heard, Excuse::none, "muted");
  const auto told = party.wait(5min);
  CHECK_MESSAGE((told.size() == 1 && told[0].isSilent && told[0].reports == Reports::silent),
                "without them it is gone");
}

TEST_CASE("a party may be silent while the call is on hold") {
  Party party;
  party.speak(100);
  pass(9s);
  party.presence.begin(now, true);
  CHECK_MESSAGE(party.wait(1h, true).empty(), "a party that holds the call and sends reports is there");
  const auto told = party.wait(1h);
  CHECK_MESSAGE((told.size() == 1 && told[0].reports == Reports::silent && told[0].excuse == Excuse::hold),
                "without reports it is unknown");
  party.presence.begin(now, false);
  CHECK_MESSAGE(party.wait(9s).size() == 1, "after resuming it has time to speak");
  expectSilence(party.wait(1h), Reports::silent, Excuse::none, "after the hold");
}

TEST_CASE("offering the same media again is not a sign of life") {
  Party party;
  for (int i = 0; i < 9; ++i) {
    CHECK_MESSAGE(party.wait(1s).empty(), "not yet");
    party.presence.begin(now, false);
  }
  expectSilence(party.wait(10s), Reports::never, Excuse::none, "a refresh of the session");
}

TEST_CASE("an announced pause is an excuse") {
  Party party;
  party.speak(100);
  party.speak(1, true);
  expectSilence(party.wait(1h), Reports::never, Excuse::pauses, "comfort noise");
}

TEST_CASE("nothing is reported where no audio is expected") {
  Party party;
  party.presence.end();
  CHECK_MESSAGE(party.wait(1h).empty(), "no audio is expected");
}

TEST_CASE("what a party sends shows whether it is there") {
  Phone phone(1, AudioCodec::pcma, toneOfA);
  phone.leg->presence.begin(now, false);
  const auto waitFor = [&] {
    pass(11s);
    return phone.leg->presence.look(now, patience);
  };
  phone.speak();
  CHECK_MESSAGE(waitFor()->excuse == Excuse::none, "audio");
  phone.pressKey();
  CHECK_MESSAGE(!phone.leg->presence.look(now, patience)->isSilent, "a key is a sign of life");
  phone.comfortNoise();
  CHECK_MESSAGE(waitFor()->excuse == Excuse::pauses, "comfort noise");
  Phone saver(2, AudioCodec::opus, toneOfA);
  saver.leg->presence.begin(now, false);
  saver.say({0xf8});
  pass(11s);
  CHECK_MESSAGE(saver.leg->presence.look(now, patience)->excuse == Excuse::pauses, "an Opus packet without audio");
}

}  // namespace
}  // namespace np
