#include "bridge/media_transport.h"

#include "base/allowance.h"
#include "base/guard.h"
#include "bridge/media_encryption.h"
#include "bridge/media_outlet.h"
#include "core/endpoint.h"
#include "media/rtp/media_peer.h"
#include "media/rtp/rtp_packet.h"
#include "media/srtp/srtp_pair.h"
#include "sip/call/call.h"

#include <sys/socket.h>

#include <memory>
#include <optional>
#include <utility>

namespace np {
namespace {

using Stream = pjmedia_transport_attach_param;

// Holds a burst of packets while the machine is busy.
constexpr int receiveBuffer = 64 * 1024;

// Per party: ten times the rate of the shortest packets, and as many at once as a stall of some seconds lets through.
constexpr unsigned packetsPerSecond = 1000, packetsAtOnce = 1000;

// Of all packets that come from elsewhere and have to be checked whether they are genuine.
constexpr unsigned strangersPerSecond = 200, strangersAtOnce = 200;

// Of the datagrams of handshakes, of which one has a dozen. They are no part of the packets above, so that whoever
// forges them keeps no audio out.
constexpr unsigned handshakesPerSecond = 100, handshakesAtOnce = 100;

// How long until a peer counts as silent: fifty packets for RTP, and longer than any pause between reports for RTCP
// (RFC 3550, 6.2: up to 7.5 s).
constexpr auto rtpSilence = std::chrono::seconds(1);
constexpr auto rtcpSilence = std::chrono::seconds(10);

// Everything except what senders read is touched only by the poller, or while the poller does not read these sockets.
class MediaTransport : public pjmedia_transport {
 public:
  MediaTransport(pjsua_call_id call, Endpoint& endpoint, pjmedia_transport* described, bool closesDescribed);

  pj_status_t attach(const Stream& stream);
  void detach();
  void close();
  pj_status_t encodeSdp(pj_pool_t* pool, pjmedia_sdp_session* local, const pjmedia_sdp_session* remote, unsigned line);
  pj_status_t start(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs, unsigned line);

  pjmedia_transport* described() const { return described_; }
  const MediaOutlet& outlet() const { return outlet_; }

  static MediaTransport& of(void* pointer) { return *static_cast<MediaTransport*>(pointer); }

 private:
  class Inlet final : public MediaPoller::Receiver {
   public:
    using Handler = void (MediaTransport::*)(void* packet, pj_size_t size);

    Inlet(int socket, MediaTransport& owner, Handler handler, MediaPeer::Clock::duration silence,
          const MediaEncryption::Port& port)
        : Receiver(socket), peer(silence), owner_(owner), handler_(handler), port_(port) {}
    void received(void* packet, std::size_t size, const pj_sockaddr& source) override {
      const auto now = MediaPeer::Clock::now();
      const auto* octets = static_cast<const std::uint8_t*>(packet);
      if (port_.shakesHands() && isDtls(*octets)) {
        if (mayShakeHands(source, now)) port_.received(packet, size, source);
        return;
      }
      const auto encrypted = owner_.outlet_.encrypted();
      if (!encrypted) return hand(packet, size, source, now);
      const auto& keys = this == &owner_.rtp_ ? encrypted->rtp : encrypted->rtcp;
      if (!keys || (pj_sockaddr_cmp(&source, &peer.target()) != 0 && !strangers_.take(now))) return;
      std::uint8_t plain[largestPacket];
      if (const auto inner = keys->decrypt(kindOf(octets, size), octets, size, plain)) hand(plain, *inner, source, now);
    }

    MediaPeer peer;

   private:
    // Nothing is learned from a datagram that anyone could have sent: what comes encrypted afterwards tells who it is.
    bool mayShakeHands(const pj_sockaddr& source, MediaPeer::Clock::time_point now) {
      if (!isReached(owner_.reached_)) return false;
      const bool isPeer = pj_sockaddr_cmp(&source, &peer.target()) == 0;
      return (isPeer || (strangers_.take(now) && owner_.mayBePeer(peer, source))) && handshakes_.take(now);
    }
    void hand(void* packet, std::size_t size, const pj_sockaddr& source, MediaPeer::Clock::time_point now) {
      if (owner_.admits(peer, source, senderOf(packet, size), now) && allowance_.take(now))
        (owner_.*handler_)(packet, size);
    }
    // Both ports may be one (RFC 5761).
    SrtpPair::Of kindOf(const std::uint8_t* packet, std::size_t size) const {
      const bool isReport = this == &owner_.rtcp_ || (size > 1 && packet[1] >= 192 && packet[1] <= 223);
      return isReport ? SrtpPair::Of::rtcp : SrtpPair::Of::rtp;
    }

    MediaTransport& owner_;
    const Handler handler_;
    const MediaEncryption::Port& port_;
    Allowance allowance_{packetsPerSecond, packetsAtOnce};
    Allowance strangers_{strangersPerSecond, strangersAtOnce};
    Allowance handshakes_{handshakesPerSecond, handshakesAtOnce};
  };

  MediaTransport(pjsua_call_id call, Endpoint& endpoint, pjmedia_transport* described, bool closesDescribed,
                 const pjmedia_sock_info& sockets);
  void beginHandshakes();
  void handRtp(void* packet, pj_size_t size);
  void handRtcp(void* packet, pj_size_t size);
  bool admits(MediaPeer& peer, const pj_sockaddr& source, std::optional<std::uint32_t> ssrc,
              MediaPeer::Clock::time_point now);
  bool mayBePeer(const MediaPeer& peer, const pj_sockaddr& source) const;
  pj_sockaddr rtcpTarget() const;
  void aim();

  const pjsua_call_id call_;
  MediaPoller& poller_;
  pjmedia_transport* const described_;
  const bool closesDescribed_;
  std::optional<Stream> stream_;
  // Belongs to the call; see Call.
  Reached reached_;
  MediaOutlet outlet_;
  MediaEncryption encryption_;
  Inlet rtp_;
  Inlet rtcp_;
  bool strangerTold_ = false;
};

MediaTransport& own(pjmedia_transport* transport) { return *static_cast<MediaTransport*>(transport); }
pjmedia_transport* described(pjmedia_transport* transport) { return own(transport).described(); }

// PJSIP's transport is not started, so it reads nothing.
pjmedia_transport_op operations = {
    .get_info =
        guarded<[](auto* tp, auto* info) { return pjmedia_transport_get_info(described(tp), info); }, PJ_EUNKNOWN>,
    .attach = nullptr,
    .detach = guarded<[](auto* tp, void*) { own(tp).detach(); }, PJ_EUNKNOWN>,
    .send_rtp =
        guarded<[](auto* tp, const void* packet, pj_size_t size) { return own(tp).outlet().sendRtp(packet, size); },
                PJ_EUNKNOWN>,
    .send_rtcp =
        guarded<[](auto* tp, const void* packet, pj_size_t size) { return own(tp).outlet().sendRtcp(packet, size); },
                PJ_EUNKNOWN>,
    .send_rtcp2 = guarded<[](auto* tp, const pj_sockaddr_t*, unsigned, const void* packet, pj_size_t size) {
      return own(tp).outlet().sendRtcp(packet, size);
    },
                          PJ_EUNKNOWN>,
    .media_create =
        guarded<[](auto* tp, pj_pool_t* pool, unsigned options, const pjmedia_sdp_session* remote, unsigned line) {
          return pjmedia_transport_media_create(described(tp), pool, options | PJMEDIA_TPMED_NO_TRANSPORT_CHECKING,
                                                remote, line);
        },
                PJ_EUNKNOWN>,
    .encode_sdp = guarded<[](auto* tp, pj_pool_t* pool, pjmedia_sdp_session* local, const pjmedia_sdp_session* remote,
                             unsigned line) { return own(tp).encodeSdp(pool, local, remote, line); },
                          PJ_EUNKNOWN>,
    .media_start = guarded<[](auto* tp, pj_pool_t*, const pjmedia_sdp_session* local, const pjmedia_sdp_session* remote,
                              unsigned line) { return own(tp).start(*local, *remote, line); },
                           PJ_EUNKNOWN>,
    .media_stop = guarded<[](auto*) { return static_cast<pj_status_t>(PJ_SUCCESS); }, PJ_EUNKNOWN>,
    .simulate_lost =
        guarded<[](auto*, pjmedia_dir, unsigned) { return static_cast<pj_status_t>(PJ_ENOTSUP); }, PJ_EUNKNOWN>,
    .destroy = guarded<[](auto* tp) {
      own(tp).close();
      return static_cast<pj_status_t>(PJ_SUCCESS);
    },
                       PJ_EUNKNOWN>,
    .attach2 =
        guarded<[](auto* tp, pjmedia_transport_attach_param* stream) { return own(tp).attach(*stream); }, PJ_EUNKNOWN>,
};

pjmedia_sock_info socketsOf(pjmedia_transport* transport) {
  pjmedia_transport_info info;
  pjmedia_transport_info_init(&info);
  pjmedia_transport_get_info(transport, &info);
  return info.sock_info;
}

MediaTransport::MediaTransport(pjsua_call_id call, Endpoint& endpoint, pjmedia_transport* described,
                               bool closesDescribed)
    : MediaTransport(call, endpoint, described, closesDescribed, socketsOf(described)) {}

MediaTransport::MediaTransport(pjsua_call_id call, Endpoint& endpoint, pjmedia_transport* described,
                               bool closesDescribed, const pjmedia_sock_info& sockets)
    : pjmedia_transport{},
      call_(call),
      poller_(endpoint.mediaPoller),
      described_(described),
      closesDescribed_(closesDescribed),
      outlet_(static_cast<int>(sockets.rtp_sock)),
      encryption_(call, endpoint.dtlsThread, outlet_, static_cast<int>(sockets.rtp_sock),
                  static_cast<int>(sockets.rtcp_sock)),
      rtp_(static_cast<int>(sockets.rtp_sock), *this, &MediaTransport::handRtp, rtpSilence, encryption_.rtp),
      rtcp_(static_cast<int>(sockets.rtcp_sock), *this, &MediaTransport::handRtcp, rtcpSilence, encryption_.rtcp) {
  ::setsockopt(rtp_.socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof(receiveBuffer));
  pj_ansi_strxcpy(name, "media", sizeof(name));
  type = static_cast<pjmedia_transport_type>(PJMEDIA_TRANSPORT_TYPE_USER + 1);
  op = &operations;
  grp_lock = described->grp_lock;
  pj_grp_lock_add_ref(grp_lock);
  pj_grp_lock_add_handler(grp_lock, nullptr, this, guarded<[](void* self) { delete &of(self); }>);
}

pj_status_t MediaTransport::attach(const Stream& stream) {
  detach();
  stream_ = stream;
  const auto call = Call::of(call_);
  reached_ = call ? call->reached : nullptr;
  strangerTold_ = false;
  rtp_.peer.negotiate(stream.rem_addr);
  rtcp_.peer.negotiate(stream.rem_rtcp);
  aim();
  pj_status_t status = poller_.add(rtp_);
  if (status == PJ_SUCCESS) status = poller_.add(rtcp_);
  beginHandshakes();
  return status;
}

void MediaTransport::detach() {
  if (!stream_) return;
  poller_.remove(rtp_);
  poller_.remove(rtcp_);
  stream_.reset();
}

void MediaTransport::close() {
  encryption_.endHandshakes();
  detach();
  if (closesDescribed_) pjmedia_transport_close(described_);
  pj_grp_lock_dec_ref(grp_lock);
}

pj_status_t MediaTransport::encodeSdp(pj_pool_t* pool, pjmedia_sdp_session* local, const pjmedia_sdp_session* remote,
                                      unsigned line) {
  const pj_status_t status = pjmedia_transport_encode_sdp(described_, pool, local, remote, line);
  if (status != PJ_SUCCESS) return status;
  const auto call = Call::of(call_);
  // There is no call yet while an INVITE is answered, whose offer says what is possible (admitProtection).
  const Encryption encryption = call ? call->encryption : Encryption::offered;
  encryption_.describe(pool, *local->media[line], remote, line, encryption);
  return PJ_SUCCESS;
}

// After each negotiation, also of a stream that goes on.
pj_status_t MediaTransport::start(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs, unsigned line) {
  const auto call = Call::of(call_);
  Agreed agreed = encryption_.agreedIn(ours, theirs, line);
  if (!agreed && call && call->encryption == Encryption::required) return PJ_ENOTSUP;
  // Before the handshake is over, too: nothing travels in clear from here on, whatever becomes of it.
  if (call) call->encrypted = agreed.has_value();
  encryption_.agreeOn(std::move(agreed));
  if (stream_) beginHandshakes();
  return PJ_SUCCESS;
}

void MediaTransport::beginHandshakes() { encryption_.beginHandshakes(rtp_.peer.negotiated(), rtcp_.peer.negotiated()); }

void MediaTransport::aim() {
  const pj_sockaddr rtp = rtp_.peer.target();
  const pj_sockaddr rtcp = rtcpTarget();
  const bool oneSocket = pj_sockaddr_cmp(&rtp, &rtcp) == 0;  // RFC 5761
  outlet_.aim({rtp, rtcp, oneSocket ? rtp_.socket : rtcp_.socket, reached_});
}

// As long as no RTCP has been heard from a peer whose RTP comes from elsewhere, guesses the next port, as is customary
// (RFC 3550, 11), or the same one where SDP says so (RFC 5761).
pj_sockaddr MediaTransport::rtcpTarget() const {
  if (pj_sockaddr_cmp(&rtcp_.peer.negotiated(), &rtp_.peer.negotiated()) == 0) return rtp_.peer.target();
  if (rtcp_.peer.learned() || !rtp_.peer.learned()) return rtcp_.peer.target();
  pj_sockaddr guess = *rtp_.peer.learned();
  pj_sockaddr_set_port(&guess, static_cast<pj_uint16_t>(pj_sockaddr_get_port(&guess) + 1));
  return guess;
}

void MediaTransport::handRtp(void* packet, pj_size_t size) {
  pjmedia_tp_cb_param handed{};
  handed.user_data = stream_->user_data;
  handed.pkt = packet;
  handed.size = static_cast<pj_ssize_t>(size);
  handed.src_addr = nullptr;  // so that the stream does not judge it again
  if (stream_->rtp_cb2 != nullptr)
    stream_->rtp_cb2(&handed);
  else
    stream_->rtp_cb(stream_->user_data, packet, handed.size);
}

void MediaTransport::handRtcp(void* packet, pj_size_t size) {
  stream_->rtcp_cb(stream_->user_data, packet, static_cast<pj_ssize_t>(size));
}

bool MediaTransport::admits(MediaPeer& peer, const pj_sockaddr& source, std::optional<std::uint32_t> ssrc,
                            MediaPeer::Clock::time_point now) {
  if (!isReached(reached_)) return false;
  const pj_sockaddr before = peer.target();
  const auto mayLearn = [&](const pj_sockaddr& other) { return mayBePeer(peer, other); };
  if (peer.accepts(source, ssrc, now, mayLearn)) {
    if (pj_sockaddr_cmp(&before, &peer.target()) != 0) aim();
    return true;
  }
  if (!std::exchange(strangerTold_, true)) {
    char address[PJ_INET6_ADDRSTRLEN + 10];
    PJ_LOG(1, (name, "Call %d: audio from %s, who is not its peer, is dropped", call_,
               pj_sockaddr_print(&source, address, sizeof(address), 3)));
  }
  return false;
}

// Anyone who can send from the host named in SDP, or from the one that signals for this call, could take the call over
// anyway.
bool MediaTransport::mayBePeer(const MediaPeer& peer, const pj_sockaddr& source) const {
  if (sameHost(source, peer.negotiated())) return true;
  const auto call = Call::of(call_);
  return call && call->signalsFrom(source);
}

}  // namespace

pjmedia_transport* makeMediaTransport(pjsua_call_id call, unsigned, pjmedia_transport* transport, unsigned flags) {
  return new MediaTransport(call, *Endpoint::current(), transport, (flags & PJSUA_MED_TP_CLOSE_MEMBER) != 0);
}

}  // namespace np
