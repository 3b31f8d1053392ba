// G.711 from leg to leg.
#include "checks.h"
#include "conversation.h"
#include "packet_path.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <thread>

namespace np {
namespace {

constexpr std::size_t frame = 160;
constexpr auto frameTime = std::chrono::milliseconds(20);

// The steepest step of the sines of all three together.
const float steepest = Voice{toneOfA}.steepness(8000) + Voice{toneOfB}.steepness(8000) + Voice{toneOfM}.steepness(8000);

// What the bridge mixes in, frame by frame.
Bytes promptFrame(const Voice& voice, std::uint16_t number) {
  Bytes payload(frame);
  for (std::size_t i = 0; i < frame; ++i)
    payload[i] = encode(Law::alaw, static_cast<std::int16_t>(voice.at(static_cast<double>(number * frame + i) / 8000)));
  return payload;
}

void listeningChangesNoBit() {
  Conversation call;
  call.talk(30);
  call.listen();
  call.talk(30);
  call.stopListening();
  call.talk(30);
  expectUnchanged(call.second, call.first);
  expectUnbroken(call.second);
  expect(call.second.received[0].packet.ssrc == 0xabc0 + b, "own SSRC");
  expect(call.second.received[5].at - call.second.received[4].at == frameTime, "at the pace of the other party");
}

void listenerHearsBoth() {
  Conversation call;
  call.listen();
  call.talk(100);
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(20);
  expect(tone(heard, toneOfA) > 5500 && tone(heard, toneOfA) < 6500, "the first party");
  expect(tone(heard, toneOfB) > 5500 && tone(heard, toneOfB) < 6500, "the second party");
  expect(tone(heard, toneOfM) < 60, "not himself");
  expect(call.moderator.received.size() >= 99, "without a gap");
  expect(largestStep(heard) < steepest, "without a click");
}

void whisperLeavesNoSeam() {
  Conversation call;
  call.listen();
  call.talk(30);
  call.whisper();
  call.talk(50);
  call.stopWhispering();
  call.talk(1);
  const std::size_t since = call.first.received.size();
  call.talk(30);
  expectUnbroken(call.first);
  expect(call.first.received.size() == 111, "no packet more or less");
  const auto heard = call.first.audio();
  expect(largestStep(heard) < steepest, "no click: " + std::to_string(largestStep(heard)));
  const std::vector<float> during(heard.begin() + 35 * frame, heard.begin() + 75 * frame);
  expect(tone(during, toneOfM) > 5500, "the moderator is heard");
  expect(tone(during, toneOfB) > 5500, "with the other party");
  const std::vector<float> after(heard.begin() + static_cast<long>(since * frame), heard.end());
  expect(tone(after, toneOfM) < 60, "and is not heard afterwards");
  expect(call.second.received.size() == 111 && tone(call.second.audio(), toneOfM) < 60,
         "the other direction is untouched");
}

// The moderator's packets come at this time after those of the party into which he is mixed. Returns how long his newest frame
// waited, at most, and leaves in `held` how long the party's did.
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
  expect(call.first.received.size() == 150, "a packet for each of the party's");
  const auto heard = call.first.audio(100);
  expect(tone(heard, toneOfB) > 5500 && tone(heard, toneOfM) > 5500, "both are heard");
  return longest;
}

void nobodyWaitsLongerThanHalfAFrame() {
  for (int ms = 0; ms < 20; ++ms) {
    Clock::duration held;
    const auto waited = longestWait(std::chrono::milliseconds(ms), held);
    expect(waited <= frameTime / 2 && held <= frameTime / 2, std::to_string(ms) + " ms behind");
    expect(waited == Clock::duration{} || held == Clock::duration{}, "one of the two waits for nobody");
  }
}

// At the edge the jitter would change who waits to and fro, and each time it is heard.
void jitterChangesNothing() {
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
  expect(largestStep(heard) < steepest, "without a click");
  const double whole = tone(heard, toneOfM);
  for (std::size_t at = 0; at + 50 * frame <= heard.size(); at += 50 * frame) {
    const std::vector<float> second(heard.begin() + static_cast<long>(at), heard.begin() + static_cast<long>(at + 50 * frame));
    expect(tone(second, toneOfM) > 5800, "the moderator has no gap: " + std::to_string(tone(second, toneOfM)));
  }
  expect(whole > 5800, "nor a jump: " + std::to_string(whole));
}

// Who was waited for in vain is not waited for again at once.
void lossOfTheModeratorHoldsUpOnlyOneFrame() {
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
  expect(late == 1, std::to_string(late) + " frames are late");
  call.talk(1);
  expect(call.first.received.size() == 101, "none is lost");
  expectUnbroken(call.first);
}

void lossPassesAsLoss() {
  Conversation call;
  call.listen();
  call.talk(10);
  call.first.lose();
  pass();
  call.talk(10);
  expect(call.second.received.size() == 20, "the lost packet does not come");
  const auto& before = call.second.received[9].packet;
  const auto& after = call.second.received[10].packet;
  expect(after.sequence == static_cast<std::uint16_t>(before.sequence + 2), "its number is missing");
  expect(after.timestamp == before.timestamp + 2 * frame, "and its time");
}

void lossOfOneDoesNotTakeTheOther() {
  Conversation call;
  call.listen();
  call.talk(10);
  const std::size_t before = call.moderator.received.size();
  for (int i = 0; i < 100; ++i) {
    if (i % 5 == 0)
      call.first.lose();
    else
      call.first.speak();
    pass(std::chrono::milliseconds(10));
    call.second.speak();
    pass(std::chrono::milliseconds(10));
  }
  expect(call.moderator.received.size() - before >= 98, "the listener gets a packet for each frame");
  expectUnbroken(call.moderator);
}

void lateAndRepeatedPacketsPass() {
  Conversation call;
  call.talk(3);
  const Bytes payload(frame, 0x55);
  const auto sequence = static_cast<std::uint16_t>(call.first.sequence() + 1);
  const std::uint32_t time = call.first.timestamp() + frame;
  const std::uint16_t last = call.second.received.back().packet.sequence;
  for (const int place : {1, 0, 2, 2})
    call.first.deliver(payload, static_cast<std::uint16_t>(sequence + place), time + static_cast<std::uint32_t>(place) * frame);
  const auto& received = call.second.received;
  for (int i = 0; i < 4; ++i) {
    const int expected[] = {2, 1, 3, 3};
    expect(received[3 + static_cast<std::size_t>(i)].packet.sequence == static_cast<std::uint16_t>(last + expected[i]),
           "in the order of their arrival");
  }
}

void keysAreTakenOut() {
  Conversation call;
  call.talk(5);
  for (int i = 0; i < 6; ++i) {
    call.first.pressKey();
    pass();
  }
  call.talk(5);
  expect(call.second.received.size() == 10, "no packet of the key comes");
  const auto& before = call.second.received[4].packet;
  const auto& after = call.second.received[5].packet;
  expect(after.sequence == static_cast<std::uint16_t>(before.sequence + 1), "and none is missing");
}

void ownKeysTakeTheirPlace() {
  Conversation call;
  call.talk(5);
  std::uint8_t data[rtpHeaderSize + 4];
  const Bytes event{5, 10, 0, 160};
  for (std::uint16_t i = 0; i < 5; ++i) {
    writeRtp({101, i == 0, i, 5000, 0xabc2, event.data(), event.size()}, data);
    call.second.leg->spoken(data, sizeof data, now);
    call.talk(1);
  }
  pass(std::chrono::milliseconds(100));
  call.talk(5);
  expect(call.second.received.size() == 15, "keys instead of audio: " + std::to_string(call.second.received.size()));
  expectNumbersGoOn(call.second);
}

void lawsAreTranslated() {
  Pair pair(AudioCodec::pcma, AudioCodec::pcmu);
  pair.talk(50);
  expect(pair.second.received.at(3).packet.type == 0, "its payload type");
  expect(tone(pair.second.audio(), toneOfA) > 5800, "its audio");
}

void bridgeIsMixedIn() {
  Conversation call;
  expect(call.relay.arrange(b, {{a, 1}, {99, 1}}).size() == 1, "a player is left to the bridge");
  call.talk(5);
  for (std::uint16_t i = 0; i < 50; ++i) {
    call.second.bridge(promptFrame({950}, i), i);
    call.talk(1);
  }
  expectUnbroken(call.second);
  const auto heard = call.second.audio(10);
  expect(tone(heard, 950) > 5500 && tone(heard, toneOfA) > 5500, "both are heard");
}

void bridgeSpeaksWhenNobodyElseDoes() {
  Conversation call;
  call.relay.arrange(b, {{a, 1}, {99, 1}});
  call.talk(5);
  for (std::uint16_t i = 0; i < 50; ++i) {
    call.second.bridge(Bytes(frame, 0x33), i);
    pass();
  }
  expect(call.second.received.size() > 48, "the silent party does not hold it up");
  call.talk(10);
  expectNumbersGoOn(call.second);
}

void anotherTakesOverFromASilentOne() {
  Conversation call;
  call.listen();
  call.talk(10);
  for (int i = 0; i < 50; ++i) {
    call.second.speak();
    pass();
  }
  expect(call.moderator.received.size() >= 58, "the listener hears on: " + std::to_string(call.moderator.received.size()));
  call.talk(50);
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(80);
  expect(tone(heard, toneOfA) > 5500 && tone(heard, toneOfB) > 5500, "and both when both speak");
}

// What the network has held up comes at once, of both, and is heard of both.
void stallTakesNobodyAway() {
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
    const std::vector<float> packet(heard.begin() + static_cast<long>(at), heard.begin() + static_cast<long>(at + frame));
    expect(tone(packet, toneOfA) > 3000 && tone(packet, toneOfB) > 3000, "both, in packet " + std::to_string(at / frame));
  }
}

void stallMakesNoPacketTwice() {
  Conversation call;
  call.listen();
  call.talk(20);
  for (Phone* phone : {&call.first, &call.second})
    for (int i = 0; i < 10; ++i) phone->speak();
  pass(10 * frameTime);
  call.talk(50);
  expect(call.moderator.received.size() == 80, "as many as one says: " + std::to_string(call.moderator.received.size()));
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(50);
  expect(tone(heard, toneOfA) > 5500 && tone(heard, toneOfB) > 5500, "and both are heard as before");
}

void takingOverHasNoClick() {
  Conversation call;
  call.first.voice.hertz = 400.625;  // at its peak where it is cut off
  call.moderator.voice.hertz = 700;
  call.listen();
  call.talk(20);
  call.relay.arrange(b, {{m, 1}});
  call.talk(20);
  expectNumbersGoOn(call.second);
  const float step = largestStep(call.second.audio());
  expect(step < 1.1F * call.moderator.voice.steepness(8000), "no click: " + std::to_string(step));
}

void gainIsARamp() {
  Conversation call;
  call.talk(20);
  call.relay.arrange(b, {{a, 0.25}});
  call.talk(20);
  expectUnbroken(call.second);
  expect(tone(call.second.audio(22), toneOfA) < 1600, "softer");
  expect(largestStep(call.second.audio()) < steepest, "no click");
}

void levelledListenerHearsBothAlike() {
  Conversation call;
  call.first.voice.loudness = 15000;
  call.second.voice.loudness = 1500;
  call.listenLevelled();
  call.talk(500);
  expectUnbroken(call.moderator);
  const auto all = call.moderator.audio();
  const std::vector<float> begin(all.begin() + 2 * frame, all.begin() + 5 * frame), end(all.end() - 50 * frame, all.end());
  expect(tone(begin, toneOfA) > 14000 && tone(begin, toneOfB) < 1700, "at first each is as he was");
  const double apart = 20 * std::log10(tone(end, toneOfA) / tone(end, toneOfB));
  expect(std::abs(apart) < 6, "after 10 s they are " + std::to_string(apart) + " dB apart");
  expect(largestStep(all) < 15000 * 2 * pi * (toneOfA + toneOfB / 10) / 8000 + 500, "without a click");
  expectUnchanged(call.second, call.first);
}

void whoJoinsLaterFindsTheLoudnessKnown() {
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
  expect(heard < 8000, "the loud one is not loud again: " + std::to_string(heard));
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
void allAtFullScaleDoNotClip() {
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
    expect(longestTop(heard) <= 2, "the top is " + std::to_string(longestTop(heard)) + " samples long");
    for (const double hertz : {toneOfA, toneOfB, 950.0}) {
      const double harmonic = tone(heard, hertz + 2 * toneOfA);
      expect(tone(heard, hertz) > 3000, "all are heard");
      expect(harmonic < tone(heard, hertz) / 30, "undistorted: " + std::to_string(harmonic));
    }
  }
}

// The second party clicks 25 ms after the first; its packets come at this time after those of the first.
double skewMs(Clock::duration behind) {
  Conversation call;
  call.listenLevelled();
  const auto shift = static_cast<std::size_t>(8 * std::chrono::duration_cast<std::chrono::milliseconds>(behind).count());
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
  expect(*first > 4000 && *second < -4000, "both clicks are heard");
  return std::abs(static_cast<double>(second - first - static_cast<std::ptrdiff_t>(apart))) / 8;
}

void partiesAreInTimeWithEachOther() {
  for (int ms = 0; ms < 20; ++ms) {
    const double skew = skewMs(std::chrono::milliseconds(ms));
    expect(skew <= 10, std::to_string(ms) + " ms behind: " + std::to_string(skew) + " ms");
  }
}

void packetPathNeitherAllocatesNorLocks() {
  const auto before = PacketPath::offences();
  Conversation call;
  call.listenLevelled();
  call.relay.arrange(a, {{b, 1}, {m, 1}, {99, 1}});
  call.talk(200);
  call.first.bridge(Bytes(frame, 0x33), 1);
  expect(PacketPath::offences() == before, std::to_string(PacketPath::offences() - before) + " allocations, locks or writes");
  expect(PacketPath::watches(), "the watch itself sees an allocation");
}

// Packets, the bridge's audio, changes of the graph and of the streams, each on a thread of its own, as in life.
void threadsDoNotMeet() {
  struct Sink : RtpOutput {
    void transmit(const void*, std::size_t size) override { octets += size; }
    std::atomic<std::size_t> octets = 0;
  };
  Sink sinks[3];
  std::vector<std::shared_ptr<RtpLeg>> legs;
  RelaySwitch relay;
  // Each time of another codec, so that it is passed on, coded anew and mixed.
  auto open = [&, next = 0](std::size_t i) mutable {
    const RtpFormat formats[] = {{"PCMA/1", AudioCodec::pcma, {}, 8000, 20, 8, 8, 101, 101, 0, true, true},
                                 {"G722/1", AudioCodec::g722, {}, 8000, 20, 8, 8, 101, 101, 0, true, true},
                                 {"opus/2", AudioCodec::opus, {}, 48000, 20, 8, 8, 101, 101, 0, true, true}};
    legs[i]->open(formats[next++ % 3], sinks[i], codecs());
  };
  for (std::size_t i = 0; i < 3; ++i) {
    legs.push_back(std::make_shared<RtpLeg>(i + 1));
    open(i);
    relay.add(legs[i]);
  }
  std::atomic<bool> over{false};
  const Bytes payload(frame, 0x33);
  std::thread media([&] {
    for (std::uint16_t number = 0; !over; ++number)
      for (const auto& leg : legs) {
        const RtpPacket packet{8, false, number, number * 160U, 7, payload.data(), payload.size()};
        leg->received(packet, Clock::now());
      }
  });
  std::thread bridge([&] {
    std::uint8_t data[rtpHeaderSize + frame];
    for (std::uint16_t number = 0; !over; ++number) {
      const auto type = static_cast<std::uint8_t>(number % 50 == 0 ? 101 : 8);
      const std::size_t size = writeRtp({type, false, number, number * 160U, 1, payload.data(), payload.size()}, data);
      for (const auto& leg : legs) leg->spoken(data, size, Clock::now());
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  });
  const std::vector<RelaySwitch::Source> choices[] = {{}, {{1, 1}}, {{2, 1}}, {{1, 1, true}, {2, 0.5, true}}, {{3, 1}, {99, 1}}, {{2, 1}, {3, 1}, {1, 1}}};
  const auto allWereSentSomething = [&] {
    return std::all_of(std::begin(sinks), std::end(sinks), [](const Sink& sink) { return sink.octets > 0; });
  };
  constexpr unsigned enough = 3000, tooMany = 1'000'000;  // a busy machine may not have begun
  for (unsigned round = 0; round < enough || (round < tooMany && !allWereSentSomething()); ++round) {
    const std::size_t leg = round % 3;
    std::vector<RelaySwitch::Source> sources;
    for (const auto& source : choices[round * 7 % 6])
      if (source.serial != leg + 1) sources.push_back(source);
    relay.arrange(leg + 1, sources);
    relay.decode(leg + 1, round % 2 == 0);
    legs[leg]->leveller->run(round % 4 < 2);
    (void)legs[leg]->sender().timestampAt(Clock::now(), 8000);
    (void)legs[leg]->sentLevel();
    if (round % 100 == 99) {
      relay.remove(leg + 1);
      legs[leg]->close();
      open(leg);
      relay.add(legs[leg]);
    }
  }
  over = true;
  media.join();
  bridge.join();
  expect(allWereSentSomething(), "all were sent something");
}

}  // namespace

std::vector<Test> relayTests() {
  return {
      {"listening changes no bit", listeningChangesNoBit},
      {"the listener hears both", listenerHearsBoth},
      {"a whisper leaves no seam", whisperLeavesNoSeam},
      {"nobody waits longer than half a frame", nobodyWaitsLongerThanHalfAFrame},
      {"jitter does not change who waits for whom", jitterChangesNothing},
      {"loss of the moderator holds up only one frame", lossOfTheModeratorHoldsUpOnlyOneFrame},
      {"loss passes as loss", lossPassesAsLoss},
      {"the loss of one does not take the other", lossOfOneDoesNotTakeTheOther},
      {"late and repeated packets pass", lateAndRepeatedPacketsPass},
      {"keys are taken out", keysAreTakenOut},
      {"our own keys take their place", ownKeysTakeTheirPlace},
      {"laws are translated", lawsAreTranslated},
      {"what the bridge mixes is mixed in", bridgeIsMixedIn},
      {"the bridge speaks when nobody else does", bridgeSpeaksWhenNobodyElseDoes},
      {"another takes over from a silent one", anotherTakesOverFromASilentOne},
      {"a stall of the network takes nobody away", stallTakesNobodyAway},
      {"a stall of the network makes no packet twice", stallMakesNoPacketTwice},
      {"taking over has no click", takingOverHasNoClick},
      {"gain is a ramp", gainIsARamp},
      {"a levelled listener hears both alike", levelledListenerHearsBothAlike},
      {"who joins later finds the loudness known", whoJoinsLaterFindsTheLoudnessKnown},
      {"all at full scale do not clip", allAtFullScaleDoNotClip},
      {"the parties are in time with each other", partiesAreInTimeWithEachOther},
      {"threads do not meet", threadsDoNotMeet},
      {"the packet path neither allocates nor locks", packetPathNeitherAllocatesNorLocks},
  };
}

}  // namespace np
