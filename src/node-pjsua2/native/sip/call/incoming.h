// What an INVITE says about its caller, for JavaScript.
#pragma once

#include "base/event.h"
#include "sip/admission/admission.h"

#include <pjsip.h>

namespace np {

// The fields of the 'incomingCall' event. `origin` is on whose authority it was admitted.
Fields describeIncoming(const pjsip_rx_data* invite, const Origin& origin);

}  // namespace np
