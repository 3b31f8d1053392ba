// Between a leg's stream and its media transport: the leg's packets pass here, deciphered, on their way in and out.
#pragma once

#include "media/rtp/rtp_leg.h"

#include <pjsua-lib/pjsua.h>

#include <memory>

namespace np {

// For pjsua's on_stream_precreate and on_stream_created: between them, the stream's transport is one that the leg's
// packets pass. It lives as long as the transport below.
void insertLeg(pjsua_call_id call, unsigned line, const std::shared_ptr<RtpLeg>& leg);
void openLeg(pjsua_call_id call, unsigned line, pjmedia_stream* stream);

}  // namespace np
