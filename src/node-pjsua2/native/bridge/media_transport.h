// The UDP sockets of a call's RTP and RTCP.
//
// Keeps strangers out: PJSIP itself, once the peer is silent, would take whoever sends to the port for the peer and
// send the call's audio there.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// For pjsua's on_create_media_transport: takes the sockets over from PJSIP's transport, which goes on to describe them
// in SDP.
pjmedia_transport* makeMediaTransport(pjsua_call_id call, unsigned line, pjmedia_transport* transport, unsigned flags);

}  // namespace np
