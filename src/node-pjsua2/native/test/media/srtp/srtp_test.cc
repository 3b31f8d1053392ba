// Against libsrtp, which is not ours, as the other side of each call.
#include "media/srtp/srtp_pair.h"

#include <doctest/doctest.h>
#include <srtp2/srtp.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace np {
namespace {

using Packet = std::vector<std::uint8_t>;

constexpr std::uint32_t ssrc = 0x12345678;

Packet rtp(std::uint16_t sequence, std::uint32_t source = ssrc, std::size_t payload = 160) {
  Packet packet(12 + payload);
  packet[0] = 0x80;
  packet[1] = 8;
  packet[2] = static_cast<std::uint8_t>(sequence >> 8);
  packet[3] = static_cast<std::uint8_t>(sequence);
  for (int i = 0; i < 4; ++i) packet[8 + i] = static_cast<std::uint8_t>(source >> (24 - 8 * i));
  for (std::size_t i = 12; i < packet.size(); ++i) packet[i] = static_cast<std::uint8_t>(i * 7 + sequence);
  return packet;
}

// With a contributing source and a header extension, which stay readable.
Packet elaborateRtp(std::uint16_t sequence) {
  Packet packet = rtp(sequence);
  packet[0] = 0x91;
  const Packet more = {1, 2, 3, 4, 0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0};
  packet.insert(packet.begin() + 12, more.begin(), more.end());
  return packet;
}

Packet report(std::uint32_t source = ssrc) {
  Packet packet = {0x80, 200, 0, 6};
  for (int i = 0; i < 4; ++i) packet.push_back(static_cast<std::uint8_t>(source >> (24 - 8 * i)));
  for (int i = 0; i < 20; ++i) packet.push_back(static_cast<std::uint8_t>(i));
  return packet;
}

// The other side: one direction of libsrtp.
class Libsrtp {
 public:
  Libsrtp(const SrtpKey& key, bool sends) {
    static const bool begun = srtp_init() == srtp_err_status_ok;
    REQUIRE(begun);
    srtp_policy_t policy{};
    if (key.suite == SrtpSuite::aeadAes256Gcm) {
      srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp);
      srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtcp);
    } else {
      srtp_crypto_policy_set_rtp_default(&policy.rtp);
      srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    }
    policy.ssrc.type = sends ? ssrc_any_outbound : ssrc_any_inbound;
    policy.key = const_cast<std::uint8_t*>(key.octets.data());
    policy.window_size = 128;
    REQUIRE(srtp_create(&session_, &policy) == srtp_err_status_ok);
  }
  ~Libsrtp() { srtp_dealloc(session_); }
  Libsrtp(const Libsrtp&) = delete;
  Libsrtp& operator=(const Libsrtp&) = delete;

  Packet protect(Packet packet) { return change(std::move(packet), srtp_protect); }
  Packet unprotect(Packet packet) { return change(std::move(packet), srtp_unprotect); }
  Packet protectReport(Packet packet) { return change(std::move(packet), srtp_protect_rtcp); }
  Packet unprotectReport(Packet packet) { return change(std::move(packet), srtp_unprotect_rtcp); }

 private:
  // Empty if libsrtp refuses it.
  Packet change(Packet packet, srtp_err_status_t (*function)(srtp_t, void*, int*)) {
    int size = static_cast<int>(packet.size());
    packet.resize(packet.size() + SRTP_MAX_TRAILER_LEN);
    if (function(session_, packet.data(), &size) != srtp_err_status_ok) return {};
    packet.resize(static_cast<std::size_t>(size));
    return packet;
  }

  srtp_t session_ = nullptr;
};

Packet sent(SrtpSender& sender, Packet packet,
            std::optional<std::size_t> (SrtpSender::*function)(std::uint8_t*, std::size_t) = &SrtpSender::protect) {
  const std::size_t size = packet.size();
  packet.resize(size + srtpOverhead);
  packet.resize((sender.*function)(packet.data(), size).value_or(0));
  return packet;
}

Packet received(SrtpReceiver& receiver, const Packet& packet,
                std::optional<std::size_t> (SrtpReceiver::*function)(const std::uint8_t*, std::size_t,
                                                                     std::uint8_t*) = &SrtpReceiver::unprotect) {
  Packet plain(packet.size());
  plain.resize((receiver.*function)(packet.data(), packet.size(), plain.data()).value_or(0));
  return plain;
}

Packet receivedReport(SrtpReceiver& receiver, const Packet& packet) {
  return received(receiver, packet, &SrtpReceiver::unprotectReport);
}
Packet sentReport(SrtpSender& sender, const Packet& packet) { return sent(sender, packet, &SrtpSender::protectReport); }

template <class Check>
void forEachSuite(Check check) {
  for (const SrtpSuite suite : srtpSuites) {
    CAPTURE(nameOf(suite));
    check(randomKey(suite));
  }
}

}  // namespace

TEST_CASE("encrypted media is understood by libsrtp, and understands it") {
  forEachSuite([](const SrtpKey& key) {
    SrtpSender sender(key);
    SrtpReceiver receiver(key);
    Libsrtp reads(key, false), writes(key, true);
    for (const Packet& packet : {rtp(1), rtp(2, ssrc, 0), elaborateRtp(3)}) {
      const Packet secret = sent(sender, packet);
      CHECK(secret.size() == packet.size() + sizesOf(key.suite).tag);
      CHECK(reads.unprotect(secret) == packet);
      CHECK(received(receiver, writes.protect(packet)) == packet);
    }
    const Packet secret = sent(sender, rtp(4));
    CHECK(std::search(secret.begin(), secret.end(), rtp(4).begin() + 12, rtp(4).end()) == secret.end());
    CHECK(reads.unprotectReport(sentReport(sender, report())) == report());
    CHECK(receivedReport(receiver, writes.protectReport(report())) == report());
  });
}

TEST_CASE("encrypted media goes on when the sequence numbers begin again, in any order around it") {
  forEachSuite([](const SrtpKey& key) {
    SrtpSender sender(key);
    SrtpReceiver receiver(key);
    Libsrtp reads(key, false), writes(key, true);
    constexpr unsigned rounds = 3;
    for (unsigned i = 0; i < rounds << 16; i += 1) {
      const Packet packet = rtp(static_cast<std::uint16_t>(i));
      REQUIRE(reads.unprotect(sent(sender, packet)) == packet);
      REQUIRE(received(receiver, writes.protect(packet)) == packet);
    }
    const Packet before = writes.protect(rtp(0)), late = writes.protect(rtp(1)), later = writes.protect(rtp(2));
    CHECK(received(receiver, later) == rtp(2));
    CHECK(received(receiver, before) == rtp(0));
    CHECK(received(receiver, late) == rtp(1));
  });
}

TEST_CASE("a packet that overtakes the end of the sequence numbers is taken, and so are those it has overtaken") {
  forEachSuite([](const SrtpKey& key) {
    SrtpReceiver receiver(key);
    Libsrtp writes(key, true);
    const Packet first = writes.protect(rtp(65534)), last = writes.protect(rtp(65535)), next = writes.protect(rtp(0));
    CHECK(received(receiver, first) == rtp(65534));
    CHECK(received(receiver, next) == rtp(0));
    CHECK(received(receiver, last) == rtp(65535));
    CHECK(received(receiver, last).empty());
  });
}

TEST_CASE("what was received before is dropped, and so is what is too old to tell") {
  forEachSuite([](const SrtpKey& key) {
    SrtpReceiver receiver(key);
    Libsrtp writes(key, true);
    std::vector<Packet> packets;
    for (std::uint16_t i = 0; i < 100; ++i) packets.push_back(writes.protect(rtp(i)));
    CHECK(received(receiver, packets[50]) == rtp(50));
    CHECK(received(receiver, packets[50]).empty());
    CHECK(received(receiver, packets[49]) == rtp(49));
    CHECK(received(receiver, packets[49]).empty());
    CHECK(received(receiver, packets[99]) == rtp(99));
    CHECK(received(receiver, packets[50]).empty());
    CHECK(received(receiver, packets[10]).empty());
    const Packet once = writes.protectReport(report());
    CHECK(receivedReport(receiver, once) == report());
    CHECK(receivedReport(receiver, once).empty());
  });
}

TEST_CASE("what anybody has changed, cut or made up is dropped, and changes nothing") {
  forEachSuite([](const SrtpKey& key) {
    SrtpReceiver receiver(key);
    Libsrtp writes(key, true);
    const Packet genuine = writes.protect(rtp(7));
    for (std::size_t i = 0; i < genuine.size(); ++i) {
      Packet changed = genuine;
      changed[i] ^= 1;
      CHECK(received(receiver, changed).empty());
    }
    for (std::size_t size = 0; size < genuine.size(); ++size)
      CHECK(received(receiver, Packet(genuine.begin(), genuine.begin() + static_cast<std::ptrdiff_t>(size))).empty());
    CHECK(received(receiver, rtp(7)).empty());
    CHECK(received(receiver, Libsrtp(randomKey(key.suite), true).protect(rtp(7))).empty());
    CHECK_FALSE(receiver.position());
    CHECK(received(receiver, genuine) == rtp(7));
    const Packet genuineReport = writes.protectReport(report());
    for (std::size_t i = 0; i < genuineReport.size(); ++i) {
      Packet changed = genuineReport;
      changed[i] ^= 1;
      CHECK(receivedReport(receiver, changed).empty());
    }
    CHECK(receivedReport(receiver, report()).empty());
    CHECK(receivedReport(receiver, genuineReport) == report());
  });
}

TEST_CASE("a new SSRC in mid-call begins anew, and the old one can come back") {
  forEachSuite([](const SrtpKey& key) {
    SrtpSender sender(key);
    SrtpReceiver receiver(key);
    Libsrtp reads(key, false), writes(key, true);
    constexpr std::uint32_t other = 99;
    for (const auto& [sequence, source] :
         std::vector<std::pair<std::uint16_t, std::uint32_t>>{{65535, ssrc}, {0, ssrc}, {40000, other}, {1, ssrc}}) {
      CHECK(reads.unprotect(sent(sender, rtp(sequence, source))) == rtp(sequence, source));
      CHECK(received(receiver, writes.protect(rtp(sequence, source))) == rtp(sequence, source));
    }
    CHECK(receivedReport(receiver, writes.protectReport(report())) == report());
    CHECK(receivedReport(receiver, writes.protectReport(report(other))) == report(other));
  });
}

TEST_CASE("many SSRCs of the other side take no room from each other") {
  const SrtpKey key = randomKey(SrtpSuite::aesCm128HmacSha1);
  SrtpReceiver receiver(key);
  Libsrtp writes(key, true);
  for (std::uint32_t source = 1; source <= 1000; ++source)
    REQUIRE(received(receiver, writes.protect(rtp(1, source))) == rtp(1, source));
}

TEST_CASE("an SSRC that is heard all the time is not forgotten for others that come and go") {
  forEachSuite([](const SrtpKey& key) {
    SrtpReceiver receiver(key);
    Libsrtp writes(key, true);
    for (const std::uint16_t sequence : {65535, 0}) {
      REQUIRE(received(receiver, writes.protect(rtp(sequence))) == rtp(sequence));
    }
    for (std::uint16_t i = 1; i <= 10; ++i) {
      REQUIRE(received(receiver, writes.protect(rtp(1, i))) == rtp(1, i));
      REQUIRE(received(receiver, writes.protect(rtp(i))) == rtp(i));
    }
  });
}

TEST_CASE("no number is used for two packets") {
  forEachSuite([](const SrtpKey& key) {
    SrtpSender sender(key);
    CHECK_FALSE(sent(sender, rtp(5)).empty());
    CHECK(sent(sender, rtp(5)).empty());
    for (std::uint32_t source = 1; source < 4; ++source) CHECK_FALSE(sent(sender, rtp(1, source)).empty());
    CHECK(sent(sender, rtp(1, 4)).empty());
    CHECK_FALSE(sent(sender, rtp(6)).empty());
  });
}

TEST_CASE("after a new key the other side may keep counting") {
  forEachSuite([](const SrtpKey& first) {
    SrtpReceiver before(first);
    Libsrtp writes(first, true);
    for (unsigned i = 0; i < 70000; ++i) received(before, writes.protect(rtp(static_cast<std::uint16_t>(i))));
    const auto position = before.position();
    REQUIRE(position);
    CHECK(position->number == 69999);
    const SrtpKey second = randomKey(first.suite);
    SrtpSender keepsCounting(second);
    for (const unsigned i : {0U, 32768U, 65535U}) sent(keepsCounting, rtp(static_cast<std::uint16_t>(i)));
    const Packet next = sent(keepsCounting, rtp(4464));
    SrtpReceiver anew(second), goesOn(second, position);
    CHECK(received(anew, next).empty());
    CHECK(received(goesOn, next) == rtp(4464));
  });
}

TEST_CASE("a new agreement interrupts nothing, whichever of the keys it changes") {
  forEachSuite([](const SrtpKey& ours) {
    constexpr auto of = SrtpPair::Of::rtp;
    const SrtpKey first = randomKey(ours.suite), second = randomKey(ours.suite);
    Libsrtp reads(ours, false), writesFirst(first, true), writesSecond(second, true);
    const auto sentBy = [&](const SrtpPair& pair, std::uint16_t sequence) {
      Packet packet = rtp(sequence);
      packet.resize(packet.size() + srtpOverhead);
      packet.resize(pair.encrypt(of, packet.data(), rtp(sequence).size()).value_or(0));
      return reads.unprotect(packet) == rtp(sequence);
    };
    const auto takes = [](const SrtpPair& pair, const Packet& packet) {
      Packet plain(packet.size());
      return pair.decrypt(of, packet.data(), packet.size(), plain.data()).has_value();
    };
    const SrtpPair begun(ours, first, nullptr);
    const Packet early = writesFirst.protect(rtp(1)), late = writesFirst.protect(rtp(2));
    CHECK(sentBy(begun, 65535));
    CHECK(takes(begun, early));
    const SrtpPair same(ours, first, &begun);
    CHECK(sentBy(same, 0));  // the next round, which only the same stream counts
    CHECK_FALSE(takes(same, early));
    const SrtpPair changed(ours, second, &same);
    CHECK(sentBy(changed, 1));
    CHECK(takes(changed, writesSecond.protect(rtp(3))));
    CHECK(takes(changed, late));
    CHECK_FALSE(takes(changed, early));
    CHECK_FALSE(takes(changed, Libsrtp(randomKey(ours.suite), true).protect(rtp(4))));
  });
}

TEST_CASE("a packet is taken once only, whichever keys are agreed on") {
  forEachSuite([](const SrtpKey& ours) {
    const SrtpKey first = randomKey(ours.suite), second = randomKey(ours.suite);
    Libsrtp writesFirst(first, true), writesSecond(second, true);
    const auto takes = [](const SrtpPair& pair, const Packet& packet, SrtpPair::Of of = SrtpPair::Of::rtp) {
      Packet plain(packet.size());
      return pair.decrypt(of, packet.data(), packet.size(), plain.data()).has_value();
    };
    const Packet early = writesFirst.protect(rtp(1));
    const SrtpPair begun(ours, first, nullptr);
    CHECK(takes(begun, early));
    const SrtpPair changed(ours, second, &begun);
    for (const std::uint16_t sequence : {2, 1, 3}) {
      const Packet once = writesSecond.protect(rtp(sequence));
      CHECK(takes(changed, once));
      CHECK_FALSE(takes(changed, once));
    }
    const Packet told = writesSecond.protectReport(report());
    CHECK(takes(changed, told, SrtpPair::Of::rtcp));
    CHECK_FALSE(takes(changed, told, SrtpPair::Of::rtcp));
    const SrtpPair back(ours, first, &changed);
    CHECK_FALSE(takes(back, early));
    CHECK(takes(back, writesFirst.protect(rtp(2))));
  });
}

TEST_CASE("a key of ours that comes back counts on, so that no two packets are encrypted alike") {
  forEachSuite([](const SrtpKey& ours) {
    const SrtpKey theirs = randomKey(ours.suite);
    Libsrtp reads(ours, false);
    const auto sentBy = [&](const SrtpPair& pair, const Packet& packet, SrtpPair::Of of = SrtpPair::Of::rtp) {
      Packet secret = packet;
      secret.resize(packet.size() + srtpOverhead);
      secret.resize(pair.encrypt(of, secret.data(), packet.size()).value_or(0));
      return secret;
    };
    const SrtpPair begun(ours, theirs, nullptr);
    CHECK(reads.unprotect(sentBy(begun, rtp(65535))) == rtp(65535));
    CHECK(reads.unprotectReport(sentBy(begun, report(), SrtpPair::Of::rtcp)) == report());
    const SrtpPair other(randomKey(ours.suite), theirs, &begun);
    const SrtpPair shaken(randomKey(ours.suite), theirs, &other, SrtpPair::OurKey::passing);
    const SrtpPair shakenAgain(randomKey(ours.suite), theirs, &shaken, SrtpPair::OurKey::passing);
    const SrtpPair back(ours, theirs, &shakenAgain);
    CHECK(sentBy(back, rtp(65535)).empty());
    CHECK(reads.unprotect(sentBy(back, rtp(0))) == rtp(0));
    CHECK(reads.unprotectReport(sentBy(back, report(), SrtpPair::Of::rtcp)) == report());
  });
}

}  // namespace np
