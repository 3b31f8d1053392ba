// What this endpoint supports, and the answers to OPTIONS and to unsupported methods.
#pragma once

#include <pjsip.h>

namespace np {

class ExtraHeaders;

// PJSIP announces everything it can do; this reduces that to what we support. To be called once, when all PJSIP modules
// are registered.
void announceCapabilities(pjsip_endpoint* sip, bool transfers);

// Returns the status for an OPTIONS (RFC 3261, 11.2) or for an unsupported method (405 when it is known, otherwise 501)
// and adds the headers. `registers`: whether REGISTER is accepted too.
int describeCapabilities(const pjsip_rx_data* request, ExtraHeaders& headers, bool registers = false);

}  // namespace np
