#include "sip/message/rtcp_lines.h"

#include <pjmedia/sdp.h>
#include <pjsip_ua.h>

#include <string_view>

namespace np {
namespace {

constexpr std::string_view line = "a=rtcp:";

bool isOverIpv6(const pjmedia_sdp_attr& attribute) {
  pjmedia_sdp_rtcp_attr rtcp;
  pj_in6_addr address;
  return pjmedia_sdp_attr_get_rtcp(&attribute, &rtcp) == PJ_SUCCESS && rtcp.addr.slen > 0 &&
         pj_inet_pton(PJ_AF_INET6, &rtcp.addr, &address) == PJ_SUCCESS;
}

}  // namespace

void ignoreRtcpOverIpv6(pjsip_rx_data* message) {
  // Few have it, and the others' need not be read twice.
  const std::string_view text(message->msg_info.msg_buf, static_cast<std::size_t>(message->msg_info.len));
  if (text.find(line) == std::string_view::npos) return;
  const pjsip_rdata_sdp_info* body = pjsip_rdata_get_sdp_info(message);
  if (body == nullptr || body->sdp == nullptr) return;
  for (unsigned i = 0; i < body->sdp->media_count; ++i) {
    pjmedia_sdp_media* media = body->sdp->media[i];
    // Behind one that is taken out, PJSIP finds the next.
    for (unsigned j = media->attr_count; j-- > 0;) {
      pjmedia_sdp_attr* attribute = media->attr[j];
      if (pj_strcmp2(&attribute->name, "rtcp") == 0 && isOverIpv6(*attribute))
        pjmedia_sdp_media_remove_attr(media, attribute);
    }
  }
}

}  // namespace np
