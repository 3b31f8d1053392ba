#include "sip/call/held_call.h"

#include "base/errors.h"
#include "base/pj.h"
#include "core/pjsua_internals.h"
#include "sip/call/call.h"

#include <string>

namespace np {

HeldCall::HeldCall(const Call& call) : id_(call.id()) {
  const LockedCall locked = lockCall(id_);
  if (locked.status == PJSIP_ESESSIONTERMINATED) throw InvalidState("the call has ended");
  check(locked.status, "acquire_call");
  dialog_ = locked.dialog;
  if (locked.userData == call.serial) return;
  pjsip_dlg_dec_lock(dialog_);
  throw InvalidState("the call has ended");
}

HeldCall::~HeldCall() { pjsip_dlg_dec_lock(dialog_); }

HeldDialog::HeldDialog(const pjsip_rx_data* request)
    : HeldDialog(view(request->msg_info.cid->id), view(request->msg_info.to->tag), view(request->msg_info.from->tag)) {}

HeldDialog::HeldDialog(std::string_view callId, std::string_view localTag, std::string_view remoteTag) {
  const std::string id(callId), local(localTag), remote(remoteTag);
  const pj_str_t texts[] = {borrow(id), borrow(local), borrow(remote)};
  dialog_ = pjsip_ua_find_dialog(&texts[0], &texts[1], &texts[2], PJ_TRUE);
}

HeldDialog::~HeldDialog() {
  if (dialog_ != nullptr) pjsip_dlg_dec_lock(dialog_);
}

pjsip_inv_session* HeldDialog::session() const {
  pjsip_inv_session* session = dialog_ == nullptr ? nullptr : pjsip_dlg_get_inv_session(dialog_);
  return session != nullptr && session->state < PJSIP_INV_STATE_DISCONNECTED ? session : nullptr;
}

std::shared_ptr<Call> HeldDialog::call() const {
  const pjsip_inv_session* living = session();
  if (living == nullptr) return nullptr;
  const auto slot = slotOf(living);
  return slot ? Call::of(*slot) : nullptr;
}

}  // namespace np
