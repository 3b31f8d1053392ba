// Turns PJSIP's log into events.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

pjsua_logging_config loggingConfig(unsigned level);

}  // namespace np
