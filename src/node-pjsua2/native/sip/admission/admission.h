// Decides what may enter from outside a dialog, before pjsua sees it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "base/event.h"
#include "sip/admission/origin.h"
#include "sip/admission/peers.h"

namespace np {

class Registrar;

void setPeers(Peers peers);

// Numbers, as dialled, whose calls may use the reserve.
void setEmergencyNumbers(std::set<std::string> numbers);

// The registrar whose users may call; null for none. Throws InvalidState when there is one already.
void openRegistrar(std::shared_ptr<Registrar> registrar);
// Null when the registrar with this serial is closed.
std::shared_ptr<Registrar> openedRegistrar(Serial serial);
// Takes the registrar with this serial out of service and returns it; null when it is closed already.
std::shared_ptr<Registrar> withdrawRegistrar(Serial serial);

}  // namespace np
