#include "sip/probe.h"

#include "core/endpoint.h"
#include "core/pj.h"

#include <pjsua-lib/pjsua_internal.h>

#include <cstdint>

namespace np {
namespace {

// A hold on a call's dialog.
class LockedDialog {
 public:
  explicit LockedDialog(pjsua_call_id id) {
    if (acquire_call("probe", id, &call_, &dialog_) != PJ_SUCCESS) throw InvalidState("the call has ended");
  }
  ~LockedDialog() { pjsip_dlg_dec_lock(dialog_); }
  LockedDialog(const LockedDialog&) = delete;
  LockedDialog& operator=(const LockedDialog&) = delete;

  pjsip_dialog* get() const { return dialog_; }
  // Whether or not our answer was acknowledged.
  bool answered() const { return call_->inv != nullptr && call_->inv->state >= PJSIP_INV_STATE_CONNECTING; }

 private:
  pjsua_call* call_ = nullptr;
  pjsip_dialog* dialog_ = nullptr;
};

bool showsLife(int status) { return status != PJSIP_SC_REQUEST_TIMEOUT && status != PJSIP_SC_CALL_TSX_DOES_NOT_EXIST; }

void onAnswer(void* token, pjsip_event* event) {
  const auto request = static_cast<Serial>(reinterpret_cast<std::uintptr_t>(token));
  const pjsip_transaction* transaction = event->body.tsx_state.tsx;
  const bool answered = event->body.tsx_state.type == PJSIP_EVENT_RX_MSG;
  if (answered && showsLife(transaction->status_code)) return settle(request);
  settle(request, PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(transaction->status_code), "OPTIONS"));
}

pjsip_tx_data* optionsIn(pjsip_dialog* dialog) {
  pjsip_tx_data* options = nullptr;
  check(pjsip_dlg_create_request(dialog, pjsip_get_options_method(), -1, &options), "pjsip_dlg_create_request");
  pjsip_tx_data_set_transport(options, &dialog->tp_sel);
  if (dialog->via_addr.host.slen > 0) {
    options->via_addr = dialog->via_addr;
    options->via_tp = dialog->via_tp;
  }
  return options;
}

}  // namespace

// Past the INVITE's session, which would end the call when no answer comes.
void probe(pjsua_call_id id, Serial request) {
  pjsip_tx_data* options = nullptr;
  {
    const LockedDialog dialog(id);
    if (!dialog.answered()) throw InvalidState("the call is not answered");
    options = optionsIn(dialog.get());
  }
  void* token = reinterpret_cast<void*>(static_cast<std::uintptr_t>(request));
  check(pjsip_endpt_send_request(pjsua_get_pjsip_endpt(), options, -1, token, onAnswer), "pjsip_endpt_send_request");
}

}  // namespace np
