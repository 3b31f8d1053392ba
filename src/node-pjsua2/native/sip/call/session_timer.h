// Session timers (RFC 4028) end a call whose refresh is not answered, which no emergency call may be.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// The INVITE reads as if its sender knew no timer; an answer without one then means that the call has none (RFC
// 4028, 7.2).
void ignoreSessionTimer(pjsip_msg* invite);

// An INVITE that begins no timer does not say that we would take part in one: who answers would count on our refreshes.
void offerOnlyOwnTimer(pjsip_tx_data* invite);

}  // namespace np
