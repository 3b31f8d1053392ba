// The functions that the endpoint calls to start and stop its parts.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// Each part sets the callbacks that it handles.
void installCallCallbacks(pjsua_callback& callbacks);
void installConferenceCallbacks(pjsua_callback& callbacks);
void installAccountCallbacks(pjsua_callback& callbacks);
void installAdmissionCallbacks(pjsua_callback& callbacks);

// Before any transport listens.
void installTlsHooks();

// Registers the part's pjsip modules: after pjsua_init, before any transport listens. Throws PjsipFailure.
void startAdmission(pjsip_endpoint* sip);
void startDialogRequests(pjsip_endpoint* sip);
void startOutgoingRequests(pjsip_endpoint* sip);

// Stops the part after the last call has ended, while the transports are still open, before pjsua_destroy. Runs on the
// closing thread, also after a start that failed half-way.
void stopAccounts();
void stopAdmission(pjsip_endpoint* sip);

}  // namespace np
