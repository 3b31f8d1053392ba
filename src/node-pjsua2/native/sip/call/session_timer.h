// Session timers (RFC 4028) end a call when a refresh is not answered, which must never happen to an emergency call.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// Makes the INVITE read as if its sender did not support timers; an answer without one then means that the call has
// none (RFC 4028, 7.2).
void ignoreSessionTimer(pjsip_msg* invite);

// Keeps an INVITE that starts no timer from saying that we support them: the other side would count on our refreshes.
void offerOnlyOwnTimer(pjsip_tx_data* invite);

}  // namespace np
