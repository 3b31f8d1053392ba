// Sits between a leg's stream and its media transport: the leg's packets pass through here, decrypted, both ways.
#pragma once

#include "media/rtp/rtp_leg.h"

#include <pjsua-lib/pjsua.h>

#include <memory>

namespace np {

// For pjsua's on_stream_precreate and on_stream_created: between the two, the stream gets a transport that the leg's
// packets pass through. It lives as long as the transport below it.
void insertLeg(pjsua_call_id call, unsigned line, const std::shared_ptr<RtpLeg>& leg);
void openLeg(pjsua_call_id call, unsigned line, pjmedia_stream* stream);

}  // namespace np
