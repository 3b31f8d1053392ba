// What our requests say beyond what PJSIP puts into them, and when they are not tried again.
#include "base/errors.h"
#include "base/guard.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "sip/call/session_timer.h"

#include <pjsip.h>

namespace np {
namespace {

// Removes the Max-Forwards that PJSIP has put before the given one.
void keepGivenMaxForwards(pjsip_tx_data* invite) {
  const pj_str_t name = pj_str(const_cast<char*>("Max-Forwards"));
  auto* own = static_cast<pjsip_hdr*>(pjsip_msg_find_hdr(invite->msg, PJSIP_H_MAX_FORWARDS, nullptr));
  if (own == nullptr || pjsip_msg_find_hdr_by_name(invite->msg, &name, own->next) == nullptr) return;
  pj_list_erase(own);
  pjsip_tx_data_invalidate_msg(invite);
}

// PJSIP answers every challenge, with an answer for each realm so far, so a server that keeps inventing realms would
// never be done.
bool isChallengedForEver(const pjsip_tx_data* request) {
  constexpr int most = 4;
  int answers = 0;
  const pjsip_hdr* end = &request->msg->hdr;
  for (const pjsip_hdr* header = end->next; header != end; header = header->next)
    if (header->type == PJSIP_H_AUTHORIZATION || header->type == PJSIP_H_PROXY_AUTHORIZATION) ++answers;
  return answers > most;
}

pj_status_t beforeSending(pjsip_tx_data* request) {
  if (isChallengedForEver(request)) return PJSIP_EAUTHSTALECOUNT;
  if (request->msg->line.req.method.id != PJSIP_INVITE_METHOD) return PJ_SUCCESS;
  offerOnlyOwnTimer(request);
  keepGivenMaxForwards(request);
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
