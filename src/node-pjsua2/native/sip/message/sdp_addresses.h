// The addresses that SDP names for media.
#pragma once

#include <pjmedia/sdp.h>

namespace np {

// Whether the text is an IPv4 or IPv6 address rather than a host name.
bool isAddress(const pj_str_t& text);

// False when c= or a=rtcp names a host instead of an address: looking it up would make all other calls wait for the
// name server.
bool namesAddressesOnly(const pjmedia_sdp_session* sdp);

// Whether any of its media can be reached over IPv4, which is all we support.
bool hasIpv4Media(const pjmedia_sdp_session* sdp);

// Whether any of its media is at another host than this one.
bool hasMediaElsewhere(const pjmedia_sdp_session& sdp, const char* host);

}  // namespace np
