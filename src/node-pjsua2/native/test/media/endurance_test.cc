// Calls that last for hours or days in simulated time, on a box that has been up for two months: every counter wraps
// around, and clocks differ.
#include "line/playout_buffer.h"
#include "media/sample_ring.h"
#include "test/checks.h"
#include "test/conversation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace np {
namespace {

using std::chrono::nanoseconds;

// More packets than there are sequence numbers: 23 minutes.
constexpr unsigned manyPackets = 70'000;
constexpr auto uptime = std::chrono::hours(60 * 24);  // more than 2^31 ms

void beUpForLong() { now = std::max(now, Clock::time_point(uptime)); }

// What a phone says over and over: the tones of the tests have a whole number of periods in it.
std::vector<Bytes> loopOf(AudioCodec codec, double hertz, unsigned frames = 50) {
  Phone phone(99, codec, hertz);
  for (unsigned i = 0; i < frames; ++i) phone.speak();
  return phone.said;
}

// Expects all packets that were sent, except one at most, in an unbroken stream.
void expectAll(const Phone& phone, std::size_t sent, const std::string& name) {
  const std::size_t heard = phone.received.size();
  CHECK_MESSAGE((heard >= sent - 1 && heard <= sent), name, ": ", std::to_string(heard), " of ", std::to_string(sent),
                " packets");
  expectUnbroken(phone, name);
}

// Looks at the last second.
void expectTone(const Phone& phone, double hertz, const std::string& name) {
  const auto heard = phone.audio(phone.received.size() - 50);
  CHECK_MESSAGE(tone(heard, hertz, phone.rate) > 5000, name,
                " is heard at the end: ", std::to_string(tone(heard, hertz, phone.rate)));
}

void passesOn(AudioCodec from, AudioCodec to, unsigned packets) {
  beUpForLong();
  Pair pair(from, to);
  const auto loop = loopOf(from, toneOfA);
  for (unsigned i = 0; i < packets; ++i) {
    pair.first.say(loop[i % loop.size()]);
    pass();
  }
  pair.talk(100);
  expectAll(pair.second, packets + 100, pair.name);
  pair.second.received.erase(pair.second.received.begin(), pair.second.received.end() - 100);
  expectTone(pair.second, toneOfA, pair.name);
}

TEST_CASE("a relayed stream never falls silent") {
  for (const auto codec : {AudioCodec::pcma, AudioCodec::opus}) passesOn(codec, codec, manyPackets);
  passesOn(AudioCodec::pcma, AudioCodec::pcmu, manyPackets);
}

TEST_CASE("a re-encoded stream never falls silent") {
  passesOn(AudioCodec::pcma, AudioCodec::g722, manyPackets);
  passesOn(AudioCodec::g722, AudioCodec::pcma, manyPackets);
  passesOn(AudioCodec::opus, AudioCodec::pcma, manyPackets);
  passesOn(AudioCodec::pcma, AudioCodec::opus,
           manyPackets / 2);  // re-encoding is expensive: past half of all numbers, and past their end
}

TEST_CASE("a stream with other frame lengths never falls silent") {
  beUpForLong();
  Pair pair(AudioCodec::pcma, AudioCodec::pcmu, 20, 30);
  const auto loop = loopOf(AudioCodec::pcma, toneOfA, 1);
  for (unsigned i = 0; i < 2 * manyPackets; ++i) {
    pair.first.say(loop.front());
    pass();
  }
  expectAll(pair.second, 2 * manyPackets * 2 / 3, pair.name);
  expectTone(pair.second, toneOfA, pair.name);
}

// Both parties and a moderator who speaks to one of them, while the bridge plays a prompt.
TEST_CASE("a mix never falls silent") {
  beUpForLong();
  Conversation call;
  call.listen();
  call.relay.arrange(a, {{b, 1}, {m, 1}, {99, 1}});
  const Bytes ofA = loopOf(AudioCodec::pcma, toneOfA, 1).front(), ofB = loopOf(AudioCodec::pcma, toneOfB, 1).front(),
              ofM = loopOf(AudioCodec::pcma, toneOfM, 1).front();
  const Bytes prompt = loopOf(AudioCodec::pcma, 950, 1).front();
  for (unsigned i = 0; i < manyPackets; ++i) {
    call.first.say(ofA);
    call.first.bridge(prompt, static_cast<std::uint16_t>(i));
    pass(std::chrono::milliseconds(7));
    call.second.say(ofB);
    pass(std::chrono::milliseconds(6));
    call.moderator.say(ofM);
    pass(std::chrono::milliseconds(7));
  }
  expectAll(call.first, manyPackets, "with a whisper and a prompt");
  expectAll(call.second, manyPackets, "the other party");
  expectAll(call.moderator, manyPackets, "the moderator");
  for (const double hertz : {toneOfB, toneOfM, 950.0}) expectTone(call.first, hertz, "the mix for a party");
  for (const double hertz : {toneOfA, toneOfB}) expectTone(call.moderator, hertz, "the mix for a moderator");
}

// Two parties whose clocks differ, for 24 hours: nobody is heard later and later, and no more is missing or left out
// than the clocks differ by.
TEST_CASE("phones whose clocks differ can talk for a day") {
  for (const int ppm : {-1000, 1000}) {  // ten times as much as with real phones, in a tenth of the time
    beUpForLong();
    constexpr unsigned frames = 24 * 3600 * 50 / 10;
    Conversation call;
    call.listen();
    const Bytes ofA = loopOf(AudioCodec::pcma, toneOfA, 1).front(), ofB = loopOf(AudioCodec::pcma, toneOfB, 1).front();
    const auto begin = now;
    const nanoseconds frameOfB = nanoseconds(frameTime) * (1'000'000 + ppm) / 1'000'000;
    unsigned saidByB = 0, kept = 0;
    const auto speakAsDue = [&] {
      for (; begin + saidByB * frameOfB <= now; ++saidByB) call.second.say(ofB);
    };
    for (unsigned i = 0; i < frames; ++i, pass()) {
      speakAsDue();
      call.first.say(ofA);
      // Only the last few seconds of hours of packets are examined.
      if (auto& heard = call.moderator.received; heard.size() > 1000) {
        kept += static_cast<unsigned>(heard.size() - 500);
        heard.erase(heard.begin(), heard.end() - 500);
      }
      call.first.received.clear();
      call.second.received.clear();
    }
    const unsigned heard = kept + static_cast<unsigned>(call.moderator.received.size());
    const std::string name = std::to_string(ppm) + " ppm";
    const auto differs = [&](unsigned said) { return std::abs(static_cast<int>(said - heard)); };
    CHECK_MESSAGE(std::min(differs(frames), differs(saidByB)) <= 2, name,
                  ": at the pace of either party: ", std::to_string(heard));
    expectUnbroken(call.moderator, name);
    for (const double hertz : {toneOfA, toneOfB}) expectTone(call.moderator, hertz, name);
  }
}

struct Drift {
  unsigned silent = 0;
  unsigned madeUp = 0;     // frames that are partly different from what was said
  double longestWait = 0;  // ms, after the first minute
};

// A line hears a talker whose clock differs by this much, for this long.
Drift hearOver(int ppm, std::chrono::hours time) {
  PlayoutBuffer buffer;
  Drift drift;
  Frame said, heard;
  const Clock::time_point begin(uptime);
  const nanoseconds frameOfTalker = nanoseconds(frameTime) * (1'000'000 + ppm) / 1'000'000;
  std::int64_t put = 0;
  const std::int64_t takes = time / frameTime;
  for (std::int64_t take = 0; take < takes; ++take) {
    const auto moment = begin + take * nanoseconds(frameTime) + std::chrono::milliseconds(7);
    for (; begin + put * frameOfTalker <= moment; ++put) {
      said.fill(static_cast<std::int16_t>(put % 20'000));
      buffer.put(static_cast<std::uint32_t>(put - 10) * samplesPerFrame, said.data(), said.size(),
                 begin + put * frameOfTalker);
    }
    if (!buffer.take(heard.data(), moment)) ++drift.silent;
    const bool asItWas =
        std::unique(heard.begin(), heard.end()) - heard.begin() <= 2;  // made of two frames, each with one sample value
    if (!asItWas) ++drift.madeUp;
    if (asItWas && take >= 3000)
      drift.longestWait =
          std::max(drift.longestWait, static_cast<double>((put - heard.front() + 20'000) % 20'000) * 20);
  }
  return drift;
}

TEST_CASE("a line whose clock differs works for a day") {
  for (const int ppm : {-100, 100}) {
    const Drift drift = hearOver(ppm, std::chrono::hours(24));
    const std::string name = std::to_string(ppm) + " ppm";
    CHECK_MESSAGE(drift.silent <= 1, name, ": it never runs dry: ", std::to_string(drift.silent));
    CHECK_MESSAGE(drift.longestWait <= 80, name, ": nor does the wait grow: ", std::to_string(drift.longestWait),
                  " ms");
    // The clocks differ by 8.64 s in 24 hours.
    CHECK_MESSAGE(drift.madeUp <= 3 * 8640 / 20, name,
                  ": no more is made up or left out than the clocks differ by: ", std::to_string(drift.madeUp));
  }
}

TEST_CASE("sound that has waited for days does no harm") {
  PlayoutBuffer buffer;
  Frame said, heard;
  Clock::time_point moment(uptime);
  for (std::uint32_t i = 0; i < 32; ++i, moment += frameTime)
    buffer.put(i * samplesPerFrame, said.data(), said.size(), moment);
  moment += std::chrono::hours(50 * 24);
  unsigned silent = 0;
  for (std::uint32_t i = 32; i < 82; ++i, moment += frameTime) {
    said.fill(static_cast<std::int16_t>(1000 + i));
    buffer.put(i * samplesPerFrame, said.data(), said.size(), moment);
    if (!buffer.take(heard.data(), moment)) ++silent;
  }
  CHECK_MESSAGE((silent == 0 && heard.back() >= 1000 + 70), "it continues with what arrives");
}

// A sender that restarts with the same SSRC, a little below its last number.
TEST_CASE("a sender that restarts is heard at once") {
  Pair pair(AudioCodec::pcma, AudioCodec::pcma), coded(AudioCodec::pcma, AudioCodec::g722);
  for (Pair* each : {&pair, &coded}) {
    each->talk(2000);
    const auto sequence = static_cast<std::uint16_t>(each->first.sequence() - 1500);
    const Bytes payload(frame, 0x55);
    for (std::uint16_t i = 0; i < 100; ++i, pass())
      each->first.deliver(payload, static_cast<std::uint16_t>(sequence + i),
                          7'000 + i * static_cast<std::uint32_t>(frame));
    CHECK_MESSAGE(each->second.received.size() >= 2099, each->name, ": ", std::to_string(each->second.received.size()));
    expectNumbersGoOn(each->second, each->name);
  }
}

// The count of samples wraps around soon, and this never moves a sample.
TEST_CASE("sample rings survive the wrap-around of their count") {
  SampleRing ring(12'288);
  std::int16_t written = 0, read = 0;
  std::vector<std::int16_t> samples(960);
  bool same = true;
  for (int i = 0; i < 100; ++i) {
    for (auto& sample : samples) sample = written++;
    ring.write(samples.data(), samples.size());
    if (i < 3) continue;
    ring.read(samples.data(), samples.size());
    for (const auto sample : samples) same = same && sample == read++;
  }
  CHECK_MESSAGE((same && ring.size() == 3 * 960), "what was written is what is read");
}

}  // namespace
}  // namespace np
