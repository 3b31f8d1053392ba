#include "sip/message/sdp_addresses.h"

#include <pj/sock.h>
#include <pj/string.h>

#include <algorithm>

namespace np {
namespace {

const pjmedia_sdp_conn* connectionOf(const pjmedia_sdp_session& sdp, const pjmedia_sdp_media& media) {
  return media.conn != nullptr ? media.conn : sdp.conn;
}

bool namesAddress(const pjmedia_sdp_conn* connection) { return connection == nullptr || isAddress(connection->addr); }

// RFC 3605: the port alone, or the port and an address.
bool sendsRtcpToAddress(const pjmedia_sdp_media& media) {
  const auto* attribute = pjmedia_sdp_attr_find2(media.attr_count, media.attr, "rtcp", nullptr);
  pjmedia_sdp_rtcp_attr rtcp;
  if (attribute == nullptr || pjmedia_sdp_attr_get_rtcp(attribute, &rtcp) != PJ_SUCCESS) return true;
  return rtcp.addr.slen == 0 || isAddress(rtcp.addr);
}

}  // namespace

bool isAddress(const pj_str_t& text) {
  pj_in6_addr address;
  return text.slen > 0 && (pj_inet_pton(PJ_AF_INET, &text, &address) == PJ_SUCCESS ||
                           pj_inet_pton(PJ_AF_INET6, &text, &address) == PJ_SUCCESS);
}

bool namesAddressesOnly(const pjmedia_sdp_session* sdp) {
  if (!namesAddress(sdp->conn)) return false;
  for (unsigned line = 0; line < sdp->media_count; ++line)
    if (!namesAddress(sdp->media[line]->conn) || !sendsRtcpToAddress(*sdp->media[line])) return false;
  return true;
}

bool hasIpv4Media(const pjmedia_sdp_session* sdp) {
  for (unsigned line = 0; line < sdp->media_count; ++line) {
    const pjmedia_sdp_media& media = *sdp->media[line];
    const pjmedia_sdp_conn* connection = connectionOf(*sdp, media);
    if (media.desc.port != 0 && connection != nullptr && pj_stricmp2(&connection->addr_type, "IP6") != 0) return true;
  }
  return sdp->media_count == 0;
}

bool hasMediaElsewhere(const pjmedia_sdp_session& sdp, const char* host) {
  return std::any_of(sdp.media, sdp.media + sdp.media_count, [&](const pjmedia_sdp_media* media) {
    const pjmedia_sdp_conn* connection = connectionOf(sdp, *media);
    return media->desc.port != 0 && connection != nullptr && pj_stricmp2(&connection->addr, host) != 0;
  });
}

}  // namespace np
