#include "media/rtp/media_peer.h"

#include <cstring>

namespace np {

bool sameHost(const pj_sockaddr& a, const pj_sockaddr& b) {
  return a.addr.sa_family == b.addr.sa_family && pj_sockaddr_has_addr(&a) &&
         std::memcmp(pj_sockaddr_get_addr(&a), pj_sockaddr_get_addr(&b), pj_sockaddr_get_addr_len(&a)) == 0;
}

void MediaPeer::negotiate(const pj_sockaddr& address) {
  if (pj_sockaddr_cmp(&address, &negotiated_) != 0) learned_.reset();
  negotiated_ = address;
  heard_ = false;
}

bool MediaPeer::hasMoved(const pj_sockaddr& source, std::optional<std::uint32_t> ssrc, Clock::time_point now) const {
  return ssrc && ssrc == ssrc_ && sameHost(source, target()) && now - heardAt_ >= silence_ &&
         now - movedAt_ >= betweenMoves;
}

}  // namespace np
