// Which packets belong to a call: those of its party, wherever a NAT puts it, and nobody else's.
#include "media/rtp/media_peer.h"
#include "test/checks.h"

#include <doctest/doctest.h>

#include <string>

namespace np {
namespace {

using namespace std::chrono_literals;

constexpr const char* phoneHost = "192.0.2.1";
constexpr const char* strangersHost = "198.51.100.1";
constexpr std::uint32_t phoneSsrc = 0x1234, otherSsrc = 0x4321;

pj_sockaddr at(const char* host, pj_uint16_t port) {
  const pj_str_t text = pj_str(const_cast<char*>(host));
  pj_sockaddr address;
  pj_sockaddr_init(pj_AF_INET(), &address, &text, port);
  return address;
}

// A phone on a port of its NAT, while its SDP names another; it has been heard for a second.
struct Talk {
  MediaPeer peer{1s};

  Talk() {
    peer.negotiate(at("10.0.0.1", 4000));
    hear(5000, 50);
  }
  bool comes(const char* host, pj_uint16_t port, std::uint32_t ssrc) {
    return peer.accepts(at(host, port), ssrc, now,
                        [](const pj_sockaddr& other) { return sameHost(other, at(phoneHost, 0)); });
  }
  // How many of its packets are accepted.
  unsigned hear(pj_uint16_t port, unsigned packets, std::uint32_t ssrc = phoneSsrc, const char* host = phoneHost) {
    unsigned taken = 0;
    for (unsigned i = 0; i < packets; ++i, pass()) taken += comes(host, port, ssrc) ? 1 : 0;
    return taken;
  }
  bool sendsTo(pj_uint16_t port) const {
    const pj_sockaddr expected = at(phoneHost, port);
    return pj_sockaddr_cmp(&peer.target(), &expected) == 0;
  }
};

TEST_CASE("a new port of the party's NAT is learned") {
  Talk talk;
  pass(10s);
  CHECK_MESSAGE(talk.hear(6000, 50) == 50, "it is heard from the new port");
  CHECK_MESSAGE(talk.sendsTo(6000), "and audio is sent there");
  CHECK_MESSAGE(talk.hear(5000, 50) == 0, "packets from the old port are a stranger's now");
}

TEST_CASE("a new port is learned even if the phone never pauses") {
  Talk talk;
  pass(10s);
  talk.hear(5000, 1);
  const unsigned taken = talk.hear(6000, 100);
  CHECK_MESSAGE((taken >= 49 && taken <= 51), "after a second of silence at the old port: ", std::to_string(taken));
}

TEST_CASE("strangers are not learned") {
  Talk talk;
  pass(10s);
  CHECK_MESSAGE(talk.hear(6000, 500, otherSsrc) == 0, "not another stream from the same host");
  CHECK_MESSAGE(talk.hear(6000, 500, phoneSsrc, strangersHost) == 0, "nor another host, even one that knows the SSRC");
  CHECK_MESSAGE(talk.sendsTo(5000), "and nothing is sent to them");
  CHECK_MESSAGE(talk.hear(5000, 50) == 50, "the phone is heard as if nothing had happened");
}

TEST_CASE("a phone that can be heard is not replaced") {
  Talk talk;
  pass(10s);
  unsigned taken = 0;
  for (int i = 0; i < 500; ++i, pass()) {
    talk.comes(phoneHost, 5000, phoneSsrc);
    taken += talk.comes(phoneHost, 6000, phoneSsrc) ? 1 : 0;
  }
  CHECK_MESSAGE((taken == 0 && talk.sendsTo(5000)), "as long as packets come from its port");
}

TEST_CASE("moves from port to port are rare") {
  Talk talk;
  unsigned moves = 0;
  for (pj_uint16_t i = 0; i < 60; ++i, pass(1s))
    moves += talk.comes(phoneHost, static_cast<pj_uint16_t>(6000 + i), phoneSsrc) ? 1 : 0;
  CHECK_MESSAGE((moves >= 10 && moves <= 12), "in a minute: ", std::to_string(moves));
}

TEST_CASE("a new SDP has priority") {
  Talk talk;
  talk.peer.negotiate(at(phoneHost, 7000));
  CHECK_MESSAGE(talk.sendsTo(7000), "it takes effect at once");
  CHECK_MESSAGE((talk.comes(phoneHost, 7000, otherSsrc) && talk.comes(phoneHost, 7000, phoneSsrc)), "for any stream");
}

}  // namespace
}  // namespace np
