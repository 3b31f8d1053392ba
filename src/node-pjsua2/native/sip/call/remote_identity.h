// Who the other side says it is after the INVITE that began the call: in a response to it (RFC 3325), or in a re-INVITE
// or UPDATE (RFC 4916) when a provider has forwarded the call to somebody else.
#pragma once

#include "base/event.h"

#include <pjsip.h>

#include <optional>
#include <string>

namespace np {

// Used on PJSIP's threads only, under the lock of the call's dialog.
class RemoteIdentity {
 public:
  // Takes what the other side's INVITE said as already known.
  void begin(const pjsip_rx_data* invite);

  // The fields of the 'identified' event if a message within the call says anything new. `remote` is who the dialog
  // began with.
  std::optional<Fields> newsIn(const pjsip_rx_data* message, const pjsip_uri* remote);

 private:
  std::string from_;  // as last stated
  std::string told_;
};

}  // namespace np
