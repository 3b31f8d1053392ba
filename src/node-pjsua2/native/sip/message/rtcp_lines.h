// Where the other side wants reports on the media (RTCP), in SDP that was received (RFC 3605).
#pragma once

#include <pjsip.h>

namespace np {

// Takes out of the SDP of a message that RTCP is wanted over IPv6, for which PJSIP would refuse media over IPv4, even
// once the call is picked up. The reports then go where they go without such a line.
void ignoreRtcpOverIpv6(pjsip_rx_data* message);

}  // namespace np
