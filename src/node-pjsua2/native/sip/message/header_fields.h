// The headers of a message as text, for JavaScript.
#pragma once

#include "base/event.h"

#include <pjsip.h>

#include <string>
#include <string_view>

namespace np {

std::string lowercase(std::string text);

// The headers whose lower-case name is wanted, every occurrence of them, under that name. A header beyond 2,000 octets
// has an empty value.
Fields headersIn(const pjsip_msg* message, bool (*isWanted)(std::string_view));

}  // namespace np
