// Where the parts with a life of their own join the endpoint's start and stop.
#pragma once

#include <pjsua-lib/pjsua.h>

namespace np {

// Each part sets the callbacks it handles.
void installCallCallbacks(pjsua_callback& callbacks);
void installConferenceCallbacks(pjsua_callback& callbacks);
void installAccountCallbacks(pjsua_callback& callbacks);
void installAdmissionCallbacks(pjsua_callback& callbacks);

// Registers the part's pjsip modules: after pjsua_init, before any transport listens. Throws PjsipFailure.
void startAdmission(pjsip_endpoint* sip);
void startDialogRequests(pjsip_endpoint* sip);
void startOutgoingRequests(pjsip_endpoint* sip);

// Ends the part: the calls are over, the transports still open, pjsua_destroy comes next. Runs on the closing thread;
// must be legal after a start that failed half-way.
void stopAccounts();
void stopAdmission(pjsip_endpoint* sip);

}  // namespace np
