// G.711 relayed from leg to leg.
#include "test/checks.h"
#include "test/conversation.h"
#include "test/packet_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

namespace np {
namespace {

TEST_CASE("listening does not change a single bit") {
  Conversation call;
  call.talk(30);
  call.listen();
  call.talk(30);
  call.stopListening();
  call.talk(30);
  expectUnchanged(call.second, call.first);
  expectUnbroken(call.second);
  CHECK_MESSAGE(call.second.received[0].packet.ssrc == 0xabc0 + b, "own SSRC");
  CHECK_MESSAGE(call.second.received[5].at - call.second.received[4].at == frameTime, "at the pace of the other party");
}

TEST_CASE("the listener hears both") {
  Conversation call;
  call.listen();
  call.talk(100);
  expectUnbroken(call.moderator);
  const auto heard = call.moderator.audio(20);
  CHECK_MESSAGE((tone(heard, toneOfA) > 5500 && tone(heard, toneOfA) < 6500), "the first party");
  CHECK_MESSAGE((tone(heard, toneOfB) > 5500 && tone(heard, toneOfB) < 6500), "the second party");
  CHECK_MESSAGE(tone(heard, toneOfM) < 60, "not himself");
  CHECK_MESSAGE(call.moderator.received.size() >= 99, "no gap");
  CHECK_MESSAGE(largestStep(heard) < steepestOfAll(), "no click");
}

TEST_CASE("a whisper leaves no seam") {
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
  CHECK_MESSAGE(call.first.received.size() == 111, "no packet added or missing");
  const auto heard = call.first.audio();
  CHECK_MESSAGE(largestStep(heard) < steepestOfAll(), "no click: ", std::to_string(largestStep(heard)));
  const std::vector<float> during(heard.begin() + 35 * frame, heard.begin() + 75 * frame);
  CHECK_MESSAGE(tone(during, toneOfM) > 5500, "the moderator is heard");
  CHECK_MESSAGE(tone(during, toneOfB) > 5500, "and so is the other party");
  const std::vector<float> after(heard.begin() + static_cast<long>(since * frame), heard.end());
  CHECK_MESSAGE(tone(after, toneOfM) < 60, "and is not heard afterwards");
  CHECK_MESSAGE((call.second.received.size() == 111 && tone(call.second.audio(), toneOfM) < 60),
                "the other direction is untouched");
}

TEST_CASE("a loss is passed on as a loss") {
  Conversation call;
  call.listen();
  call.talk(10);
  call.first.lose();
  pass();
  call.talk(10);
  CHECK_MESSAGE(call.second.received.size() == 20, "the lost packet does not arrive");
  const auto& before = call.second.received[9].packet;
  const auto& after = call.second.received[10].packet;
  CHECK_MESSAGE(after.sequence == static_cast<std::uint16_t>(before.sequence + 2), "its number is missing");
  CHECK_MESSAGE(after.timestamp == before.timestamp + 2 * frame, "and so is its time");
}

TEST_CASE("late and repeated packets are passed on") {
  Conversation call;
  call.talk(3);
  const Bytes payload(frame, 0x55);
  const auto sequence = static_cast<std::uint16_t>(call.first.sequence() + 1);
  const std::uint32_t time = call.first.timestamp() + frame;
  const std::uint16_t last = call.second.received.back().packet.sequence;
  for (const int place : {1, 0, 2, 2})
    call.first.deliver(payload, static_cast<std::uint16_t>(sequence + place),
                       time + static_cast<std::uint32_t>(place) * frame);
  const auto& received = call.second.received;
  for (int i = 0; i < 4; ++i) {
    const int expected[] = {2, 1, 3, 3};
    CHECK_MESSAGE(
        received[3 + static_cast<std::size_t>(i)].packet.sequence == static_cast<std::uint16_t>(last + expected[i]),
        "in the order in which they arrived");
  }
}

TEST_CASE("keys are removed from the audio") {
  Conversation call;
  call.talk(5);
  for (int i = 0; i < 6; ++i) {
    call.first.pressKey();
    pass();
  }
  call.talk(5);
  CHECK_MESSAGE(call.second.received.size() == 10, "no packet of the key is passed on");
  const auto& before = call.second.received[4].packet;
  const auto& after = call.second.received[5].packet;
  CHECK_MESSAGE(after.sequence == static_cast<std::uint16_t>(before.sequence + 1), "and no number is missing");
}

// Comfort noise is passed on where the audio is; otherwise it is left out, and no number is missing.
TEST_CASE("comfort noise is passed on with the audio") {
  Conversation call;
  call.listen();
  call.talk(5);
  call.first.comfortNoise(55);
  pass(std::chrono::milliseconds(200));
  call.talk(5);
  const auto& received = call.second.received;
  CHECK_MESSAGE((received.size() == 11 && received[5].packet.type == 13 && received[5].payload == Bytes{55}),
                "unchanged");
  expectNumbersGoOn(call.second);
  CHECK_MESSAGE(received[5].packet.ssrc == call.second.ssrc, "with the leg's own SSRC");
  for (const auto& heard : call.moderator.received)
    CHECK_MESSAGE(heard.packet.type == 8, "a listener to two parties does not get the noise of one");
  expectNumbersGoOn(call.moderator);
  Pair coded(AudioCodec::pcma, AudioCodec::opus);
  coded.talk(5);
  coded.first.comfortNoise();
  coded.talk(5);
  for (const auto& heard : coded.second.received) CHECK_MESSAGE(heard.packet.type == 96, "Opus has no comfort noise");
  expectNumbersGoOn(coded.second);
}

TEST_CASE("our own keys take the place of audio") {
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
  CHECK_MESSAGE(call.second.received.size() == 15,
                "keys instead of audio: ", std::to_string(call.second.received.size()));
  expectNumbersGoOn(call.second);
}

// Between two keys the stream keeps numbering its own audio, which nobody hears while audio is relayed.
TEST_CASE("consecutive keys leave no gap") {
  Conversation call;
  call.talk(5);
  std::uint8_t data[rtpHeaderSize + 4];
  const Bytes event{5, 10, 0, 160};
  std::uint16_t sequence = 0;
  for (int key = 0; key < 3; ++key) {
    for (int i = 0; i < 5; ++i) {
      writeRtp({101, i == 0, sequence++, 5000U + static_cast<unsigned>(key), 0xabc2, event.data(), event.size()}, data);
      call.second.leg->spoken(data, sizeof data, now);
      call.talk(1);
    }
    call.second.bridge(promptFrame({950}, sequence), sequence);
    ++sequence;
    call.talk(1);
  }
  CHECK_MESSAGE(call.second.received.size() == 20,
                "keys instead of audio: ", std::to_string(call.second.received.size()));
  expectNumbersGoOn(call.second);
}

TEST_CASE("A-law and u-law are translated") {
  Pair pair(AudioCodec::pcma, AudioCodec::pcmu);
  pair.talk(50);
  CHECK_MESSAGE(pair.second.received.at(3).packet.type == 0, "the payload type");
  CHECK_MESSAGE(tone(pair.second.audio(), toneOfA) > 5800, "its audio");
}

TEST_CASE("audio from the bridge is mixed in") {
  Conversation call;
  CHECK_MESSAGE(call.relay.arrange(b, {{a, 1}, {99, 1}}).size() == 1, "a player is left to the bridge");
  call.talk(5);
  for (std::uint16_t i = 0; i < 50; ++i) {
    call.second.bridge(promptFrame({950}, i), i);
    call.talk(1);
  }
  expectUnbroken(call.second);
  const auto heard = call.second.audio(10);
  CHECK_MESSAGE((tone(heard, 950) > 5500 && tone(heard, toneOfA) > 5500), "both are heard");
}

TEST_CASE("taking over causes no click") {
  Conversation call;
  call.first.voice.hertz = 400.625;  // cut off at its peak
  call.moderator.voice.hertz = 700;
  call.listen();
  call.talk(20);
  call.relay.arrange(b, {{m, 1}});
  call.talk(20);
  expectNumbersGoOn(call.second);
  const float step = largestStep(call.second.audio());
  CHECK_MESSAGE(step < 1.1F * call.moderator.voice.steepness(8000), "no click: ", std::to_string(step));
}

TEST_CASE("the packet path neither allocates nor locks") {
  const auto before = PacketPath::offences();
  Conversation call;
  call.listenLevelled();
  call.relay.arrange(a, {{b, 1}, {m, 1}, {99, 1}});
  call.talk(200);
  call.first.bridge(Bytes(frame, 0x33), 1);
  CHECK_MESSAGE(PacketPath::offences() == before, std::to_string(PacketPath::offences() - before),
                " allocations, locks or writes");
  CHECK_MESSAGE(PacketPath::watches(), "the watch does see an allocation");
}

// Packets, the bridge's audio, and changes of the graph and of the streams, each on a thread of its own, as in real
// use.
TEST_CASE("threads do not disturb each other") {
  struct Sink : RtpOutput {
    bool transmit(const void*, std::size_t size) override {
      octets += size;
      return true;
    }
    std::atomic<std::size_t> octets = 0;
  };
  Sink sinks[3];
  std::vector<std::shared_ptr<RtpLeg>> legs;
  RelaySwitch relay;
  // A different codec each time, so that audio is passed on, re-encoded and mixed.
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
  const std::vector<RelaySwitch::Source> choices[] = {
      {}, {{1, 1}}, {{2, 1}}, {{1, 1, true}, {2, 0.5, true}}, {{3, 1}, {99, 1}}, {{2, 1}, {3, 1}, {1, 1}}};
  const auto allWereSentSomething = [&] {
    return std::all_of(std::begin(sinks), std::end(sinks), [](const Sink& sink) { return sink.octets > 0; });
  };
  constexpr unsigned enough = 3000, tooMany = 1'000'000;  // on a busy machine the threads may not have started
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
  CHECK_MESSAGE(allWereSentSomething(), "every party was sent something");
}

}  // namespace
}  // namespace np
