// Where one kind of packet of a call, RTP or RTCP, may come from and where it goes.
#pragma once

#include <pj/sock.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace np {

bool sameHost(const pj_sockaddr& a, const pj_sockaddr& b);

// The peer is where SDP says it is. A phone behind a NAT names an unreachable address there, so one other source is
// learned from its first packet if its host is allowed (symmetric RTP, RFC 4961). It stays until the next SDP, or until
// packets come from the address in the SDP after all, because packets from before a change of port may arrive after it.
//
// A NAT may give the phone another port during a call. Then the old port falls silent, and packets with the same SSRC,
// which no stranger has seen, come from the same host: that port is learned instead, but so seldom that nobody can pull
// the call to and fro.
class MediaPeer {
 public:
  using Clock = std::chrono::steady_clock;

  // A peer that sends continuously counts as silent after `silence`.
  explicit MediaPeer(Clock::duration silence) : silence_(silence) {}

  // The address in a new SDP. If it has not changed, what was learned is kept, because the peer may be silent on hold.
  void negotiate(const pj_sockaddr& address);

  // Whether a packet from `source` is the peer's; `ssrc` is its sender's, if it has one. `mayLearn` says whether a
  // source other than the negotiated address may be learned.
  template <typename MayLearn>
  bool accepts(const pj_sockaddr& source, std::optional<std::uint32_t> ssrc, Clock::time_point now, MayLearn mayLearn) {
    if (pj_sockaddr_cmp(&source, &negotiated_) == 0)
      learned_.reset();
    else if (!learned_ || pj_sockaddr_cmp(&source, &*learned_) != 0) {
      if (heard_ ? !hasMoved(source, ssrc, now) : !mayLearn(source)) return false;
      if (heard_) movedAt_ = now;
      learned_ = source;
    }
    heard_ = true;
    heardAt_ = now;
    ssrc_ = ssrc;
    return true;
  }

  const pj_sockaddr& negotiated() const { return negotiated_; }
  const std::optional<pj_sockaddr>& learned() const { return learned_; }
  const pj_sockaddr& target() const { return learned_ ? *learned_ : negotiated_; }

 private:
  static constexpr auto betweenMoves = std::chrono::seconds(5);

  bool hasMoved(const pj_sockaddr& source, std::optional<std::uint32_t> ssrc, Clock::time_point now) const;

  const Clock::duration silence_;
  pj_sockaddr negotiated_{};
  std::optional<pj_sockaddr> learned_;
  Clock::time_point movedAt_{};
  // Since the last SDP.
  bool heard_ = false;
  // From the newest packet.
  Clock::time_point heardAt_{};
  std::optional<std::uint32_t> ssrc_;
};

}  // namespace np
