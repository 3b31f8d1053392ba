// What the two sides of a call have agreed on to encrypt its media, and the keys of it: those in SDP at once, those of
// handshakes as soon as they are over.
#pragma once

#include "bridge/media_outlet.h"
#include "media/dtls/dtls_thread.h"
#include "sip/call/media_protection.h"

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace np {

// Everything except what comes in at a port is called under the lock of the call's dialog.
class MediaEncryption {
 public:
  // Each has a handshake of its own (RFC 5764, 4).
  class Port final : public DtlsThread::Party {
   public:
    using Keys = std::optional<SrtpPair> MediaKeys::*;

    Port(MediaEncryption& owner, int socket, Keys keys) : owner_(owner), socket_(socket), keys_(keys) {}

    // For the thread that reads packets: whether keys are to come by a handshake, and what has come for it.
    bool shakesHands() const { return association_ != 0; }
    void received(const void* datagram, std::size_t size, const pj_sockaddr& source) const {
      owner_.dtls_.received(association_, datagram, size, source);
    }

    void sendHandshake(const std::uint8_t* datagram, std::size_t size, const pj_sockaddr* to) override {
      owner_.outlet_.sendHandshake(socket_, datagram, size, to);
    }
    void agreed(const DtlsKeys& keys) override { owner_.handshakeDone(keys_, keys); }
    void failed(const std::string& why) override {
      PJ_LOG(1, ("media", "Call %d: no keys for its media by DTLS: %s", owner_.call_, why.c_str()));
    }

    void begin(const DtlsTerms& terms, const pj_sockaddr& peer);
    void end();

   private:
    MediaEncryption& owner_;
    const int socket_;
    const Keys keys_;
    std::atomic<DtlsThread::Id> association_{0};
    // With whom.
    pj_sockaddr associate_{};
  };

  MediaEncryption(pjsua_call_id call, DtlsThread& dtls, MediaOutlet& outlet, int rtpSocket, int rtcpSocket)
      : rtp(*this, rtpSocket, &MediaKeys::rtp),
        rtcp(*this, rtcpSocket, &MediaKeys::rtcp),
        call_(call),
        dtls_(dtls),
        outlet_(outlet),
        own_(dtls.fingerprint()) {}

  // Adds to our description of a line. `remote`: null for an offer of ours.
  void describe(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_session* remote, unsigned line,
                Encryption encryption);

  // What two descriptions of the line come to, which counts from agreeOn() on.
  Agreed agreedIn(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs, unsigned line) const {
    return agreedOn(ours, theirs, line, agreed_);
  }
  void agreeOn(Agreed agreed);

  // Where there are to be handshakes, now that it is known where the other side is. Those that go on are left alone.
  void beginHandshakes(const pj_sockaddr& rtpPeer, const pj_sockaddr& rtcpPeer);
  void endHandshakes();

  Port rtp;
  Port rtcp;

 private:
  void agreeOnKeys(const AgreedKeys& keys);
  void handshakeDone(Port::Keys port, const DtlsKeys& keys);
  void encryptAsAgreed();

  const pjsua_call_id call_;
  DtlsThread& dtls_;
  MediaOutlet& outlet_;
  OwnProtection own_;
  Agreed agreed_;
  // Only the thread of the handshakes touches these while there is one, and only the dialog's otherwise.
  std::optional<MediaKeys> keys_;  // nothing: not encrypted
  MediaKeys last_;                 // agreed on last, even if not encrypted since
};

}  // namespace np
