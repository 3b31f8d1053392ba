// Legs with different codecs: what one party says in its own codec, another hears in its own.
#include "test/checks.h"
#include "test/conversation.h"
#include "test/packet_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace np {
namespace {

constexpr auto allCodecs = {AudioCodec::pcma, AudioCodec::pcmu, AudioCodec::g722, AudioCodec::opus};
constexpr double amplitude = Voice{}.loudness;
constexpr double decibel = 1.122;  // 1 dB

void expectTone(const std::string& what, const std::vector<float>& samples, double hertz, unsigned rate) {
  const double level = tone(samples, hertz, rate);
  CHECK_MESSAGE((level > amplitude / decibel && level < amplitude * decibel), what, ": ", std::to_string(level));
}

// A seam may be this much steeper: without care it is at least three times as steep.
constexpr float click = 1.75F;

// The steepest step of several sines, with a codec's noise.
float steepest(std::initializer_list<double> tones, unsigned rate) {
  float sum = 1000;
  for (const double hertz : tones) sum += Voice{hertz}.steepness(rate);
  return sum;
}

TEST_CASE("every pair of codecs can hear each other") {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Pair pair(from, to);
      pair.talk(60);
      const Phone& second = pair.second;
      CHECK_MESSAGE(second.received.size() == 60, pair.name,
                    ": one packet for each packet: ", std::to_string(second.received.size()));
      expectUnbroken(second, pair.name);
      expectTone(pair.name, second.audio(10), toneOfA, second.rate);
      CHECK_MESSAGE(second.received.back().at == now - second.frameTime(), pair.name, ": at once");
    }
}

// By how many milliseconds the second lags behind the first; measured on noise that comes and goes.
double lag(const std::vector<float>& said, unsigned saidRate, const std::vector<float>& heard, unsigned heardRate) {
  // Both at 48 kHz, by repeating samples: precise enough for a tenth of a millisecond.
  const auto stretch = [](const std::vector<float>& samples, unsigned rate) {
    std::vector<float> result;
    for (const float sample : samples) result.insert(result.end(), highestRate / rate, sample);
    return result;
  };
  const auto x = stretch(said, saidRate), y = stretch(heard, heardRate);
  double best = -1;
  std::size_t found = 0;
  for (std::size_t shift = 0; shift < highestRate / 20; ++shift) {
    double sum = 0;
    for (std::size_t i = 0; i + shift < y.size() && i < x.size(); ++i) sum += x[i] * y[i + shift];
    if (sum > best) {
      best = sum;
      found = shift;
    }
  }
  return 1000.0 * static_cast<double>(found) / highestRate;
}

// Noise in the telephone band.
std::vector<float> noise(unsigned rate, unsigned ms) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> phase(0, 2 * pi);
  std::vector<std::pair<double, double>> tones;
  for (double hertz = 300; hertz < 2800; hertz += 37) tones.emplace_back(hertz, phase(random));
  std::vector<float> samples(rate / 1000 * ms);
  for (std::size_t i = 0; i < samples.size(); ++i)
    for (const auto& [hertz, start] : tones)
      samples[i] += 400 * static_cast<float>(std::sin(start + 2 * pi * hertz * static_cast<double>(i) / rate));
  return samples;
}

// Only filters and codecs add delay inside the packets, which do not wait themselves: less than half a frame, including
// Opus' 6.5 ms.
TEST_CASE("only the codecs add delay") {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Pair pair(from, to);
      pair.first.script = noise(pair.first.rate, 400);
      pair.talk(20);
      const double whole = lag(pair.first.script, pair.first.rate, pair.second.audio(), pair.second.rate);
      const double own = from == AudioCodec::opus ? 6.5 : from == AudioCodec::g722 ? 1.4 : 0;  // the telephone's own
      CHECK_MESSAGE(whole - own < 9, pair.name, " adds ", std::to_string(whole - own), " ms");
    }
}

TEST_CASE("a listener hears both parties in their own codec") {
  for (const auto to : allCodecs)
    for (const auto parties : {AudioCodec::pcma, AudioCodec::g722, AudioCodec::opus}) {
      Conversation call(parties, AudioCodec::pcma, to);
      call.listen();
      call.talk(70);
      const std::string name = std::string("listener with ") + nameOf(to) + " to " + nameOf(parties) + " and PCMA";
      expectUnbroken(call.moderator, name);
      CHECK_MESSAGE(call.moderator.received.size() >= 69, name, ": no gap");
      const auto heard = call.moderator.audio(20);
      expectTone(name + ", the first", heard, toneOfA, call.moderator.rate);
      expectTone(name + ", the second", heard, toneOfB, call.moderator.rate);
      CHECK_MESSAGE(largestStep(heard) < steepest({toneOfA, toneOfB}, call.moderator.rate), name, ": no click");
    }
}

// Only the stream to the party to whom the moderator speaks is re-encoded, and only while the moderator speaks.
TEST_CASE("a whisper into another codec leaves no seam") {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    Conversation call(codec, codec, AudioCodec::pcma);
    const std::string name = std::string("whisper to ") + nameOf(codec);
    call.talk(30);
    call.whisper();
    call.talk(50);
    call.stopWhispering();
    call.talk(40);
    const auto& said = call.second.said;
    const auto& received = call.first.received;
    expectUnbroken(call.first, name);
    CHECK_MESSAGE(received.size() == said.size(), name, ": no packet added or missing");
    const auto isRelayed = [&](std::size_t i) { return received[i].payload == said[i]; };
    for (std::size_t i = 0; i < 30; ++i) CHECK_MESSAGE(isRelayed(i), name, ": unchanged before, ", std::to_string(i));
    for (std::size_t i = 31; i < 80; ++i) CHECK_MESSAGE(!isRelayed(i), name, ": mixed, ", std::to_string(i));
    for (std::size_t i = 86; i < said.size(); ++i)
      CHECK_MESSAGE(isRelayed(i), name, ": unchanged afterwards, ", std::to_string(i));
    const auto heard = call.first.audio();
    const float step = largestStep(heard);
    CHECK_MESSAGE(step < steepest({toneOfB, toneOfM}, call.first.rate), name, ": no click: ", std::to_string(step));
    const auto frame = static_cast<std::ptrdiff_t>(call.first.rate / 50);
    const std::vector<float> during(heard.begin() + 40 * frame, heard.begin() + 75 * frame);
    expectTone(name + ", the moderator", during, toneOfM, call.first.rate);
    expectTone(name + ", the other party", during, toneOfB, call.first.rate);
    const auto& untouched = call.second;
    CHECK_MESSAGE(untouched.received.size() == said.size(), name, ": the other direction continues");
  }
}

// Nothing is heard of the other party's tone but the tone, even where re-encoding begins and ends.
TEST_CASE("the seam into and out of re-encoding is smooth") {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus})
    for (const double hertz : {340.0, 700.0, 1010.0, 1490.0}) {
      Conversation call(codec, codec, AudioCodec::pcma);
      call.second.voice.hertz = hertz;
      call.moderator.voice.loudness = 0;
      call.talk(30);
      call.whisper();
      call.talk(30);
      call.stopWhispering();
      call.talk(30);
      const float own = call.second.voice.steepness(call.first.rate);
      const float step = largestStep(call.first.audio(10));
      const std::string name = std::string("seam of ") + std::to_string(hertz) + " Hz in " + nameOf(codec);
      CHECK_MESSAGE(step < click * own, name, ": largest step ", std::to_string(step), ", the tone's own ",
                    std::to_string(own));
    }
}

// As if everything before had been decoded.
TEST_CASE("decoding can begin in mid-stream") {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    const auto encoder = AudioEncoder::make(codec, {}, codecs());
    const auto always = AudioDecoder::make(codec, codecs()), late = AudioDecoder::make(codec, codecs());
    const unsigned rate = sampleRateOf(codec);
    std::vector<float> frame(rate / 50);
    for (std::uint16_t number = 0; number < 30; ++number) {
      for (std::size_t i = 0; i < frame.size(); ++i)
        frame[i] = Voice{toneOfA}.at(static_cast<double>(number * frame.size() + i) / rate);
      Bytes payload(largestRtpPayload);
      payload.resize(encoder->encode({frame.data(), frame.data(), frame.size()}, payload.data(), false));
      const RtpPacket packet{96, false, number, 0, 7, payload.data(), payload.size()};
      always->show(packet);
      late->show(packet);
      const auto all = always->decode(packet);
      if (number < 25) continue;
      const auto some = late->decode(packet);
      CHECK_MESSAGE(some.count == frame.size(), "a packet is decoded");
      double difference = 0;
      for (std::size_t i = 0; i < some.count; ++i) difference += std::pow(some.samples[i] - all.samples[i], 2);
      difference = std::sqrt(difference / static_cast<double>(some.count));
      CHECK_MESSAGE(difference < amplitude / 10, std::string(nameOf(codec)), " differs by ",
                    std::to_string(difference));
    }
  }
}

TEST_CASE("taking over in another codec leaves no seam") {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    Conversation call(codec, codec, codec);
    const std::string name = std::string("taking over in ") + nameOf(codec);
    call.second.voice.hertz = 712.5;  // cut off at its peak
    call.talk(21);
    call.relay.arrange(a, {{m, 1}});
    call.talk(30);
    CHECK_MESSAGE(call.first.received.size() >= 49, name, ": no gap");
    expectNumbersGoOn(call.first, name);
    const auto heard = call.first.audio();
    const float step = largestStep(heard);
    CHECK_MESSAGE(step < click * call.moderator.voice.steepness(call.first.rate), name,
                  ": no click: ", std::to_string(step));
  }
}

// A single source's gap stays a gap where the codec cannot fill it.
TEST_CASE("a loss stays in its place in another codec") {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      if (from == to) continue;
      Pair pair(from, to);
      int lost = 0;
      for (int i = 0; i < 200; ++i) {
        if (i % 20 == 19 && i < 199) {
          pair.first.lose();
          ++lost;
        } else {
          pair.first.speak();
        }
        pass();
      }
      const std::string name = pair.name + " with loss";
      const Phone& second = pair.second;
      const std::size_t expected = from == AudioCodec::opus ? 200 : 200 - static_cast<std::size_t>(lost);
      CHECK_MESSAGE(second.received.size() == expected, name, ": packets ", std::to_string(second.received.size()));
      const auto& start = second.received.front().packet;
      const auto& end = second.received.back().packet;
      CHECK_MESSAGE(sequenceDistance(start.sequence, end.sequence) == 199, name, ": each packet has its number");
      CHECK_MESSAGE(end.timestamp - start.timestamp == 199 * second.ticks(), name, ": and its timestamp");
    }
}

TEST_CASE("one party's loss does not cost the other's audio in another codec") {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Conversation call(from, AudioCodec::pcma, to);
      call.listen();
      call.talk(10);
      const std::size_t before = call.moderator.received.size();
      call.talkWithLoss(100, 20, 7);
      const std::string name = std::string(nameOf(from)) + " loses, " + nameOf(to) + " listens";
      CHECK_MESSAGE(call.moderator.received.size() - before >= 98, name, ": a packet for each frame");
      expectUnbroken(call.moderator, name);
      const auto heard = call.moderator.audio(20);
      expectTone(name + ", the other", heard, toneOfB, call.moderator.rate);
      const float step = largestStep(heard);
      CHECK_MESSAGE(step < steepest({toneOfA, toneOfB}, call.moderator.rate), name,
                    ": no click: ", std::to_string(step));
    }
}

TEST_CASE("late packets are dropped where audio is re-encoded") {
  Pair pair(AudioCodec::pcma, AudioCodec::g722);
  pair.first.speak();
  const auto sequence = pair.first.sequence();
  const std::uint32_t time = pair.first.timestamp();
  for (const int place : {2, 1, 3, 3, 4})
    pair.first.deliver(Bytes(160, 0x55), static_cast<std::uint16_t>(sequence + place),
                       time + static_cast<std::uint32_t>(place) * 160);
  const auto& received = pair.second.received;
  std::vector<int> places;
  for (const auto& heard : received)
    places.push_back(sequenceDistance(received[0].packet.sequence, heard.packet.sequence));
  CHECK_MESSAGE((places == std::vector<int>{0, 2, 3, 4}), "the late packet has lost its place");
}

TEST_CASE("audio is reframed to the listener's frame length") {
  for (const auto from : allCodecs)
    for (const auto& [said, heardMs] :
         {std::pair(20U, 30U), {30U, 20U}, {10U, 20U}, {20U, 10U}, {60U, 20U}, {20U, 60U}}) {
      if (from == AudioCodec::opus && said == 30) continue;
      Pair pair(from, AudioCodec::pcma, said, heardMs);
      const std::string name = pair.name + " from " + std::to_string(said) + " to " + std::to_string(heardMs) + " ms";
      pair.talk(1200 / said);
      const Phone& second = pair.second;
      CHECK_MESSAGE(second.received.size() == 1200 / heardMs, name, ": packets ",
                    std::to_string(second.received.size()));
      expectUnbroken(second, name);
      for (const auto& heard : second.received) CHECK_MESSAGE(heard.payload.size() == 8 * heardMs, name, ": payload");
      expectTone(name, second.audio(200 / heardMs), toneOfA, second.rate);
    }
}

// Twenty decibels apart, in any codec, for a listener with any codec.
TEST_CASE("a levelled listener hears both equally loud in any codec") {
  for (const auto from : allCodecs)
    for (const auto to : {AudioCodec::pcma, AudioCodec::g722, AudioCodec::opus}) {
      Conversation call(from, AudioCodec::pcmu, to);
      call.first.voice.loudness = 15000;
      call.second.voice.loudness = 1500;
      call.listenLevelled();
      call.talk(300);
      const std::string name = std::string(nameOf(from)) + " to " + nameOf(to);
      expectUnbroken(call.moderator, name);
      const auto heard = call.moderator.audio(250);
      const double apart =
          20 * std::log10(tone(heard, toneOfA, call.moderator.rate) / tone(heard, toneOfB, call.moderator.rate));
      CHECK_MESSAGE(std::abs(apart) < 6, name, ": ", std::to_string(apart), " dB apart");
    }
}

// From leg to leg, in all codecs, and while the sources change.
TEST_CASE("re-encoding neither allocates nor locks") {
  const auto before = PacketPath::offences();
  for (const auto codec : allCodecs) {
    Conversation call(codec, AudioCodec::pcma, AudioCodec::opus);
    call.talk(10);
    call.whisper();
    call.listenLevelled();
    call.talk(20);
    call.first.lose();
    call.relay.arrange(a, {{m, 1}});
    call.talk(20);
  }
  Conversation call(AudioCodec::g722, AudioCodec::g722, AudioCodec::opus);
  call.talk(10);
  call.whisper();
  call.talk(10);
  call.stopWhispering();
  call.talk(20);
  CHECK_MESSAGE(PacketPath::offences() == before, std::to_string(PacketPath::offences() - before),
                " allocations, locks or writes");
}

// libopus would make up as much as there is room for.
TEST_CASE("an empty payload makes no sound") {
  Pair pair(AudioCodec::opus, AudioCodec::pcma);
  pair.talk(10);
  const std::size_t before = pair.second.received.size();
  pair.first.say({});
  pass();
  CHECK_MESSAGE(pair.second.received.size() == before, std::to_string(pair.second.received.size() - before),
                " packets of invented sound");
  pair.talk(50);
  CHECK_MESSAGE(pair.second.received.size() <= before + 51, "and the stream continues");
}

// A packet that does not belong to the stream, like those after a loss, drives the decoder beyond full scale.
TEST_CASE("a peak does not halve the volume") {
  Pair pair(AudioCodec::g722, AudioCodec::pcma);
  pair.talk(50);
  pair.first.say(Bytes(frame, 0x00));
  pass();
  pair.talk(100);
  std::vector<float> heard = pair.second.audio(pair.second.received.size() - 50);
  CHECK_MESSAGE(tone(heard, toneOfA) > 5500, "as loud as before the peak: ", std::to_string(tone(heard, toneOfA)));
}

}  // namespace
}  // namespace np
