// The meter and the leveller, tested with signals of known loudness.
#include "media/loudness/leveller.h"
#include "media/loudness/loudness_meter.h"
#include "test/checks.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace np {
namespace {

using Samples = std::vector<std::int16_t>;

constexpr unsigned rate = 8000;

Samples sine(double hertz, double dbfs, double seconds, unsigned rate) {
  const Voice voice{hertz, 32767 * std::pow(10, dbfs / 20)};
  Samples samples(static_cast<std::size_t>(seconds * rate));
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(std::lround(voice.at(static_cast<double>(i) / rate)));
  return samples;
}

// Of constant power: its mean is `dbfs` relative to that of a full-scale sine.
Samples noise(double dbfs, double seconds) {
  static unsigned state = 7;
  Samples samples(static_cast<std::size_t>(seconds * rate));
  for (auto& sample : samples) {
    state = state * 1664525 + 1013904223;
    const double uniform = state / 2147483648.0 - 1;
    sample = static_cast<std::int16_t>(32767 * std::pow(10, dbfs / 20) * std::sqrt(1.5) * uniform);
  }
  return samples;
}

// Syllables, four per second, in words with pauses between them: a third of the time is silent.
Samples speech(double dbfs, double seconds) {
  Samples samples = noise(dbfs, seconds);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double time = static_cast<double>(i) / rate;
    const bool isPause = std::fmod(time, 1.5) >= 1;
    samples[i] = isPause ? std::int16_t{0} : static_cast<std::int16_t>(samples[i] * std::abs(std::sin(4 * pi * time)));
  }
  return samples;
}

// The loudness of the last block.
double loudness(const Samples& samples, unsigned rate) {
  LoudnessMeter meter(rate);
  double newest = -100;
  for (std::size_t i = 0; i + rate / 50 <= samples.size(); i += rate / 50)
    if (const auto block = meter.measure(samples.data() + i, rate / 50)) newest = *block;
  return newest;
}

// A party that somebody listens to.
struct Talker {
  Leveller leveller;

  Talker() { leveller.run(true); }
  void says(const Samples& samples) {
    for (std::size_t i = 0; i + 160 <= samples.size(); i += 160) leveller.hear(samples.data() + i, 160, rate);
  }
  double gain() const { return 20 * std::log10(leveller.gain()); }
};

std::string decibels(double value) { return std::to_string(value) + " dB"; }

bool isNear(double value, double expected, double tolerance) { return std::abs(value - expected) <= tolerance; }

// ITU-R BS.1770-4, Annex 1: a full-scale sine of 997 Hz in one channel measures -3.01 LKFS.
TEST_CASE("the meter reads the reference of BS.1770") {
  const std::pair<unsigned, double> tolerances[] = {{48000, 0.02}, {16000, 0.1}, {8000, 0.25}};
  for (const auto& [rate, tolerance] : tolerances) {
    const double read = loudness(sine(997, 0, 2, rate), rate);
    CHECK_MESSAGE(isNear(read, -3.01, tolerance), std::to_string(rate), " Hz: ", decibels(read));
    CHECK_MESSAGE(isNear(loudness(sine(997, -20, 2, rate), rate), read - 20, 0.02), "20 dB less is 20 LU less");
  }
}

TEST_CASE("the weighting is the same at every rate") {
  for (const double hertz : {60.0, 100.0, 300.0, 1000.0, 1500.0, 2000.0}) {
    const double table = loudness(sine(hertz, -6, 2, 48000), 48000);
    for (const unsigned rate : {8000U, 16000U}) {
      const double read = loudness(sine(hertz, -6, 2, rate), rate);
      CHECK_MESSAGE(isNear(read, table, 0.25), std::to_string(hertz), " Hz: ", decibels(read - table));
    }
  }
}

TEST_CASE("two talkers become equally loud") {
  Talker loud, soft;
  const auto [first, second] = std::pair(speech(-12, 10), speech(-32, 10));
  loud.says(first);
  soft.says(second);
  const double apart = loudness(first, rate) + loud.gain() - loudness(second, rate) - soft.gain();
  CHECK_MESSAGE(std::abs(apart) < 3, "after 10 s ", decibels(apart));
}

TEST_CASE("the gain starts at zero and changes slowly") {
  Talker talker;
  CHECK_MESSAGE(talker.gain() == 0, "nothing is known yet");
  double before = 0;
  for (int i = 0; i < 500; ++i) {
    talker.says(sine(400, i < 250 ? 0 : -30, 0.02, rate));
    CHECK_MESSAGE(std::abs(talker.gain() - before) < 0.13, "within 20 ms ", decibels(talker.gain() - before));
    before = talker.gain();
  }
  talker.says(sine(400, 0, 10, rate));
  CHECK_MESSAGE(isNear(talker.gain(), -12, 0.01), "no lower than -12 dB: ", decibels(talker.gain()));
  Talker whisperer;
  whisperer.says(speech(-40, 20));
  CHECK_MESSAGE(isNear(whisperer.gain(), 12, 0.01), "no higher than 12 dB: ", decibels(whisperer.gain()));
}

TEST_CASE("the gain does not change in pauses") {
  for (const double between : {-100.0, -70.0, -50.0, -42.0}) {
    Talker talker;
    talker.says(speech(-20, 10));
    const double before = talker.gain();
    talker.says(noise(between, 5));
    const double after = talker.gain();
    CHECK_MESSAGE(isNear(after, before, 0.5), "noise of ", decibels(between), ": ", decibels(after - before));
    talker.says(speech(-20, 5));
    CHECK_MESSAGE(isNear(talker.gain(), before, 1), "and after it ", decibels(talker.gain() - before));
  }
}

TEST_CASE("the gain is steady while somebody talks") {
  Talker talker;
  talker.says(speech(-20, 10));
  double least = 100, most = -100;
  for (int i = 0; i < 20; ++i) {
    talker.says(speech(-20, 1));
    least = std::min(least, talker.gain());
    most = std::max(most, talker.gain());
  }
  CHECK_MESSAGE(most - least < 1, "it varies by ", decibels(most - least));
}

// Compares with a party that has never said anything else.
void expectSettledFor(const Talker& talker, double dbfs) {
  Talker other;
  other.says(speech(dbfs, 15));
  CHECK_MESSAGE(isNear(talker.gain(), other.gain(), 2), decibels(talker.gain()), " instead of ",
                decibels(other.gain()));
}

TEST_CASE("a click is forgotten") {
  Talker talker;
  talker.says(noise(-100, 1));
  talker.says(sine(600, 0, 0.05, rate));
  talker.says(speech(-36, 15));
  expectSettledFor(talker, -36);
}

TEST_CASE("a party that goes on more softly is measured in the end") {
  Talker talker;
  talker.says(speech(-12, 20));
  talker.says(speech(-30, 20));
  CHECK_MESSAGE(talker.gain() < -5, "but not at once");
  talker.says(speech(-30, 90));
  expectSettledFor(talker, -30);
}

TEST_CASE("loudness is measured only for listeners") {
  Talker talker;
  talker.leveller.run(false);
  talker.says(speech(-40, 10));
  CHECK_MESSAGE(talker.gain() == 0, "nobody listens");
  talker.leveller.run(true);
  talker.says(speech(-40, 10));
  const double known = talker.gain();
  talker.leveller.run(false);
  talker.says(speech(-10, 10));
  CHECK_MESSAGE((known > 10 && talker.gain() == known), "the known loudness is kept");
}

TEST_CASE("the sample rate may change") {
  Talker talker;
  talker.says(sine(997, -10, 5, rate));
  const double before = talker.gain();
  for (const unsigned other : {16000U, 48000U}) {
    const Samples samples = sine(997, -10, 5, other);
    for (std::size_t i = 0; i < samples.size(); i += other / 50) talker.leveller.hear(&samples[i], other / 50, other);
    CHECK_MESSAGE(isNear(talker.gain(), before, 0.3), std::to_string(other), " Hz: ", decibels(talker.gain() - before));
  }
}

}  // namespace
}  // namespace np
