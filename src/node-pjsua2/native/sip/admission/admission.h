// Decides what may enter from outside a dialog, before pjsua sees it.
#pragma once

#include <pjsip.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/event.h"
#include "sip/admission/leg_shares.h"
#include "sip/admission/peers.h"

namespace np {

class Registrar;

// On whose authority a call was admitted.
struct Origin {
  enum class Kind { user, account, peer };
  Kind kind;
  // The authenticated user or the name of the peer; empty for an account.
  std::string name;
  // The account whose contact was called; 0 otherwise.
  Serial account = 0;
  // Whether what we send reaches it: it has answered a nonce, knows a token, or has a connection. An address on a datagram is a claim.
  bool proven = false;
  // Whether one of our users dials an emergency number.
  Urgency urgency = Urgency::usual;
};

// The origin of an INVITE that was admitted. Nothing for any other message.
std::optional<Origin> admittedOrigin(const pjsip_rx_data* message);

// Names each origin once.
std::string ownerOf(const Origin& origin);

void setPeers(Peers peers);

// Numbers whose calls may use what is kept in reserve, as they are dialled.
void setEmergencyNumbers(std::set<std::string> numbers);

// The registrar whose users may call; null for none. Throws InvalidState when there is one already.
void openRegistrar(std::shared_ptr<Registrar> registrar);
// Null when the registrar with this serial is closed.
std::shared_ptr<Registrar> openedRegistrar(Serial serial);
// The registrar with this serial, out of service; null when it is closed already.
std::shared_ptr<Registrar> withdrawRegistrar(Serial serial);

}  // namespace np
