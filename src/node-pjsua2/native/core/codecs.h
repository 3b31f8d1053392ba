// The audio codecs, by their names in SDP.
#pragma once

#include <string>
#include <vector>

namespace np {

// Enables exactly these ('PCMU', 'PCMA', 'G722', 'opus'), in order of preference. Throws WrongArgument for an unknown
// one.
void preferCodecs(const std::vector<std::string>& names);

}  // namespace np
