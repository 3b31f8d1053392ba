// Asks a phone, or the other side of a call, whether it is still there.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <string>

namespace np {

class Call;

// Sends OPTIONS within the call (RFC 3261, 11) and settles `request` with the answer: any but 408 and 481 shows that
// the other side still knows the call, whereas a failure to send shows nothing. The call goes on even without an
// answer. Throws InvalidState before the call is answered and after its end, PjsipFailure.
void probe(const Call& call, Serial request);

// Sends OPTIONS to a SIP URI and settles `request` as above, within 8 s. Throws PjsipFailure.
void probe(pjsua_acc_id account, const std::string& uri, Serial request);

}  // namespace np
