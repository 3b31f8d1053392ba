#include "media_guard.h"

#include <optional>
#include <utility>

#include "call.h"
#include "media_peer.h"

namespace np {
namespace {

using Stream = pjmedia_transport_attach_param;

// Sits between a transport and its stream. The state is under the transport's group lock, which also keeps both alive while packets
// are on their way through.
class MediaGuard : public pjmedia_transport {
 public:
  MediaGuard(pjsua_call_id call, pjmedia_transport* guarded, bool closesGuarded);

  pj_status_t attach(const Stream& stream);
  void detach();
  void close();

  pjmedia_transport* guarded() const { return guarded_; }

  static MediaGuard& of(void* pointer) { return *static_cast<MediaGuard*>(pointer); }

 private:
  class Lock;

  void onRtp(pjmedia_tp_cb_param packet);
  void onRtcp(void* packet, pj_ssize_t size);
  std::optional<Stream> streamFor(MediaPeer& peer, const pj_sockaddr& source, pj_ssize_t size);
  bool admits(MediaPeer& peer, const pj_sockaddr& source);
  bool mayBePeer(const MediaPeer& peer, const pj_sockaddr& source) const;
  pj_sockaddr rtcpTarget() const;
  pj_status_t aim();

  const pjsua_call_id call_;
  pjmedia_transport* const guarded_;
  const bool closesGuarded_;
  std::optional<Stream> stream_;
  MediaPeer rtp_;
  MediaPeer rtcp_;
  bool strangerTold_ = false;
};

class MediaGuard::Lock {
 public:
  explicit Lock(const MediaGuard& guard) : lock_(guard.grp_lock) { pj_grp_lock_acquire(lock_); }
  ~Lock() { pj_grp_lock_release(lock_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  pj_grp_lock_t* const lock_;
};

MediaGuard& guard(pjmedia_transport* transport) { return *static_cast<MediaGuard*>(transport); }
pjmedia_transport* guarded(pjmedia_transport* transport) { return guard(transport).guarded(); }

pjmedia_transport_op operations = {
    .get_info = [](auto* tp, auto* info) { return pjmedia_transport_get_info(guarded(tp), info); },
    .attach = nullptr,
    .detach = [](auto* tp, void*) { guard(tp).detach(); },
    .send_rtp = [](auto* tp, const void* packet,
                   pj_size_t size) { return pjmedia_transport_send_rtp(guarded(tp), packet, size); },
    .send_rtcp = [](auto* tp, const void* packet,
                    pj_size_t size) { return pjmedia_transport_send_rtcp(guarded(tp), packet, size); },
    .send_rtcp2 =
        [](auto* tp, const pj_sockaddr_t* to, unsigned length, const void* packet, pj_size_t size) {
          return pjmedia_transport_send_rtcp2(guarded(tp), to, length, packet, size);
        },
    .media_create =
        [](auto* tp, pj_pool_t* pool, unsigned options, const pjmedia_sdp_session* remote, unsigned line) {
          return pjmedia_transport_media_create(guarded(tp), pool, options, remote, line);
        },
    .encode_sdp =
        [](auto* tp, pj_pool_t* pool, pjmedia_sdp_session* local, const pjmedia_sdp_session* remote, unsigned line) {
          return pjmedia_transport_encode_sdp(guarded(tp), pool, local, remote, line);
        },
    .media_start =
        [](auto* tp, pj_pool_t* pool, const pjmedia_sdp_session* local, const pjmedia_sdp_session* remote, unsigned line) {
          return pjmedia_transport_media_start(guarded(tp), pool, local, remote, line);
        },
    .media_stop = [](auto* tp) { return pjmedia_transport_media_stop(guarded(tp)); },
    .simulate_lost = [](auto* tp, pjmedia_dir direction,
                        unsigned percent) { return pjmedia_transport_simulate_lost(guarded(tp), direction, percent); },
    .destroy =
        [](auto* tp) {
          guard(tp).close();
          return static_cast<pj_status_t>(PJ_SUCCESS);
        },
    .attach2 = [](auto* tp, pjmedia_transport_attach_param* stream) { return guard(tp).attach(*stream); },
};

MediaGuard::MediaGuard(pjsua_call_id call, pjmedia_transport* guarded, bool closesGuarded)
    : pjmedia_transport{}, call_(call), guarded_(guarded), closesGuarded_(closesGuarded) {
  pj_ansi_strxcpy(name, "guard", sizeof(name));
  type = static_cast<pjmedia_transport_type>(PJMEDIA_TRANSPORT_TYPE_USER + 1);
  op = &operations;
  grp_lock = guarded->grp_lock;
  pj_grp_lock_add_ref(grp_lock);
  pj_grp_lock_add_handler(grp_lock, nullptr, this, [](void* self) { delete &of(self); });
}

pj_status_t MediaGuard::attach(const Stream& stream) {
  const Lock lock(*this);
  stream_ = stream;
  strangerTold_ = false;
  rtp_.negotiate(stream.rem_addr);
  rtcp_.negotiate(stream.rem_rtcp);
  const pj_status_t status = aim();
  if (status != PJ_SUCCESS) stream_.reset();
  return status;
}

void MediaGuard::detach() {
  {
    const Lock lock(*this);
    stream_.reset();
  }
  // Not under the lock: it waits for packets that are on their way through.
  pjmedia_transport_detach(guarded_, this);
}

void MediaGuard::close() {
  if (closesGuarded_) pjmedia_transport_close(guarded_);
  pj_grp_lock_dec_ref(grp_lock);
}

// To attach once more is how a transport is given another address to send to.
pj_status_t MediaGuard::aim() {
  Stream own = *stream_;
  own.user_data = this;
  own.rem_addr = rtp_.target();
  own.rem_rtcp = rtcpTarget();
  own.rtp_cb = nullptr;
  own.rtp_cb2 = [](pjmedia_tp_cb_param* packet) {
    if (packet->user_data != nullptr) of(packet->user_data).onRtp(*packet);
  };
  own.rtcp_cb = [](void* self, void* packet, pj_ssize_t size) {
    if (self != nullptr) of(self).onRtcp(packet, size);
  };
  return pjmedia_transport_attach2(guarded_, &own);
}

// While no RTCP was heard of a peer whose RTP comes from elsewhere: by custom the next port (RFC 3550, 11), or the same one where
// SDP says so (RFC 5761).
pj_sockaddr MediaGuard::rtcpTarget() const {
  if (pj_sockaddr_cmp(&rtcp_.negotiated(), &rtp_.negotiated()) == 0) return rtp_.target();
  if (rtcp_.learned() || !rtp_.learned()) return rtcp_.target();
  pj_sockaddr guess = *rtp_.learned();
  pj_sockaddr_set_port(&guess, static_cast<pj_uint16_t>(pj_sockaddr_get_port(&guess) + 1));
  return guess;
}

void MediaGuard::onRtp(pjmedia_tp_cb_param packet) {
  const auto stream = streamFor(rtp_, *packet.src_addr, packet.size);
  if (!stream) return;
  packet.user_data = stream->user_data;
  packet.src_addr = nullptr;  // that the stream does not judge it once more
  if (stream->rtp_cb2 != nullptr)
    stream->rtp_cb2(&packet);
  else
    stream->rtp_cb(packet.user_data, packet.pkt, packet.size);
}

void MediaGuard::onRtcp(void* packet, pj_ssize_t size) {
  pjmedia_transport_info info;
  pjmedia_transport_info_init(&info);
  if (pjmedia_transport_get_info(guarded_, &info) != PJ_SUCCESS) return;
  if (const auto stream = streamFor(rtcp_, info.src_rtcp_name, size)) stream->rtcp_cb(stream->user_data, packet, size);
}

// Who is to have the packet, if anyone. An error of the socket, told as a negative size, has no source.
std::optional<Stream> MediaGuard::streamFor(MediaPeer& peer, const pj_sockaddr& source, pj_ssize_t size) {
  const Lock lock(*this);
  return stream_ && (size < 0 || admits(peer, source)) ? stream_ : std::nullopt;
}

bool MediaGuard::admits(MediaPeer& peer, const pj_sockaddr& source) {
  const pj_sockaddr before = peer.target();
  if (peer.accepts(source, [&](const pj_sockaddr& other) { return mayBePeer(peer, other); })) {
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

// Who can send from the host that SDP names or that signals for this call can take the call over anyway.
bool MediaGuard::mayBePeer(const MediaPeer& peer, const pj_sockaddr& source) const {
  if (sameHost(source, peer.negotiated())) return true;
  const auto call = Call::of(call_);
  return call && call->signalsFrom(source);
}

}  // namespace

pjmedia_transport* guardMedia(pjsua_call_id call, unsigned, pjmedia_transport* transport, unsigned flags) {
  return new MediaGuard(call, transport, (flags & PJSUA_MED_TP_CLOSE_MEMBER) != 0);
}

}  // namespace np
