// The audio codecs by the names that SDP has for them.
#pragma once

#include <string>
#include <vector>

namespace np {

// Enables exactly these ('PCMU', 'PCMA', 'G722', 'opus'), the first one first. Throws WrongArgument for an unknown one.
void preferCodecs(const std::vector<std::string>& names);

}  // namespace np
