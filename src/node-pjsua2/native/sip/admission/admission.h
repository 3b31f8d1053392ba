// Decides what may enter from outside a dialog, before pjsua sees it.
#pragma once

#include <pj/ssl_sock.h>

#include <memory>
#include <set>
#include <string>

#include "base/event.h"
#include "sip/admission/origin.h"
#include "sip/admission/peers.h"

namespace np {

class Registrar;

void setPeers(Peers peers);

// A client begins a TLS handshake; false to refuse it. It is over, for better or worse.
bool admitHandshake(pj_ssl_sock_t* socket, const pj_sockaddr& remote);
void endHandshake(pj_ssl_sock_t* socket);

// A handshake with this address has failed.
void reportFailedHandshake(const pj_sockaddr& remote);

// Numbers, as dialled, whose calls may use the reserve.
void setEmergencyNumbers(std::set<std::string> numbers);

// The registrar whose users may call; null for none. Throws InvalidState when there is one already.
void openRegistrar(std::shared_ptr<Registrar> registrar);
// Null when the registrar with this serial is closed.
std::shared_ptr<Registrar> openedRegistrar(Serial serial);
// Takes the registrar with this serial out of service and returns it; null when it is closed already.
std::shared_ptr<Registrar> withdrawRegistrar(Serial serial);

}  // namespace np
