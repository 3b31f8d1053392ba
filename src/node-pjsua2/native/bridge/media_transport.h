// A call's way to its party: RTP and RTCP over UDP.
//
// Strangers are kept out. PJSIP itself takes whoever sends to the port for the peer once the peer is silent, and sends
// him the audio of the call.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// For pjsua's on_create_media_transport: takes the sockets over from PJSIP's transport, which goes on to describe them
// in SDP.
pjmedia_transport* makeMediaTransport(pjsua_call_id call, unsigned line, pjmedia_transport* transport, unsigned flags);

}  // namespace np
