// Which telephone-events an answer may name (RFC 4733, 2.5.1).
#pragma once

#include <pjmedia/sdp.h>

namespace np {

// Lets every description of ours name the sixteen keys, and an answer no more of them than the offer has; `offer` is
// null for an offer of ours. PJMEDIA would name the flash too, which nobody here knows what to do with.
void nameKeyEvents(pjmedia_sdp_session* ours, const pjmedia_sdp_session* offer, pj_pool_t* pool);

}  // namespace np
