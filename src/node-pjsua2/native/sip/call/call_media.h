// The audio of a call: its slot in the bridge, codec, direction and statistics.
#pragma once

#include "base/event.h"
#include "media/rtp/rtp_sender.h"

#include <pjsua-lib/pjsua.h>

#include <optional>
#include <string>
#include <vector>

namespace np {

class Call;

// The call's slot in the bridge; nothing while it has no audio.
std::optional<pjsua_conf_port_id> audioSlot(pjsua_call_id id);

// The fields of the 'media' event. Only in PJSIP's callbacks, because it reads the dialog.
Fields describeMedia(pjsua_call_id id);

// Whether the other side need not send, because one side holds the call or it only listens. Only in PJSIP's callbacks.
bool mayBeSilent(pjsua_call_id id);

// Packets, loss and jitter of the call's audio so far; undefined while it has none.
Value mediaStatistics(pjsua_call_id id, const RtpSender& sender);

bool offersAny(const pjmedia_sdp_session* offer, const std::vector<std::string>& codecs);

// Reduces an offer of ours to these codecs, in this order, and telephone-event.
void restrictCodecs(pjmedia_sdp_session* sdp, const std::vector<std::string>& codecs);

}  // namespace np
