// How long a request asks for something to last.
#pragma once

#include <pjsip.h>

#include <optional>

namespace np {

// The seconds in its Expires field.
std::optional<unsigned> expiresIn(const pjsip_msg* message);

// PJSIP reads a malformed value as zero, which would unregister the phone, and keeps only the last 32 bits of one that
// is too large; both must count as absent (RFC 3261, 10.3 and 20.19).
bool hasMalformedExpires(const pjsip_rx_data* request);

}  // namespace np
