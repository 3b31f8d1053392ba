// Asks a phone, or the other side of a call, whether it is still there.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <string>

namespace np {

class Call;

// Sends OPTIONS within the call (RFC 3261, 11). `request` is settled by the answer: any but 408 and 481 shows that
// somebody is there who knows of the call; where the question could not be sent, nothing is known. Nothing else comes
// of it: a call that does not answer goes on. Throws InvalidState before it is answered and after its end,
// PjsipFailure.
void probe(const Call& call, Serial request);

// Sends OPTIONS to a SIP URI. `request` is settled by the answer, as above, within 8 s. Throws PjsipFailure.
void probe(pjsua_acc_id account, const std::string& uri, Serial request);

}  // namespace np
