// The playout buffer, judged by its output: delay, gaps and clicks, on networks of all kinds.
#include "line/playout_buffer.h"
#include "test/checks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace np {
namespace {

using std::chrono::microseconds;
using Time = PlayoutBuffer::Clock::time_point;

constexpr Voice talker{425, 8000};  // not a whole number of periods per frame
constexpr long frameUs = 20'000;
// The tone never changes by more than this from one sample to the next; twice as much is a click.
const double largestToneStep = talker.steepness(8000);

Frame toneAt(std::uint32_t timestamp) {
  Frame frame;
  for (std::size_t i = 0; i < frame.size(); ++i)
    frame[i] = static_cast<std::int16_t>(std::lround(talker.at(static_cast<double>(timestamp + i) / 8000)));
  return frame;
}

// Each sample tells its place, so sound that was made up does not continue the ramp.
constexpr std::uint32_t rampEnd = 30'000;
Frame rampAt(std::uint32_t timestamp) {
  Frame frame;
  for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = static_cast<std::int16_t>((timestamp + i) % rampEnd);
  return frame;
}

// How often a ramp is interrupted.
unsigned breaksIn(const std::vector<float>& heard) {
  unsigned breaks = 0;
  for (std::size_t i = 1; i < heard.size(); ++i) {
    const float step = heard[i] - heard[i - 1];
    if (step != 1 && step != 1 - static_cast<float>(rampEnd)) ++breaks;
  }
  return breaks;
}

// A talker, a network and a listener, in simulated time.
struct Line {
  // How long the packet with this number takes, in microseconds; nothing if it is lost.
  using Network = std::function<std::optional<long>(unsigned number)>;

  PlayoutBuffer buffer;
  Network network = [](unsigned) { return 0; };
  long talkerFrameUs = frameUs;  // differs from the listener's if the clocks differ
  long phaseUs = 7'000;          // from a packet to the take after it, without jitter
  std::optional<long> echoUs;    // how much later each packet comes a second time
  Frame (*voice)(std::uint32_t timestamp) = toneAt;
  unsigned said = 0;
  unsigned taken = 0;
  std::optional<unsigned> marked;          // number of the packet with a mark; while set, all others are silent
  std::multimap<long, unsigned> underway;  // arrival, number
  std::vector<float> heard;
  unsigned silentTakes = 0;

  void run(double seconds) {
    heard.clear();
    silentTakes = 0;
    const auto end = taken + static_cast<unsigned>(seconds * 50);
    while (taken < end) step();
  }

  // Milliseconds that a sample takes, measured with a mark in silence; includes the network's own delay.
  double delayMs() {
    run(0);
    marked = said + 10;
    std::optional<double> delay;
    for (int i = 0; i < 60 && !delay; ++i) {
      const std::size_t before = heard.size();
      const long now = step();
      for (std::size_t at = before; at < heard.size() && !delay; ++at)
        if (heard[at] > 20'000)
          delay = static_cast<double>(now - *marked * talkerFrameUs) / 1000 + static_cast<double>(at - before) / 8;
    }
    marked.reset();
    run(1);
    return delay.value_or(std::numeric_limits<double>::infinity());
  }

 private:
  // Returns the time of the take.
  long step() {
    const long now = taken++ * frameUs + phaseUs;
    for (; said * talkerFrameUs <= now; ++said)
      if (const auto delay = network(said)) {
        underway.emplace(said * talkerFrameUs + *delay, said);
        if (echoUs) underway.emplace(said * talkerFrameUs + *delay + *echoUs, said);
      }
    for (; !underway.empty() && underway.begin()->first <= now; underway.erase(underway.begin())) {
      const auto [arrival, number] = *underway.begin();
      const std::uint32_t timestamp = number * samplesPerFrame + 1'000;
      buffer.put(timestamp, frameOf(number, timestamp).data(), samplesPerFrame, Time(microseconds(arrival)));
    }
    Frame frame{};
    if (!buffer.take(frame.data(), Time(microseconds(now)))) ++silentTakes;
    heard.insert(heard.end(), frame.begin(), frame.end());
    return now;
  }

  Frame frameOf(unsigned number, std::uint32_t timestamp) const {
    if (!marked) return voice(timestamp);
    Frame frame{};
    if (number == *marked) frame[0] = 30'000;
    return frame;
  }
};

// The same sequence in every run.
unsigned chance(unsigned below) {
  static unsigned state = 1;
  state = state * 1664525 + 1013904223;
  return (state >> 8) % below;
}

Line::Network jitterOf(long most) {
  return [most](unsigned) { return static_cast<long>(chance(static_cast<unsigned>(most + 1))); };
}

// Packets do not overtake each other.
Line::Network queueOf(long most) {
  return [most, arrival = 0L](unsigned number) mutable {
    const long sent = number * frameUs;
    arrival = std::max(arrival, sent + static_cast<long>(chance(static_cast<unsigned>(most + 1))));
    return arrival - sent;
  };
}

bool isWhole(const std::vector<float>& heard) {
  for (std::size_t at = 0; at + 160 <= heard.size(); at += 80) {
    double energy = 0;
    for (std::size_t i = 0; i < 160; ++i) energy += heard[at + i] * heard[at + i];
    if (std::sqrt(energy / 80) < 0.9 * talker.loudness) return false;
  }
  return true;
}

void expectNoClick(const Line& line, const std::string& when) {
  const float step = largestStep(line.heard);
  CHECK_MESSAGE(step < 1.5 * largestToneStep, when, ": a step of ", std::to_string(step));
}

// Whether nothing was made up or left out.
void expectGoesOn(Line& line, double seconds, const std::string& when) {
  line.voice = rampAt;
  line.run(1);
  line.run(seconds);
  const unsigned breaks = breaksIn(line.heard);
  CHECK_MESSAGE(breaks == 0, when, ": it is interrupted ", std::to_string(breaks), " times");
  line.voice = toneAt;
  line.run(1);
}

void expectDelay(Line& line, double least, double most, const std::string& when) {
  const double delay = line.delayMs();
  CHECK_MESSAGE((delay >= least && delay <= most), when, ": a delay of ", std::to_string(delay), " ms");
}

TEST_CASE("a calm network adds no delay beyond the wait for the next frame") {
  for (const long phase : {1'000, 7'000, 19'000}) {
    Line line;
    line.phaseUs = phase;
    line.run(1);
    CHECK_MESSAGE(line.silentTakes <= 1, "it starts with the first packet");
    line.run(30);
    CHECK_MESSAGE(isWhole(line.heard), "nothing is missing");
    expectNoClick(line, "calm");
    expectDelay(line, 0, static_cast<double>(phase) / 1000 + 0.1, "calm");
  }
}

TEST_CASE("the delay follows the jitter up and down without gaps or clicks") {
  for (const long jitter : {10'000L, 40'000L, 100'000L}) {
    const std::string when = std::to_string(jitter / 1000) + " ms of jitter";
    Line line;
    line.network = queueOf(jitter);
    line.run(5);
    expectNoClick(line, when);
    line.run(10);
    expectNoClick(line, when);
    expectGoesOn(line, 60, when);
    expectDelay(line, 0, static_cast<double>(jitter) / 1000 + 40, when);
    line.network = [](unsigned) { return 0; };
    line.run(25);
    expectNoClick(line, "after " + when);
    CHECK_MESSAGE(isWhole(line.heard), "the sound around the cut fits together after ", when);
    expectDelay(line, 0, 13, "calm after " + when);
  }
}

TEST_CASE("packets that overtake each other are put in order") {
  Line line;
  line.network = jitterOf(50'000);
  line.run(10);
  expectNoClick(line, "packets that overtake each other");
  expectGoesOn(line, 30, "packets that overtake each other");
  expectDelay(line, 0, 110, "packets that overtake each other");
}

TEST_CASE("clocks that differ cause neither gaps nor clicks") {
  for (const long talker : {19'990L, 20'010L}) {
    Line line;
    line.talkerFrameUs = talker;
    line.run(5);
    for (int i = 0; i < 20; ++i) {
      line.run(10);
      expectNoClick(line, "clocks that differ");
      CHECK_MESSAGE(line.silentTakes == 0, "clocks that differ: no gap");
    }
    expectDelay(line, 0, 50, "clocks that differ");
  }
}

TEST_CASE("lost packets are made up and do not increase the delay") {
  Line line;
  line.network = [](unsigned number) { return number % 20 == 19 ? std::nullopt : std::optional(0L); };
  line.run(30);
  CHECK_MESSAGE(isWhole(line.heard), "one frame in twenty is made up");
  expectNoClick(line, "loss");
  expectDelay(line, 0, 30, "loss does not count as jitter");
}

TEST_CASE("the buffer catches up after a stall") {
  Line line;
  line.run(5);
  const unsigned begin = line.said;
  // For a second nothing comes, and then everything at once.
  line.network = [begin](unsigned number) {
    return number < begin + 50 ? static_cast<long>(begin + 50 - number) * frameUs : 0L;
  };
  line.run(2);
  expectNoClick(line, "a stall");
  expectDelay(line, 0, 240, "after a stall");
  line.run(20);
  CHECK_MESSAGE(isWhole(line.heard), "nothing is missing afterwards");
  expectDelay(line, 0, 30, "long after a stall");
}

TEST_CASE("a rare stall does not increase the delay for long") {
  Line line;
  line.run(12);
  const unsigned begin = line.said;
  // 100 ms without a packet, once in 20 s.
  line.network = [begin](unsigned number) {
    const unsigned since = (number - begin) % 1000;
    return since < 5 ? static_cast<long>(5 - since) * frameUs : 0L;
  };
  for (int i = 0; i < 5; ++i) {
    line.run(4);
    expectNoClick(line, "a short stall");
    expectDelay(line, 0, 13, "soon after a short stall");
    line.run(14.6);
  }
}

TEST_CASE("the learnt delay survives a pause") {
  const Line::Network silent = [](unsigned) { return std::nullopt; };
  const Line::Network jitter = [](unsigned number) { return number % 5 == 4 ? 40'000L : 0L; };
  Line line;
  line.network = jitter;
  line.run(30);
  line.network = silent;
  line.run(1);
  expectNoClick(line, "the sound fades out");
  CHECK_MESSAGE(line.silentTakes > 40, "then it is silent");
  while (line.said % 5 != 0) line.run(0.02);
  line.voice = rampAt;
  line.network = jitter;
  line.run(5);
  const auto begin = std::find_if(line.heard.begin(), line.heard.end(), [](float sample) { return sample != 0; });
  const std::vector<float> heard(begin + samplesPerFrame, line.heard.end());
  CHECK_MESSAGE(breaksIn(heard) == 0, "and then it is as steady as before");
  line.network = silent;
  line.run(12);
  line.network = [](unsigned) { return 0; };
  expectDelay(line, 0, 13, "after a long pause");
}

TEST_CASE("there are few gaps when jitter begins") {
  Line line;
  line.run(15);
  line.voice = rampAt;
  line.run(1);
  line.network = queueOf(40'000);
  line.run(10);
  const unsigned breaks = breaksIn(line.heard);
  CHECK_MESSAGE(breaks < 400, "when jitter begins: ", std::to_string(breaks), " interruptions");
}

TEST_CASE("a duplicate does not count as late") {
  Line line;
  line.echoUs = 50'000;
  line.run(5);
  expectGoesOn(line, 20, "duplicate packets");
  expectDelay(line, 0, 13, "duplicate packets");
}

// Like the bridge, which neither puts nor counts frames while it has nothing to say.
TEST_CASE("pauses between frames do not count as delay") {
  PlayoutBuffer buffer;
  Frame loud, out;
  loud.fill(1'000);
  Time now = Time(std::chrono::hours(1));
  unsigned silent = 0;
  const auto run = [&](int takes, bool speaks) {
    silent = 0;
    for (; takes > 0; --takes, now += microseconds(frameUs)) {
      if (speaks) buffer.put(loud.data(), now - microseconds(5'000));
      if (!buffer.take(out.data(), now) || out[159] == 0) ++silent;
    }
  };
  for (const int pause : {5, 15, 50}) {
    for (int i = 0; i < 30; ++i) {
      run(50, true);
      run(pause, false);
    }
    run(10, true);
    CHECK_MESSAGE(silent <= 1, std::to_string(silent), " frames are silent after pauses of ", std::to_string(pause));
  }
}

TEST_CASE("a cleared buffer is empty") {
  Line line;
  line.run(1);
  line.buffer.clear();
  Frame frame;
  CHECK_MESSAGE(!line.buffer.take(frame.data(), Time(microseconds(line.taken * frameUs))), "nothing is left in it");
}

}  // namespace
}  // namespace np
