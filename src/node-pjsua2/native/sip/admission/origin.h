// On whose authority a call was admitted.
#pragma once

#include <pjsip.h>

#include <optional>
#include <string>

#include "base/event.h"
#include "sip/admission/leg_shares.h"
#include "sip/call/encryption.h"

namespace np {

struct Origin {
  enum class Kind { user, account, peer };
  Kind kind;
  // The authenticated user or the name of the peer; empty for an account.
  std::string name;
  // The account whose contact was called; 0 otherwise.
  Serial account = 0;
  // Whether what we send reaches it: it has answered a nonce, knows a token, or has a connection. The address of a
  // datagram proves nothing.
  bool proven = false;
  // Whether one of our users dials an emergency number.
  Urgency urgency = Urgency::usual;
  Encryption encryption = Encryption::off;
};

// The origin of an INVITE that was admitted. Nothing for any other message.
std::optional<Origin> admittedOrigin(const pjsip_rx_data* message);

// A unique name for each origin.
std::string ownerOf(const Origin& origin);

// Sets the module in whose slot an INVITE keeps its origin.
void keepOriginsAt(int moduleId);
void keepOrigin(pjsip_rx_data* invite, const Origin& origin);

}  // namespace np
