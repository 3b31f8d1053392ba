// What goes out of a call's sockets: RTP and RTCP to where the party is reached, encrypted as agreed with it.
#pragma once

#include "media/published.h"
#include "media/srtp/srtp_pair.h"

#include <pj/sock.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace np {

// The largest packet, which also has to hold what encryption adds.
inline constexpr std::size_t largestPacket = 2048;

// Whether the party has shown that it gets what we send; null: it has.
using Reached = std::shared_ptr<const std::atomic<bool>>;
inline bool isReached(const Reached& reached) { return !reached || *reached; }

// The keys of each port. Nothing is sent or taken at one that has none yet.
struct MediaKeys {
  std::optional<SrtpPair> rtp;
  std::optional<SrtpPair> rtcp;
};

// May be sent through by any thread while another one aims it.
class MediaOutlet {
 public:
  struct Targets {
    pj_sockaddr rtp;
    pj_sockaddr rtcp;
    int rtcpSocket;
    Reached reached;
  };

  explicit MediaOutlet(int rtpSocket) : rtpSocket_(rtpSocket) {}

  void aim(Targets targets) { targets_.publish(std::make_unique<Targets>(std::move(targets))); }
  // Null: no encryption.
  void encryptWith(std::unique_ptr<const MediaKeys> keys) { encrypted_.publish(std::move(keys)); }
  Published<MediaKeys>::Reader encrypted() const { return encrypted_.read(); }

  pj_status_t sendRtp(const void* packet, pj_size_t size) const;
  pj_status_t sendRtcp(const void* packet, pj_size_t size) const;
  // By which keys are agreed on, from one of the two sockets. `to`: where the other side has sent from; null: where
  // media goes.
  void sendHandshake(int socket, const void* datagram, std::size_t size, const pj_sockaddr* to) const;

 private:
  using Clock = std::chrono::steady_clock;

  void keepAlive(const Targets& targets) const;
  pj_status_t send(SrtpPair::Of of, int socket, const pj_sockaddr& target, const void* packet, pj_size_t size) const;

  const int rtpSocket_;
  Published<Targets> targets_;
  Published<MediaKeys> encrypted_;  // null while it is not
  // When RTP was sent last.
  mutable std::atomic<Clock::rep> sentAt_{Clock::now().time_since_epoch().count()};
};

}  // namespace np
