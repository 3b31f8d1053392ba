// The headers of a message as text, for JavaScript.
#pragma once

#include "base/event.h"

#include <pjsip.h>

#include <string>
#include <string_view>

namespace np {

std::string lowercase(std::string text);

// By lower-case name, each as often as it stands in the message: those whose name, in lower case, is wanted. One beyond
// 2,000 octets has an empty value.
Fields headersIn(const pjsip_msg* message, bool (*isWanted)(std::string_view));

}  // namespace np
