// A listener who hears one party in each ear.
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <string>

namespace np {
namespace {

constexpr double amplitude = Voice{}.loudness;
constexpr double decibel = 1.122;         // 1 dB
constexpr double trace = 0.01;            // -40 dB
constexpr std::uint8_t stereoBit = 0x04;  // RFC 6716, 3.1

void expectOnly(const std::string& what, const std::vector<float>& ear, double heard, double unheard, unsigned rate) {
  const double level = tone(ear, heard, rate), other = tone(ear, unheard, rate);
  CHECK_MESSAGE((level > amplitude / decibel && level < amplitude * decibel), what, " hears its party at ",
                std::to_string(level));
  CHECK_MESSAGE(other < amplitude * trace, what, " hears the other party at ", std::to_string(other));
}

TEST_CASE("each ear hears one party") {
  for (const auto parties : {AudioCodec::pcma, AudioCodec::g722, AudioCodec::opus}) {
    Conversation call(parties, parties, AudioCodec::opus, true);
    const std::string name = std::string("parties with ") + nameOf(parties);
    call.listenOnSides();
    call.talk(70);
    expectUnbroken(call.moderator, name);
    const auto [left, right] = call.moderator.channels(20);
    expectOnly(name + ", the left ear", left, toneOfA, toneOfB, call.moderator.rate);
    expectOnly(name + ", the right ear", right, toneOfB, toneOfA, call.moderator.rate);
    expectUnchanged(call.second, call.first);
  }
}

TEST_CASE("one ear hears both parties") {
  Conversation call(AudioCodec::opus, AudioCodec::pcma, AudioCodec::opus);
  call.listenOnSides();
  call.talk(70);
  const auto heard = call.moderator.audio(20);
  for (const double hertz : {toneOfA, toneOfB}) {
    const double level = tone(heard, hertz, call.moderator.rate);
    CHECK_MESSAGE((level > amplitude / decibel && level < amplitude * decibel), "heard ", std::to_string(level));
  }
  for (const auto& packet : call.moderator.received)
    CHECK_MESSAGE((packet.payload[0] & stereoBit) == 0, "the phone did not ask for two channels");
}

TEST_CASE("a prompt is heard on both sides") {
  constexpr double toneOfPrompt = 950;
  Conversation call(AudioCodec::pcma, AudioCodec::pcma, AudioCodec::opus, true);
  Phone bridge(99, AudioCodec::opus, toneOfPrompt);
  call.relay.arrange(m, {{a, 1, false, Side::left}, {b, 1, false, Side::right}, {99, 1}});
  for (std::uint16_t i = 0; i < 70; ++i) {
    bridge.speak();
    call.moderator.bridge(bridge.said.back(), i);
    call.talk(1);
  }
  const auto [left, right] = call.moderator.channels(20);
  for (const auto& ear : {left, right}) {
    const double level = tone(ear, toneOfPrompt, call.moderator.rate);
    CHECK_MESSAGE((level > amplitude / decibel && level < amplitude * decibel), "heard ", std::to_string(level));
  }
  CHECK_MESSAGE(tone(left, toneOfB, call.moderator.rate) < amplitude * trace, "the parties stay on their sides");
}

// A moderator who takes over becomes a party, and hears the other party in both ears.
TEST_CASE("the end of the sides leaves no seam") {
  Conversation call(AudioCodec::opus, AudioCodec::pcma, AudioCodec::opus, true);
  call.listenOnSides();
  call.talk(50);
  call.relay.arrange(m, {{a, 1}});
  call.talk(50);
  expectUnbroken(call.moderator);
  const auto [left, right] = call.moderator.channels(10);
  const float steepest =
      Voice{toneOfA}.steepness(call.moderator.rate) + Voice{toneOfB}.steepness(call.moderator.rate) + 400;
  CHECK_MESSAGE(largestStep(left) < steepest, "no click on the left: ", std::to_string(largestStep(left)));
  CHECK_MESSAGE(largestStep(right) < steepest, "no click on the right: ", std::to_string(largestStep(right)));
  const auto& said = call.first.said;
  const auto& heard = call.moderator.received;
  for (std::size_t i = 1; i <= 20; ++i)
    CHECK_MESSAGE(heard[heard.size() - i].payload == said[said.size() - i], "it is passed on unchanged again");
}

}  // namespace
}  // namespace np
