// Asks the other side of a call whether it is still there.
#pragma once

#include "node/event.h"

namespace np {

class Call;

// Sends OPTIONS within the call (RFC 3261, 11). `request` is settled by the answer: any but 408 and 481 shows that somebody is there who
// knows of the call; where the question could not be sent, nothing is known. Nothing else comes of it: a call that does not answer goes on. Throws InvalidState before it is answered and after
// its end, PjsipFailure.
void probe(const Call& call, Serial request);

}  // namespace np
