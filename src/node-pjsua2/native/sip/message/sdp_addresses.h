// Where SDP says that media goes.
#pragma once

#include <pjmedia/sdp.h>

namespace np {

// Whether the text is an IPv4 or IPv6 address, and no name.
bool isAddress(const pj_str_t& text);

// False where a host is named that would have to be looked up: c= and a=rtcp must be addresses. Nobody else waits for a
// nameserver.
bool namesAddressesOnly(const pjmedia_sdp_session* sdp);

// Whether any of its media can be sent to over IPv4, which is all that is spoken here.
bool hasIpv4Media(const pjmedia_sdp_session* sdp);

}  // namespace np
