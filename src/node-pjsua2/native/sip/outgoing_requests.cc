// What an INVITE of ours says beside what PJSIP puts into it.
#include "core/endpoint.h"
#include "core/errors.h"
#include "core/guard.h"
#include "core/hooks.h"
#include "sip/session_timer.h"

#include <pjsip.h>

namespace np {
namespace {

pj_status_t beforeSending(pjsip_tx_data* request) {
  if (request->msg->line.req.method.id == PJSIP_INVITE_METHOD) offerOnlyOwnTimer(request);
  return PJ_SUCCESS;
}

pjsip_module outgoingModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("outgoing-requests"), 17};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_APPLICATION;
  module.on_tx_request = guarded<beforeSending, PJ_SUCCESS>;
  return module;
}();

}  // namespace

void startOutgoingRequests(pjsip_endpoint* sip) {
  outgoingModule.id = -1;
  check(pjsip_endpt_register_module(sip, &outgoingModule), "pjsip_endpt_register_module");
}

}  // namespace np
