#include "bridge/media_outlet.h"

#include <pj/errno.h>

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace np {
namespace {

// A NAT between us and the party may forget its mapping when nothing goes out for longer (RFC 6263, 7).
constexpr auto keepAliveInterval = std::chrono::seconds(15);

pj_status_t sendTo(int socket, const pj_sockaddr& target, const void* packet, pj_size_t size) {
  if (!pj_sockaddr_has_addr(&target)) return PJ_EINVALIDOP;  // the old way to hold a call: 0.0.0.0 (RFC 3264, 8.4)
  const ssize_t sent = ::sendto(socket, packet, size, MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&target),
                                pj_sockaddr_get_len(&target));
  return sent >= 0 ? PJ_SUCCESS : PJ_RETURN_OS_ERROR(errno);
}

}  // namespace

pj_status_t MediaOutlet::sendRtp(const void* packet, pj_size_t size) const {
  const auto targets = targets_.read();
  if (!targets || !isReached(targets->reached)) return PJ_EINVALIDOP;
  sentAt_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
  return send(SrtpPair::Of::rtp, rtpSocket_, targets->rtp, packet, size);
}

pj_status_t MediaOutlet::sendRtcp(const void* packet, pj_size_t size) const {
  const auto targets = targets_.read();
  if (!targets || !isReached(targets->reached)) return PJ_EINVALIDOP;
  if (targets->rtcpSocket != rtpSocket_) keepAlive(*targets);
  return send(SrtpPair::Of::rtcp, targets->rtcpSocket, targets->rtcp, packet, size);
}

pj_status_t MediaOutlet::send(SrtpPair::Of of, int socket, const pj_sockaddr& target, const void* packet,
                              pj_size_t size) const {
  const auto keys = encrypted();
  if (!keys) return sendTo(socket, target, packet, size);
  const auto& pair = socket == rtpSocket_ ? keys->rtp : keys->rtcp;
  if (!pair) return PJ_EINVALIDOP;
  std::uint8_t secret[largestPacket];
  if (size + srtpOverhead > sizeof(secret)) return PJ_ETOOBIG;
  std::memcpy(secret, packet, size);
  const auto grown = pair->encrypt(of, secret, size);
  return grown ? sendTo(socket, target, secret, *grown) : PJ_EINVALIDOP;
}

void MediaOutlet::sendHandshake(int socket, const void* datagram, std::size_t size, const pj_sockaddr* to) const {
  const auto targets = targets_.read();
  if (!targets || !isReached(targets->reached)) return;
  sendTo(socket, to != nullptr ? *to : socket == rtpSocket_ ? targets->rtp : targets->rtcp, datagram, size);
}

// Reports always go out, but RTP does not while the party is on hold or nobody speaks to it: then an empty packet goes
// along with a report. No phone takes it for audio, and it needs neither a number nor encryption (RFC 6263, 4.1).
void MediaOutlet::keepAlive(const Targets& targets) const {
  const auto now = Clock::now().time_since_epoch().count();
  if (Clock::duration(now - sentAt_.load(std::memory_order_relaxed)) < keepAliveInterval) return;
  sentAt_.store(now, std::memory_order_relaxed);
  sendTo(rtpSocket_, targets.rtp, nullptr, 0);
}

}  // namespace np
