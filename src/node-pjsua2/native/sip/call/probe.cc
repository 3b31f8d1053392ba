#include "sip/call/probe.h"

#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "sip/call/call.h"
#include "sip/call/held_call.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>

namespace np {
namespace {

// True even before our answer is acknowledged.
bool isAnswered(pjsip_dialog* dialog) {
  const pjsip_inv_session* session = pjsip_dlg_get_inv_session(dialog);
  return session != nullptr && session->state >= PJSIP_INV_STATE_CONNECTING;
}

bool showsLife(int status) { return status != PJSIP_SC_REQUEST_TIMEOUT && status != PJSIP_SC_CALL_TSX_DOES_NOT_EXIST; }

void onAnswer(void* token, pjsip_event* event) {
  const auto request = static_cast<Serial>(reinterpret_cast<std::uintptr_t>(token));
  const pjsip_transaction* transaction = event->body.tsx_state.tsx;
  const bool answered = event->body.tsx_state.type == PJSIP_EVENT_RX_MSG;
  const int status = transaction->status_code;
  if (answered && showsLife(status)) return settle(request);
  settle(request,
         PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(status), showsLife(status) ? "pjsip_endpt_send_request" : "OPTIONS"));
}

pjsip_tx_data* optionsIn(pjsip_dialog* dialog) {
  pjsip_tx_data* options = nullptr;
  check(pjsip_dlg_create_request(dialog, pjsip_get_options_method(), -1, &options), "pjsip_dlg_create_request");
  pjsip_tx_data_set_transport(options, &dialog->tp_sel);
  if (dialog->via_addr.host.slen > 0) {
    // The dialog may be gone by the time this is sent.
    pj_strdup(options->pool, &options->via_addr.host, &dialog->via_addr.host);
    options->via_addr.port = dialog->via_addr.port;
    options->via_tp = dialog->via_tp;
  }
  return options;
}

void send(pjsip_tx_data* options, int timeoutMs, Serial request) {
  void* token = reinterpret_cast<void*>(static_cast<std::uintptr_t>(request));
  check(pjsip_endpt_send_request(pjsua_get_pjsip_endpt(), options, timeoutMs, token, guarded<onAnswer>),
        "pjsip_endpt_send_request");
}

}  // namespace

void probe(pjsua_acc_id account, const std::string& uri, Serial request) {
  // By then it has been sent four times (RFC 3261, 17.1.2.2).
  constexpr int patienceMs = 8000;
  const pj_str_t target = borrow(uri);
  pjsip_tx_data* options = nullptr;
  check(pjsua_acc_create_request(account, pjsip_get_options_method(), &target, &options), "pjsua_acc_create_request");
  send(options, patienceMs, request);
}

// Bypasses the INVITE session, which would end the call when no answer comes.
void probe(const Call& call, Serial request) {
  pjsip_tx_data* options = nullptr;
  {
    const HeldCall held(call);
    if (!isAnswered(held.dialog())) throw InvalidState("the call is not answered");
    options = optionsIn(held.dialog());
  }
  send(options, -1, request);
}

}  // namespace np
