// Legs of different codecs: what one party says in its own, another hears in its own.
#include "../relay_switch.h"
#include "checks.h"
#include "packet_path.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>

namespace np {
namespace {

constexpr auto allCodecs = {AudioCodec::pcma, AudioCodec::pcmu, AudioCodec::g722, AudioCodec::opus};
constexpr float amplitude = 6000;
constexpr double decibel = 1.122;  // 1 dB

const char* nameOf(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::pcma:
      return "PCMA";
    case AudioCodec::pcmu:
      return "PCMU";
    case AudioCodec::g722:
      return "G722";
    default:
      return "opus";
  }
}

// Sines, at any rate.
struct Voice {
  double hertz;
  float loudness = amplitude;
  float at(double seconds) const { return loudness * static_cast<float>(std::sin(2 * pi * hertz * seconds)); }
};

// A telephone of some codec and frame length: what it says, and what it hears.
class Phone : public RtpOutput {
 public:
  struct Heard {
    RtpPacket packet;
    Bytes payload;
    Clock::time_point at;
  };

  Phone(Serial serial, AudioCodec codec, double hertz, unsigned frameMs = 20)
      : leg(std::make_shared<RtpLeg>(serial)),
        codec(codec),
        rate(sampleRateOf(codec)),
        voice{hertz},
        frameMs_(frameMs),
        encoder_(AudioEncoder::make(codec, opus(), codecs())),
        decoder_(AudioDecoder::make(codec, codecs())) {
    leg->open({nameOf(codec), codec, opus(), clock(), frameMs, 96, 96, 101, 101, static_cast<std::uint32_t>(0xabc0 + serial),
               true, true},
              *this, codecs());
    received.reserve(1000);
  }
  ~Phone() override { leg->close(); }

  void transmit(const void* data, std::size_t size) override {
    const PacketPath::Pause pause;
    const auto* octets = static_cast<const std::uint8_t*>(data);
    received.push_back({*parseRtp(data, size), Bytes(octets + rtpHeaderSize, octets + size), now});
  }

  // Says the next frame; returns its payload.
  Bytes speak() {
    const Bytes payload = next();
    deliver(payload);
    return payload;
  }

  // A packet that gets lost on its way to us.
  void lose() { next(); }

  void deliver(const Bytes& payload) { deliver(payload, sequence_, timestamp_); }
  void deliver(const Bytes& payload, std::uint16_t sequence, std::uint32_t timestamp) {
    const RtpPacket packet{96, false, sequence, timestamp, 0x77, payload.data(), payload.size()};
    const PacketPath path;
    leg->received(packet, now);
  }

  // All that was heard, by a decoder that knows nothing of ours.
  std::vector<float> audio(std::size_t from = 0) {
    std::vector<float> samples;
    for (std::size_t i = 0; i < received.size(); ++i) {
      RtpPacket packet = received[i].packet;
      packet.payload = received[i].payload.data();
      decoder_->show(packet);
      const auto decoded = decoder_->decode(packet);
      if (i >= from) samples.insert(samples.end(), decoded.samples, decoded.samples + decoded.count);
    }
    decoder_ = AudioDecoder::make(codec, codecs());
    return samples;
  }

  unsigned clock() const { return codec == AudioCodec::opus ? 48000 : 8000; }
  std::uint32_t ticks() const { return clock() / 1000 * frameMs_; }
  std::chrono::milliseconds frameTime() const { return std::chrono::milliseconds(frameMs_); }
  std::uint16_t sequence() const { return sequence_; }
  std::uint32_t timestamp() const { return timestamp_; }

  const std::shared_ptr<RtpLeg> leg;
  const AudioCodec codec;
  const unsigned rate;
  std::vector<Heard> received;
  Voice voice;
  std::vector<float> script;  // said instead of the voice

 private:
  static OpusSettings opus() { return {0, 5, 5, true, false, true}; }

  Bytes next() {
    const std::size_t count = rate / 1000 * frameMs_;
    std::vector<float> samples(count);
    for (auto& sample : samples) {
      sample = script.empty() ? voice.at(static_cast<double>(said_) / rate) : said_ < script.size() ? script[said_] : 0;
      ++said_;
    }
    Bytes payload(largestRtpPayload);
    payload.resize(encoder_->encode(samples.data(), count, payload.data(), false));
    ++sequence_;
    timestamp_ += ticks();
    return payload;
  }

  const unsigned frameMs_;
  std::unique_ptr<AudioEncoder> encoder_;
  std::unique_ptr<AudioDecoder> decoder_;
  std::size_t said_ = 0;
  std::uint16_t sequence_ = 65500;
  std::uint32_t timestamp_ = 0xffffff00;
};

constexpr Serial a = 1, b = 2, m = 3;
constexpr double toneOfA = 400, toneOfB = 700, toneOfM = 1100;

void expectTone(const std::string& what, const std::vector<float>& samples, double hertz, unsigned rate) {
  const double level = tone(samples, hertz, rate);
  expect(level > amplitude / decibel && level < amplitude * decibel, what + ": " + std::to_string(level));
}

void expectUnbroken(const std::string& what, const Phone& phone) {
  for (std::size_t i = 1; i < phone.received.size(); ++i) {
    const auto& before = phone.received[i - 1].packet;
    const auto& packet = phone.received[i].packet;
    const std::string at = what + ", packet " + std::to_string(i);
    expect(packet.sequence == static_cast<std::uint16_t>(before.sequence + 1), at + ": sequence");
    expect(packet.timestamp == before.timestamp + phone.ticks(), at + ": timestamp");
    expect(packet.ssrc == before.ssrc, at + ": SSRC");
  }
}

// Steps of a sine itself ...
float steepness(double hertz, unsigned rate) { return amplitude * static_cast<float>(2 * pi * hertz / rate); }

// A seam may be so much steeper: without care it is three times as steep and more.
constexpr float click = 1.75F;

// ... and of several, with a codec's noise.
float steepest(std::initializer_list<double> tones, unsigned rate) {
  float sum = 1000;
  for (const double hertz : tones) sum += steepness(hertz, rate);
  return sum;
}

std::string pairOf(const Phone& from, const Phone& to) { return std::string(nameOf(from.codec)) + " to " + nameOf(to.codec); }

void eachPairIsHeard() {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Phone first(a, from, toneOfA), second(b, to, toneOfB);
      RelaySwitch relay;
      relay.add(first.leg);
      relay.add(second.leg);
      const std::string name = pairOf(first, second);
      expect(relay.arrange(b, {{a, 1}}).count(a) == 1, name + " is relayed");
      for (int i = 0; i < 60; ++i) {
        first.speak();
        pass();
      }
      expect(second.received.size() == 60, name + ": a packet for each: " + std::to_string(second.received.size()));
      expectUnbroken(name, second);
      expectTone(name, second.audio(10), toneOfA, second.rate);
      expect(second.received.back().at == now - second.frameTime(), name + ": at once");
    }
}

// Milliseconds by which the second lags behind the first, each in milliseconds of energy; found on noise that comes and goes.
double lag(const std::vector<float>& said, unsigned saidRate, const std::vector<float>& heard, unsigned heardRate) {
  // Both at 48 kHz, by repetition: enough for a tenth of a millisecond.
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

// What filters and codecs delay within the packets, which themselves do not wait: less than half a frame, Opus' 6.5 ms included.
void delayIsThatOfTheCodecs() {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Phone first(a, from, toneOfA), second(b, to, toneOfB);
      first.script = noise(first.rate, 400);
      RelaySwitch relay;
      relay.add(first.leg);
      relay.add(second.leg);
      relay.arrange(b, {{a, 1}});
      for (int i = 0; i < 20; ++i) {
        first.speak();
        pass();
      }
      const double whole = lag(first.script, first.rate, second.audio(), second.rate);
      const double own = from == AudioCodec::opus ? 6.5 : from == AudioCodec::g722 ? 1.4 : 0;  // the telephone's own
      expect(whole - own < 9, pairOf(first, second) + " adds " + std::to_string(whole - own) + " ms");
    }
}

// A talks with B, M may speak in.
struct Call {
  Phone first, second, moderator;
  RelaySwitch relay;

  Call(AudioCodec ofFirst, AudioCodec ofSecond, AudioCodec ofModerator)
      : first(a, ofFirst, toneOfA), second(b, ofSecond, toneOfB), moderator(m, ofModerator, toneOfM) {
    for (const Phone* phone : {&first, &second, &moderator}) relay.add(phone->leg);
    relay.arrange(b, {{a, 1}});
    relay.arrange(a, {{b, 1}});
  }
  // Returns what B has said.
  std::vector<Bytes> talk(int frames) {
    std::vector<Bytes> said;
    for (int i = 0; i < frames; ++i) {
      first.speak();
      pass(std::chrono::milliseconds(7));
      said.push_back(second.speak());
      pass(std::chrono::milliseconds(6));
      moderator.speak();
      pass(std::chrono::milliseconds(7));
    }
    return said;
  }
};

void listenerHearsBothInHisCodec() {
  for (const auto to : allCodecs)
    for (const auto parties : {AudioCodec::pcma, AudioCodec::g722, AudioCodec::opus}) {
      Call call(parties, AudioCodec::pcma, to);
      call.relay.arrange(m, {{a, 1}, {b, 1}});
      call.talk(70);
      const std::string name = std::string("listener with ") + nameOf(to) + " to " + nameOf(parties) + " and PCMA";
      expectUnbroken(name, call.moderator);
      expect(call.moderator.received.size() >= 69, name + ": without a gap");
      const auto heard = call.moderator.audio(20);
      expectTone(name + ", the first", heard, toneOfA, call.moderator.rate);
      expectTone(name + ", the second", heard, toneOfB, call.moderator.rate);
      expect(largestStep(heard) < steepest({toneOfA, toneOfB}, call.moderator.rate), name + ": no click");
    }
}

// Only towards whom the moderator speaks anything is coded anew, and only as long as he does.
void whisperLeavesNoSeam() {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    Call call(codec, codec, AudioCodec::pcma);
    const std::string name = std::string("whisper to ") + nameOf(codec);
    auto said = call.talk(30);
    call.relay.arrange(a, {{b, 1}, {m, 1}});
    for (auto& payload : call.talk(50)) said.push_back(payload);
    call.relay.arrange(a, {{b, 1}});
    for (auto& payload : call.talk(40)) said.push_back(payload);
    auto& received = call.first.received;
    expectUnbroken(name, call.first);
    expect(received.size() == said.size(), name + ": no packet more or less");
    const auto isRelayed = [&](std::size_t i) { return received[i].payload == said[i]; };
    for (std::size_t i = 0; i < 30; ++i) expect(isRelayed(i), name + ": unchanged before, " + std::to_string(i));
    for (std::size_t i = 31; i < 80; ++i) expect(!isRelayed(i), name + ": mixed, " + std::to_string(i));
    for (std::size_t i = 86; i < said.size(); ++i) expect(isRelayed(i), name + ": unchanged afterwards, " + std::to_string(i));
    const auto heard = call.first.audio();
    const float step = largestStep(heard);
    expect(step < steepest({toneOfB, toneOfM}, call.first.rate), name + ": no click: " + std::to_string(step));
    const auto frame = static_cast<std::ptrdiff_t>(call.first.rate / 50);
    const std::vector<float> during(heard.begin() + 40 * frame, heard.begin() + 75 * frame);
    expectTone(name + ", the moderator", during, toneOfM, call.first.rate);
    expectTone(name + ", the other party", during, toneOfB, call.first.rate);
    const auto& untouched = call.second;
    expect(untouched.received.size() == said.size(), name + ": the other direction goes on");
  }
}

// Of the other party's tone nothing is heard but the tone, also where coding anew begins and ends.
void seamIsSmooth() {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus})
    for (const double hertz : {340.0, 700.0, 1010.0, 1490.0}) {
      Call call(codec, codec, AudioCodec::pcma);
      call.second.voice.hertz = hertz;
      call.moderator.voice.loudness = 0;
      call.talk(30);
      call.relay.arrange(a, {{b, 1}, {m, 1}});
      call.talk(30);
      call.relay.arrange(a, {{b, 1}});
      call.talk(30);
      const float own = steepness(hertz, call.first.rate);
      const float step = largestStep(call.first.audio(10));
      const std::string name = std::string("seam of ") + std::to_string(hertz) + " Hz in " + nameOf(codec);
      expect(step < click * own, name + ": largest step " + std::to_string(step) + ", the tone's own " + std::to_string(own));
    }
}

// As if all had been decoded before.
void decodingBeginsInTheMiddle() {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    const auto encoder = AudioEncoder::make(codec, {}, codecs());
    const auto always = AudioDecoder::make(codec, codecs()), late = AudioDecoder::make(codec, codecs());
    const unsigned rate = sampleRateOf(codec);
    std::vector<float> frame(rate / 50);
    for (std::uint16_t number = 0; number < 30; ++number) {
      for (std::size_t i = 0; i < frame.size(); ++i)
        frame[i] = Voice{toneOfA}.at(static_cast<double>(number * frame.size() + i) / rate);
      Bytes payload(largestRtpPayload);
      payload.resize(encoder->encode(frame.data(), frame.size(), payload.data(), false));
      const RtpPacket packet{96, false, number, 0, 7, payload.data(), payload.size()};
      always->show(packet);
      late->show(packet);
      const auto all = always->decode(packet);
      if (number < 25) continue;
      const auto some = late->decode(packet);
      expect(some.count == frame.size(), "a packet is decoded");
      double difference = 0;
      for (std::size_t i = 0; i < some.count; ++i) difference += std::pow(some.samples[i] - all.samples[i], 2);
      difference = std::sqrt(difference / static_cast<double>(some.count));
      expect(difference < amplitude / 10, std::string(nameOf(codec)) + " differs by " + std::to_string(difference));
    }
  }
}

void takingOverLeavesNoSeam() {
  for (const auto codec : {AudioCodec::g722, AudioCodec::opus}) {
    Call call(codec, codec, codec);
    const std::string name = std::string("taking over in ") + nameOf(codec);
    call.second.voice.hertz = 712.5;  // at its peak where it is cut off
    call.talk(21);
    call.relay.arrange(a, {{m, 1}});
    call.talk(30);
    expect(call.first.received.size() >= 49, name + ": no gap");
    for (std::size_t i = 1; i < call.first.received.size(); ++i)
      expect(sequenceDistance(call.first.received[i - 1].packet.sequence, call.first.received[i].packet.sequence) == 1,
             name + ": numbers go on");
    const auto heard = call.first.audio();
    const float step = largestStep(heard);
    expect(step < click * steepness(toneOfM, call.first.rate), name + ": no click: " + std::to_string(step));
  }
}

// Alone, a gap stays a gap where the codec cannot fill it.
void lossKeepsItsPlace() {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      if (from == to) continue;
      Phone first(a, from, toneOfA), second(b, to, toneOfB);
      RelaySwitch relay;
      relay.add(first.leg);
      relay.add(second.leg);
      relay.arrange(b, {{a, 1}});
      int lost = 0;
      for (int i = 0; i < 200; ++i) {
        if (i % 20 == 19 && i < 199) {
          first.lose();
          ++lost;
        } else {
          first.speak();
        }
        pass();
      }
      const std::string name = pairOf(first, second) + " with loss";
      const std::size_t expected = from == AudioCodec::opus ? 200 : 200 - static_cast<std::size_t>(lost);
      expect(second.received.size() == expected, name + ": packets " + std::to_string(second.received.size()));
      const auto& start = second.received.front().packet;
      const auto& end = second.received.back().packet;
      expect(sequenceDistance(start.sequence, end.sequence) == 199, name + ": each has its number");
      expect(end.timestamp - start.timestamp == 199 * second.ticks(), name + ": and its time");
    }
}

void lossOfOneDoesNotTakeTheOther() {
  for (const auto from : allCodecs)
    for (const auto to : allCodecs) {
      Call call(from, AudioCodec::pcma, to);
      call.relay.arrange(m, {{a, 1}, {b, 1}});
      call.talk(10);
      const std::size_t before = call.moderator.received.size();
      for (int i = 0; i < 100; ++i) {
        if (i % 20 == 7)
          call.first.lose();
        else
          call.first.speak();
        pass(std::chrono::milliseconds(10));
        call.second.speak();
        pass(std::chrono::milliseconds(10));
      }
      const std::string name = std::string(nameOf(from)) + " loses, " + nameOf(to) + " listens";
      expect(call.moderator.received.size() - before >= 98, name + ": a packet for each frame");
      expectUnbroken(name, call.moderator);
      const auto heard = call.moderator.audio(20);
      expectTone(name + ", the other", heard, toneOfB, call.moderator.rate);
      const float step = largestStep(heard);
      expect(step < steepest({toneOfA, toneOfB}, call.moderator.rate), name + ": no click: " + std::to_string(step));
    }
}

void latePacketsAreDropped() {
  Phone first(a, AudioCodec::pcma, toneOfA), second(b, AudioCodec::g722, toneOfB);
  RelaySwitch relay;
  relay.add(first.leg);
  relay.add(second.leg);
  relay.arrange(b, {{a, 1}});
  first.speak();
  const auto sequence = first.sequence();
  const std::uint32_t time = first.timestamp();
  for (const int place : {2, 1, 3, 3, 4})
    first.deliver(Bytes(160, 0x55), static_cast<std::uint16_t>(sequence + place), time + static_cast<std::uint32_t>(place) * 160);
  std::vector<int> places;
  for (const auto& heard : second.received) places.push_back(sequenceDistance(second.received[0].packet.sequence, heard.packet.sequence));
  expect(places == std::vector<int>{0, 2, 3, 4}, "the one that comes late has lost its place");
}

void framesAreCutAnew() {
  for (const auto from : allCodecs)
    for (const auto& [said, heardMs] : {std::pair(20U, 30U), {30U, 20U}, {10U, 20U}, {20U, 10U}, {60U, 20U}, {20U, 60U}}) {
      if (from == AudioCodec::opus && said == 30) continue;
      Phone first(a, from, toneOfA, said), second(b, AudioCodec::pcma, toneOfB, heardMs);
      RelaySwitch relay;
      relay.add(first.leg);
      relay.add(second.leg);
      const std::string name = pairOf(first, second) + " from " + std::to_string(said) + " to " + std::to_string(heardMs) + " ms";
      expect(relay.arrange(b, {{a, 1}}).count(a) == 1, name + " is relayed");
      const unsigned frames = 1200 / said;
      for (unsigned i = 0; i < frames; ++i) {
        first.speak();
        pass(first.frameTime());
      }
      expect(second.received.size() == 1200 / heardMs, name + ": packets " + std::to_string(second.received.size()));
      expectUnbroken(name, second);
      for (const auto& heard : second.received) expect(heard.payload.size() == 8 * heardMs, name + ": payload");
      expectTone(name, second.audio(200 / heardMs), toneOfA, second.rate);
    }
}

// Between leg and leg, whatever they speak, and while who is heard changes.
// Twenty decibels apart, in any codec, to a listener of any codec.
void levelledListenerHearsBothAlike() {
  for (const auto from : allCodecs)
    for (const auto to : {AudioCodec::pcma, AudioCodec::g722, AudioCodec::opus}) {
      Phone first(a, from, toneOfA), second(b, AudioCodec::pcmu, toneOfB), moderator(m, to, toneOfM);
      first.voice.loudness = 15000;
      second.voice.loudness = 1500;
      RelaySwitch relay;
      for (const Phone* phone : {&first, &second, &moderator}) relay.add(phone->leg);
      for (const Phone* phone : {&first, &second}) phone->leg->leveller->run(true);
      const std::string name = pairOf(first, moderator);
      expect(relay.arrange(m, {{a, 1, true}, {b, 1, true}}).size() == 2, name + " is relayed");
      for (int i = 0; i < 300; ++i) {
        first.speak();
        pass(std::chrono::milliseconds(7));
        second.speak();
        pass(std::chrono::milliseconds(13));
      }
      expectUnbroken(name, moderator);
      const auto heard = moderator.audio(250);
      const double apart = 20 * std::log10(tone(heard, toneOfA, moderator.rate) / tone(heard, toneOfB, moderator.rate));
      expect(std::abs(apart) < 6, name + ": " + std::to_string(apart) + " dB apart");
    }
}

void packetPathNeitherAllocatesNorLocks() {
  const auto before = PacketPath::offences();
  for (const auto codec : allCodecs) {
    Call call(codec, AudioCodec::pcma, AudioCodec::opus);
    call.talk(10);
    call.relay.arrange(a, {{b, 1}, {m, 1}});
    for (const Phone* phone : {&call.first, &call.second}) phone->leg->leveller->run(true);
    call.relay.arrange(m, {{a, 1, true}, {b, 1, true}});
    call.talk(20);
    call.first.lose();
    call.relay.arrange(a, {{m, 1}});
    call.talk(20);
  }
  Call call(AudioCodec::g722, AudioCodec::g722, AudioCodec::opus);
  call.talk(10);
  call.relay.arrange(a, {{b, 1}, {m, 1}});
  call.talk(10);
  call.relay.arrange(a, {{b, 1}});
  call.talk(20);
  expect(PacketPath::offences() == before, std::to_string(PacketPath::offences() - before) + " allocations, locks or writes");
}

}  // namespace

std::vector<Test> transcodingTests() {
  return {
      {"each pair of codecs is heard", eachPairIsHeard},
      {"the delay is that of the codecs", delayIsThatOfTheCodecs},
      {"a listener hears both in his codec", listenerHearsBothInHisCodec},
      {"a whisper into another codec leaves no seam", whisperLeavesNoSeam},
      {"a seam is smooth", seamIsSmooth},
      {"decoding begins in the middle", decodingBeginsInTheMiddle},
      {"taking over in another codec leaves no seam", takingOverLeavesNoSeam},
      {"loss keeps its place in another codec", lossKeepsItsPlace},
      {"the loss of one does not take the other in another codec", lossOfOneDoesNotTakeTheOther},
      {"late packets are dropped where they are coded anew", latePacketsAreDropped},
      {"frames are cut anew", framesAreCutAnew},
      {"a levelled listener hears both alike in any codec", levelledListenerHearsBothAlike},
      {"coding anew neither allocates nor locks", packetPathNeitherAllocatesNorLocks},
  };
}

}  // namespace np
