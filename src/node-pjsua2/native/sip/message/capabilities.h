// What this endpoint understands, and the answers to requests that ask for it or for something else.
#pragma once

#include <pjsip.h>

namespace np {

class ExtraHeaders;

// PJSIP announces what it could do; this leaves what is done here. Once, when all of its modules are there.
void announceCapabilities(pjsip_endpoint* sip, bool transfers);

// The answer to an OPTIONS (RFC 3261, 11.2), or to a request that is not taken: 405 when its method is known, else 501.
// Returns the status and adds its headers. `registers`: whether a REGISTER would be taken, too.
int describeCapabilities(const pjsip_rx_data* request, ExtraHeaders& headers, bool registers = false);

}  // namespace np
