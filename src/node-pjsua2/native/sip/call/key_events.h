// Which telephone-events an answer may name (RFC 4733, 2.5.1).
#pragma once

#include <pjmedia/sdp.h>

namespace np {

// Makes our SDP list the sixteen keys, but an answer only those that the offer has; `offer` is null when ours is the
// offer. PJMEDIA would also list the flash, which we do not support.
void nameKeyEvents(pjmedia_sdp_session* ours, const pjmedia_sdp_session* offer, pj_pool_t* pool);

}  // namespace np
