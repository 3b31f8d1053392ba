// Why a call ended, for JavaScript.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <optional>
#include <string>

namespace np {

// The value of the Reason header (RFC 3326) in a message, if any.
std::optional<std::string> reasonIn(const pjsip_msg* message);

// The fields of the 'ended' event. `event` is the one with which pjsua reports the end, `reasonHeader` what a CANCEL or
// BYE before it said.
Fields describeEnd(pjsua_call_id id, const pjsip_event* event, const std::optional<std::string>& reasonHeader);

}  // namespace np
