// Against OpenSSL's own use of DTLS, with certificates of RSA as many telephones have them.
#include "media/dtls/dtls_handshake.h"
#include "media/srtp/srtp_pair.h"
#include "test/media/dtls/openssl_peer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <random>
#include <thread>

namespace np {
namespace {

using Datagrams = std::deque<Datagram>;

const DtlsIdentity& identity() {
  static const DtlsIdentity made;
  return made;
}

DtlsRole other(DtlsRole role) { return role == DtlsRole::client ? DtlsRole::server : DtlsRole::client; }

// What becomes of the datagrams, each by its number.
using Network = std::function<void(unsigned number, Datagram datagram, Datagrams& to)>;
void deliver(unsigned, Datagram datagram, Datagrams& to) { to.push_back(std::move(datagram)); }

// A handshake of ours with one of OpenSSL, over a network.
class Encounter {
 public:
  explicit Encounter(DtlsRole ours, const OpensslOptions& options = {}, std::vector<Fingerprint> theirs = {},
                     Network network = deliver)
      : peer(other(ours), identity().fingerprint(), options),
        us(identity(), {ours, theirs.empty() ? std::vector{peer.fingerprint()} : theirs},
           [this](const std::uint8_t* data, std::size_t size) { pass(Datagram(data, data + size), toPeer_); }),
        network_(std::move(network)) {}

  // Until both have ended, one way or the other.
  void run(std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    begin();
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!isOver() && std::chrono::steady_clock::now() < end) {
      exchange();
      if (isOver()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      us.repeatIfDue();
      peer.repeatIfDue();
    }
    exchange();
  }

  // As far as it goes without a datagram being sent again.
  void begin() {
    us.begin();
    peer.begin();
    exchange();
  }

  void exchange() {
    for (bool any = true; any;) {
      any = false;
      for (Datagram& each : peer.takeSent()) pass(std::move(each), toUs_);
      for (; !toUs_.empty(); any = true) {
        us.receive(toUs_.front().data(), toUs_.front().size());
        toUs_.pop_front();
      }
      for (; !toPeer_.empty(); any = true) {
        peer.receive(toPeer_.front());
        toPeer_.pop_front();
      }
    }
  }

  OpensslPeer peer;
  DtlsHandshake us;

 private:
  bool isOver() const { return us.state() != DtlsHandshake::State::running && !peer.isRunning(); }
  void pass(Datagram datagram, Datagrams& to) { network_(++number_, std::move(datagram), to); }

  Network network_;
  Datagrams toPeer_, toUs_;
  unsigned number_ = 0;
};

template <class Check>
void inBothRoles(Check check) {
  for (const DtlsRole role : {DtlsRole::client, DtlsRole::server}) {
    CAPTURE((role == DtlsRole::client ? "client" : "server"));
    check(role);
  }
}

void checkAgreed(const Encounter& both) {
  REQUIRE_MESSAGE(both.us.state() == DtlsHandshake::State::done, both.us.failure());
  REQUIRE(both.peer.keys());
  CHECK(both.us.keys()->ours == both.peer.keys()->theirs);
  CHECK(both.us.keys()->theirs == both.peer.keys()->ours);
  CHECK_FALSE(both.us.keys()->ours == both.us.keys()->theirs);
}

}  // namespace

TEST_CASE("a handshake gives both sides the same keys, in either role and for each suite") {
  inBothRoles([](DtlsRole role) {
    for (const char* suites : {"SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80", "SRTP_AES128_CM_SHA1_80"}) {
      Encounter both(role, {.suites = suites});
      both.run();
      checkAgreed(both);
      const bool isStrong = std::string_view(suites).starts_with("SRTP_AEAD");
      CHECK(both.us.keys()->ours.suite == (isStrong ? SrtpSuite::aeadAes256Gcm : SrtpSuite::aesCm128HmacSha1));
    }
  });
}

TEST_CASE("a handshake takes a certificate by any of the hashes that name it") {
  inBothRoles([](DtlsRole role) {
    for (const FingerprintHash hash : fingerprintHashes) {
      const Fingerprint fits = fingerprintOf(OpensslPeer::certificate(), hash);
      Encounter both(role, {}, {identity().fingerprint(), fits});
      both.run();
      checkAgreed(both);
    }
  });
}

TEST_CASE("a handshake gives no keys to another certificate than the signalling names") {
  inBothRoles([](DtlsRole role) {
    Encounter both(role, {}, {identity().fingerprint()});
    both.run();
    CHECK(both.us.state() == DtlsHandshake::State::failed);
    CHECK(both.us.failure() == "certificate verify failed");
    CHECK_FALSE(both.us.keys());
    CHECK_FALSE(both.peer.keys());
  });
}

TEST_CASE("a handshake gives no keys to a side without a certificate, or that does not know SRTP, or is too old") {
  Encounter nameless(DtlsRole::server, {.hasCertificate = false});
  nameless.run();
  CHECK(nameless.us.state() == DtlsHandshake::State::failed);
  inBothRoles([](DtlsRole role) {
    for (const OpensslOptions& options : {OpensslOptions{.suites = nullptr}, OpensslOptions{.isOld = true}}) {
      Encounter both(role, options);
      both.run();
      CHECK(both.us.state() == DtlsHandshake::State::failed);
      CHECK_FALSE(both.us.keys());
    }
  });
}

TEST_CASE("a handshake gets through when any one datagram is lost") {
  inBothRoles([](DtlsRole role) {
    for (unsigned lost = 1; lost <= 6; ++lost) {
      CAPTURE(lost);
      Encounter both(role, {}, {}, [lost](unsigned number, Datagram datagram, Datagrams& to) {
        if (number != lost) deliver(number, std::move(datagram), to);
      });
      both.run();
      checkAgreed(both);
    }
  });
}

TEST_CASE("a handshake gets through when every datagram comes twice, and in another order") {
  inBothRoles([](DtlsRole role) {
    Encounter twice(role, {}, {}, [](unsigned, const Datagram& datagram, Datagrams& to) {
      to.push_back(datagram);
      to.push_back(datagram);
    });
    twice.run();
    checkAgreed(twice);
    Encounter backwards(role, {}, {},
                        [](unsigned, Datagram datagram, Datagrams& to) { to.push_front(std::move(datagram)); });
    backwards.run();
    checkAgreed(backwards);
  });
}

TEST_CASE("a handshake that has begun gives up when nobody answers it, not before") {
  unsigned sent = 0;
  DtlsHandshake us(identity(), {DtlsRole::client, {OpensslPeer::certificateFingerprint()}},
                   [&](const std::uint8_t*, std::size_t) { ++sent; });
  CHECK_FALSE(us.untilRepeat());
  us.begin();
  CHECK(sent == 1);
  const auto pause = us.untilRepeat();
  REQUIRE(pause);
  CHECK(*pause <= std::chrono::milliseconds(200));
  us.repeatIfDue();
  CHECK_MESSAGE(sent == 1, "it is not due yet");
  std::this_thread::sleep_for(*pause);
  us.repeatIfDue();
  CHECK(sent == 2);
  CHECK(us.state() == DtlsHandshake::State::running);
}

TEST_CASE("keys of a handshake carry media both ways") {
  Encounter both(DtlsRole::client);
  both.run();
  checkAgreed(both);
  const SrtpPair here(both.us.keys()->ours, both.us.keys()->theirs, nullptr);
  const SrtpPair there(both.peer.keys()->ours, both.peer.keys()->theirs, nullptr);
  const Datagram packet = {0x80, 8, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 42, 43, 44};
  for (const auto& [from, to] : {std::pair(&here, &there), std::pair(&there, &here)}) {
    Datagram secret = packet;
    secret.resize(packet.size() + srtpOverhead);
    const auto size = from->encrypt(SrtpPair::Of::rtp, secret.data(), packet.size());
    REQUIRE(size);
    Datagram plain(*size);
    plain.resize(to->decrypt(SrtpPair::Of::rtp, secret.data(), *size, plain.data()).value_or(0));
    CHECK(plain == packet);
  }
}

TEST_CASE("a datagram with which a client begins is told from others") {
  Datagrams first;
  DtlsHandshake us(identity(), {DtlsRole::client, {OpensslPeer::certificateFingerprint()}},
                   [&](const std::uint8_t* data, std::size_t size) { first.emplace_back(data, data + size); });
  us.begin();
  REQUIRE(first.size() == 1);
  CHECK(isDtls(first[0][0]));
  const auto random = clientRandomIn(first[0].data(), first[0].size());
  REQUIRE(random);
  CHECK(std::equal(random->begin(), random->end(), first[0].begin() + 27));
  for (std::size_t size = 0; size < 59; ++size) CHECK_FALSE(clientRandomIn(first[0].data(), size));
  for (const std::size_t place : {0, 4, 13, 21}) {  // its kind, epoch, kind of message and place of the fragment
    Datagram other = first[0];
    ++other[place];
    CHECK_FALSE(clientRandomIn(other.data(), other.size()));
  }
  for (const std::uint8_t octet : {0, 1, 19, 64, 127, 128, 191, 255}) CHECK_FALSE(isDtls(octet));
}

// Whatever comes, nothing but the right certificate gives keys, and nothing breaks.
TEST_CASE("100,000 datagrams of garbage, and of a handshake that was tampered with, break nothing") {
  std::mt19937 random(20);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  std::vector<Datagram> genuine;
  inBothRoles([&](DtlsRole role) {
    Encounter both(role, {}, {}, [&](unsigned, Datagram datagram, Datagrams& to) {
      genuine.push_back(datagram);
      to.push_back(std::move(datagram));
    });
    both.run();
    checkAgreed(both);
  });
  const auto garbage = [&] {
    Datagram datagram = genuine[below(genuine.size())];
    if (below(4) == 0) std::generate(datagram.begin() + 1, datagram.end(), [&] { return random(); });
    for (std::size_t changes = 1 + below(4); changes > 0; --changes)
      datagram[below(datagram.size())] = static_cast<std::uint8_t>(random());
    if (below(4) == 0) datagram.resize(1 + below(datagram.size()));
    return datagram;
  };
  unsigned count = 0;
  while (count < 100'000) {
    const DtlsRole role = below(2) == 0 ? DtlsRole::client : DtlsRole::server;
    DtlsHandshake us(identity(), {role, {OpensslPeer::certificateFingerprint()}}, [](const auto*, std::size_t) {});
    us.begin();
    for (unsigned i = 0; i < 200 && us.state() == DtlsHandshake::State::running; ++i, ++count) {
      const Datagram datagram = garbage();
      us.receive(datagram.data(), datagram.size());
    }
    REQUIRE_FALSE(us.keys());
  }
  for (unsigned i = 0; i < 200; ++i) {
    Encounter disturbed(below(2) == 0 ? DtlsRole::client : DtlsRole::server, {}, {},
                        [&](unsigned, const Datagram& datagram, Datagrams& to) {
                          if (below(4) == 0) to.push_back(garbage());
                          Datagram changed = datagram;
                          changed[below(changed.size())] ^= static_cast<std::uint8_t>(1 + below(255));
                          if (below(8) == 0) to.push_back(std::move(changed));
                          to.push_back(datagram);
                        });
    disturbed.begin();
    if (disturbed.us.keys() && disturbed.peer.keys()) checkAgreed(disturbed);
  }
  Encounter afterwards(DtlsRole::server);
  afterwards.run();
  checkAgreed(afterwards);
  const DtlsKeys keys = *afterwards.us.keys();
  for (unsigned i = 0; i < 10'000; ++i) {
    const Datagram datagram = garbage();
    afterwards.us.receive(datagram.data(), datagram.size());
  }
  CHECK(afterwards.us.keys()->ours == keys.ours);
}

}  // namespace np
