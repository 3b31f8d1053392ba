// Answers or admits requests from outside a dialog.
#pragma once

#include <pjsip.h>

#include "sip/admission/callers.h"
#include "sip/admission/connections.h"
#include "sip/admission/rejections.h"

namespace np {

// Thread-safe.
class Requests {
 public:
  Requests(Callers& callers, Connections& connections, Rejections& rejections)
      : callers_(callers), connections_(connections), rejections_(rejections) {}

  // True when the request has been dealt with; an INVITE that is admitted goes on.
  bool answer(pjsip_rx_data* request);

 private:
  bool onInvite(pjsip_rx_data* request);
  bool hasRoomFor(pjsip_rx_data* request, const Origin& origin);
  void onRegister(pjsip_rx_data* request);
  void onSubscribe(pjsip_rx_data* request);
  void onOther(pjsip_rx_data* request);

  Callers& callers_;
  Connections& connections_;
  Rejections& rejections_;
};

}  // namespace np
