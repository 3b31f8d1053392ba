#include "bridge/media_encryption.h"

#include <memory>
#include <utility>
#include <variant>

namespace np {

void MediaEncryption::describe(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_session* remote,
                               unsigned line, Encryption encryption) {
  if (remote == nullptr) {
    own_.offer(pool, ours, encryption, agreed_);
    return;
  }
  const Protection protection = protectionOf(*remote, line, encryption);
  if (protection == Protection::byKeys) own_.answerByKeys(pool, ours, *remote->media[line]);
  if (protection == Protection::byHandshake) own_.answerByHandshake(pool, ours, *remote, line, agreed_);
}

void MediaEncryption::agreeOn(Agreed agreed) {
  const auto before = std::exchange(agreed_, std::move(agreed));
  const auto* handshake = handshakeIn(agreed_);
  const auto* handshakeBefore = handshakeIn(before);
  if (handshake != nullptr && handshakeBefore != nullptr && handshake->terms == handshakeBefore->terms) return;
  endHandshakes();
  if (!agreed_)
    keys_.reset();
  else if (handshake == nullptr)
    agreeOnKeys(std::get<AgreedKeys>(*agreed_));
  else if (!keys_)  // what was encrypted goes on under the keys before until there are others
    keys_.emplace();
  encryptAsAgreed();
}

void MediaEncryption::agreeOnKeys(const AgreedKeys& keys) {
  const SrtpPair next(keys.ours, keys.theirs, last_.rtp ? &*last_.rtp : nullptr);
  last_ = {next, next};
  keys_ = last_;
}

void MediaEncryption::beginHandshakes(const pj_sockaddr& rtpPeer, const pj_sockaddr& rtcpPeer) {
  const auto* handshake = handshakeIn(agreed_);
  if (handshake == nullptr) return;
  rtp.begin(handshake->terms, rtpPeer);
  if (pj_sockaddr_cmp(&rtcpPeer, &rtpPeer) != 0) rtcp.begin(handshake->terms, rtcpPeer);
}

void MediaEncryption::endHandshakes() {
  for (Port* port : {&rtp, &rtcp}) port->end();
}

// Anew with a peer that has moved (RFC 5763, 5), but not with one that is nowhere while it holds the call.
void MediaEncryption::Port::begin(const DtlsTerms& terms, const pj_sockaddr& peer) {
  const bool stays = !pj_sockaddr_has_addr(&peer) || pj_sockaddr_cmp(&peer, &associate_) == 0;
  if (association_ != 0 && stays) return;
  end();
  associate_ = peer;
  char host[PJ_INET6_ADDRSTRLEN];
  association_ = owner_.dtls_.begin(terms, pj_sockaddr_print(&peer, host, sizeof(host), 0), *this);
}

void MediaEncryption::Port::end() {
  if (const auto id = association_.exchange(0); id != 0) owner_.dtls_.end(id);
}

// On the thread of the handshakes.
void MediaEncryption::handshakeDone(Port::Keys port, const DtlsKeys& keys) {
  auto& last = last_.*port;
  last = SrtpPair(keys.ours, keys.theirs, last ? &*last : nullptr, SrtpPair::OurKey::passing);
  (*keys_).*port = last;
  encryptAsAgreed();
}

void MediaEncryption::encryptAsAgreed() {
  outlet_.encryptWith(keys_ ? std::make_unique<const MediaKeys>(*keys_) : nullptr);
}

}  // namespace np
