// What no request may be or lack, whoever sends it.
#pragma once

#include <pjsip.h>

#include "sip/admission/rejections.h"

namespace np {

// Answers a request that is at fault; true when it is dealt with.
bool answerFault(pjsip_rx_data* request, Rejections& rejections);

}  // namespace np
