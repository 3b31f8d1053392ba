// Checks that every request must pass, whoever sends it.
#pragma once

#include <pjsip.h>

#include "sip/admission/rejections.h"

namespace np {

// Answers a faulty request; true when it has been dealt with.
bool answerFault(pjsip_rx_data* request, Rejections& rejections);

}  // namespace np
