// The UDP sockets of a call's RTP and RTCP.
//
// Keeps strangers out: once the peer is silent, PJSIP itself would accept anyone who sends to the port as the peer, and
// send them the call's audio.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// For pjsua's on_create_media_transport: takes over the sockets of PJSIP's transport, which still describes them in
// SDP.
pjmedia_transport* makeMediaTransport(pjsua_call_id call, unsigned line, pjmedia_transport* transport, unsigned flags);

}  // namespace np
