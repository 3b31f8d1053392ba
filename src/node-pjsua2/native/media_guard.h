// Keeps strangers out of a call's audio. PJSIP itself takes whoever sends to the port for the peer once the peer is silent, and
// sends him the audio of the call.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// Puts a guard before the media transport of a call: pjsua's on_create_media_transport.
pjmedia_transport* guardMedia(pjsua_call_id call, unsigned line, pjmedia_transport* transport, unsigned flags);

}  // namespace np
