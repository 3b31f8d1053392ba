// Where one kind of packet of a call, RTP or RTCP, may come from and goes to.
#pragma once

#include <pj/sock.h>

#include <optional>

namespace np {

bool sameHost(const pj_sockaddr& a, const pj_sockaddr& b);

// The peer is where SDP says. A phone behind a NAT names an address there that nobody can reach; so one other source is learned,
// from its first packet, if it is on a host that may be (symmetric RTP, RFC 4961). It stays until SDP speaks again or until the
// address in the SDP is heard after all: packets of the time before a change of port may come after it.
class MediaPeer {
 public:
  // What SDP says now. The same address again is no reason to forget what was learned: the peer may be silent, on hold.
  void negotiate(const pj_sockaddr& address);

  // Whether a packet from there is the peer's. `mayLearn` tells whether a source other than the negotiated address may be.
  template <typename MayLearn>
  bool accepts(const pj_sockaddr& source, MayLearn mayLearn) {
    if (pj_sockaddr_cmp(&source, &negotiated_) == 0) {
      learned_.reset();
      heard_ = true;
      return true;
    }
    if (heard_) return learned_ && pj_sockaddr_cmp(&source, &*learned_) == 0;
    if (!mayLearn(source)) return false;
    learned_ = source;
    heard_ = true;
    return true;
  }

  const pj_sockaddr& negotiated() const { return negotiated_; }
  const std::optional<pj_sockaddr>& learned() const { return learned_; }
  // Where to send.
  const pj_sockaddr& target() const { return learned_ ? *learned_ : negotiated_; }

 private:
  pj_sockaddr negotiated_{};
  std::optional<pj_sockaddr> learned_;
  // Since SDP spoke last.
  bool heard_ = false;
};

}  // namespace np
