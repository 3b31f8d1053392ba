// A call or a dialog that cannot end, and whose slot in PJSUA cannot become another call's, as long as this lives.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <memory>
#include <string_view>

namespace np {

class Call;

// For a thread that comes from outside. Takes the lock of the call's dialog, as PJSUA's own functions do, which may be
// called meanwhile.
class HeldCall {
 public:
  // Throws InvalidState when the call is over, PjsipFailure when the lock is not to be had.
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

// A dialog that may be that of a call, or of one that is over: it lives on until its last transaction does.
class HeldDialog {
 public:
  // The one that a request belongs to.
  explicit HeldDialog(const pjsip_rx_data* request);
  HeldDialog(std::string_view callId, std::string_view localTag, std::string_view remoteTag);
  ~HeldDialog();
  HeldDialog(const HeldDialog&) = delete;
  HeldDialog& operator=(const HeldDialog&) = delete;

  // Null when there is none.
  pjsip_dialog* get() const { return dialog_; }

  // Null when it is over, or was none of a call.
  pjsip_inv_session* session() const;

  // Null also when it is over for JavaScript already.
  std::shared_ptr<Call> call() const;

 private:
  pjsip_dialog* dialog_;
};

}  // namespace np
