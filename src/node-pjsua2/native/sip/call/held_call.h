// Holds a call or dialog: for as long as this lives, it cannot end, nor can its slot in PJSUA become another call's.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <memory>
#include <string_view>

namespace np {

class Call;

// For threads other than PJSIP's. Takes the lock of the call's dialog, as PJSUA's own functions do; these may be called
// meanwhile.
class HeldCall {
 public:
  // Throws InvalidState when the call is over, PjsipFailure when the lock cannot be taken.
  explicit HeldCall(const Call& call);
  ~HeldCall();
  HeldCall(const HeldCall&) = delete;
  HeldCall& operator=(const HeldCall&) = delete;

  pjsua_call_id id() const { return id_; }
  pjsip_dialog* dialog() const { return dialog_; }

 private:
  pjsua_call_id id_;
  pjsip_dialog* dialog_ = nullptr;
};

// A dialog, whose call may be over already: it lives on until its last transaction ends.
class HeldDialog {
 public:
  // The dialog that a request belongs to.
  explicit HeldDialog(const pjsip_rx_data* request);
  HeldDialog(std::string_view callId, std::string_view localTag, std::string_view remoteTag);
  ~HeldDialog();
  HeldDialog(const HeldDialog&) = delete;
  HeldDialog& operator=(const HeldDialog&) = delete;

  // Null when there is none.
  pjsip_dialog* get() const { return dialog_; }

  // Null when the call is over or the dialog never belonged to one.
  pjsip_inv_session* session() const;

  // Null also when the call is already over for JavaScript.
  std::shared_ptr<Call> call() const;

 private:
  pjsip_dialog* dialog_;
};

}  // namespace np
