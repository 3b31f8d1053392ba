// Who the other side says it is, after the INVITE that began the call: in an answer to it (RFC 3325), or in a re-INVITE
// or UPDATE (RFC 4916), when a provider has sent the call on to somebody else.
#pragma once

#include "base/event.h"

#include <pjsip.h>

#include <optional>
#include <string>

namespace np {

// Used on PJSIP's threads only, under the lock of the call's dialog.
class RemoteIdentity {
 public:
  // What the INVITE of the other side has said is known.
  void begin(const pjsip_rx_data* invite);

  // The fields of the 'identified' event: what a message within the call says, if that is news. `remote` is who the
  // dialog began with.
  std::optional<Fields> newsIn(const pjsip_rx_data* message, const pjsip_uri* remote);

 private:
  std::string from_;  // as it was last said
  std::string told_;
};

}  // namespace np
