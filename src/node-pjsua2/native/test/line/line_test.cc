// An analog line: its keys are not heard by others, and its sound comes and goes as packets.
#include "line/line_leg.h"
#include "line/sound_path.h"
#include "media/rtp/relay_switch.h"
#include "test/checks.h"
#include "test/packet_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <thread>

namespace np {
namespace {

using namespace std::chrono_literals;

constexpr double amplitude = 8000;

// A line without a device: what the packet side hears from it.
struct Path {
  std::string keys;
  std::vector<float> heard;
  SoundPath sound{{[this](char key) { keys += key; },
                   [this](const std::int16_t* frame) { heard.insert(heard.end(), frame, frame + samplesPerFrame); }}};

  // Takes whole frames.
  void say(const std::vector<std::int16_t>& samples) {
    for (std::size_t at = 0; at + samplesPerFrame <= samples.size(); at += samplesPerFrame)
      sound.captured(samples.data() + at, SoundPath::Clock::now());
  }
};

struct Press {
  double low;
  double high;
  std::size_t begin;         // after so many samples of silence
  std::size_t length = 800;  // samples
  double lowLevel = amplitude;
  double highLevel = amplitude;
};

// Runs for a quarter of a second.
std::vector<std::int16_t> sound(const Press& press) {
  std::vector<std::int16_t> samples(2080);
  for (std::size_t i = 0; i < press.length; ++i) {
    const double time = static_cast<double>(i) / 8000;
    samples[press.begin + i] = static_cast<std::int16_t>(press.lowLevel * std::sin(2 * pi * press.low * time) +
                                                         press.highLevel * std::sin(2 * pi * press.high * time));
  }
  return samples;
}

void expectUnheard(const Press& press) {
  Path path;
  path.say(sound(press));
  CHECK_MESSAGE(path.keys.size() == 1, "the key is reported");
  const bool isHeard = std::any_of(path.heard.begin(), path.heard.end(), [](float sample) { return sample != 0; });
  CHECK_MESSAGE(!isHeard, "a key that begins at ", std::to_string(press.begin), " is heard");
}

// Checks the limits of the detector.
TEST_CASE("a line's keys are never heard, wherever in a frame they begin") {
  const double rows[] = {697, 770, 852, 941}, columns[] = {1209, 1336, 1477, 1633};
  for (const double low : rows)
    for (const double high : columns)
      for (std::size_t begin = 800; begin < 960; begin += 3) {
        expectUnheard({low, high, begin});
        expectUnheard({low * 1.015, high * 0.985, begin, 320});
        expectUnheard({low, high, begin, 800, 2'000, 3'170});
        expectUnheard({low, high, begin, 800, 4'000, 1'600});
      }
}

TEST_CASE("a line's sound is held back for as long as it takes to suspect a key") {
  Path path;
  std::vector<std::int16_t> samples(1600);
  samples[160] = 12'345;
  path.say(samples);
  for (std::size_t i = 0; i < path.heard.size(); ++i)
    CHECK_MESSAGE(path.heard[i] == (i == 160 + DtmfDetector::longestToSuspect ? 12'345.0F : 0.0F), "sample ",
                  std::to_string(i));
}

TEST_CASE("a line hears packets and the bridge together") {
  Path path;
  const auto now = SoundPath::Clock::now();
  Frame loud, out{};
  loud.fill(20'000);
  path.sound.fromBridge(loud.data(), now);
  path.sound.fromPackets(1, loud.data(), loud.size(), now);
  CHECK_MESSAGE((path.sound.playback(out.data(), now) && out[100] == 32'767), "the sum is limited");
  path.sound.begin();
  CHECK_MESSAGE(!path.sound.playback(out.data(), now), "nothing is left from before");
}

// What a line sends back is 14 dB softer, and comes later.
TEST_CASE("a key that is played to a line is not taken for one of its own when it comes back, and another is") {
  constexpr std::size_t delay = 5;
  Path path;
  const auto played = sound({941, 1209, 480});
  std::vector<std::int16_t> back(played.size() + delay * samplesPerFrame);
  std::transform(played.begin(), played.end(), back.begin() + delay * samplesPerFrame,
                 [](std::int16_t sample) { return static_cast<std::int16_t>(sample / 5); });
  auto now = SoundPath::Clock::now();
  const auto exchange = [&](const std::vector<std::int16_t>& said, const std::vector<std::int16_t>& heard) {
    Frame out{};
    for (std::size_t at = 0; at + samplesPerFrame <= said.size(); at += samplesPerFrame, now += 20ms) {
      path.sound.captured(said.data() + at, now);
      if (at + samplesPerFrame > heard.size()) continue;
      path.sound.fromBridge(heard.data() + at, now);
      path.sound.playback(out.data(), now);
    }
  };
  exchange(back, played);
  CHECK_MESSAGE(path.keys.empty(), "the echo of a key");
  exchange(sound({697, 1209, 480}), played);
  CHECK_MESSAGE(path.keys == "1", "a key that is pressed meanwhile");
  exchange(std::vector<std::int16_t>(4800), {});
  exchange(played, {});
  CHECK_MESSAGE(path.keys == "1*", "the same key, later");
}

bool comesTrue(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (!condition() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(1ms);
  return condition();
}

// A line that keeps the newest sample it hears and counts the frames.
struct EarOfLine {
  std::atomic<int> newest{0};
  std::atomic<unsigned> frames{0};
  std::atomic<std::uint32_t> timestamp{0};
  LineLeg line;

  EarOfLine(Serial serial, MediaPoller& poller)
      : line(serial, poller,
             [this](std::uint32_t at, const std::int16_t* samples, std::size_t count, RtpClock::time_point) {
               thread_local const PacketPath watched;  // from the first packet to the end of the thread
               newest = samples[count - 1];
               timestamp = at;
               ++frames;
             }) {}
};

TEST_CASE("lines hear each other through packets") {
  MediaPoller poller;
  poller.start();
  {
    EarOfLine one(1, poller), other(2, poller);
    RelaySwitch relay;
    relay.add(one.line.leg);
    relay.add(other.line.leg);
    CHECK_MESSAGE(relay.arrange(2, {{1, 1}}).count(1) == 1, "by packets");
    Frame frame;
    std::uint32_t before = 0;
    const unsigned long offences = PacketPath::offences();
    for (int i = 1; i <= 50; ++i) {
      frame.fill(static_cast<std::int16_t>(i * 500));
      one.line.speak(frame.data());
      const bool isHeard = comesTrue([&] { return other.frames == static_cast<unsigned>(i); });
      REQUIRE_MESSAGE(isHeard, "frame ", std::to_string(i), " is heard");
      CHECK_MESSAGE(std::abs(other.newest - i * 500) <= i * 500 / 30, "as loud as it was spoken");
      CHECK_MESSAGE((i == 1 || other.timestamp - before == samplesPerFrame), "the timestamps continue");
      before = other.timestamp;
    }
    CHECK_MESSAGE(PacketPath::offences() == offences, "neither allocations nor locks");
    CHECK_MESSAGE(one.frames == 0, "nobody hears their own sound");
    relay.remove(1);
    relay.remove(2);
  }
  poller.stop();
}

}  // namespace
}  // namespace np
