#include "sip/notification/notify_request.h"

#include <pjsua-lib/pjsua.h>

#include "base/errors.h"
#include "base/pj.h"
#include "sip/message/message.h"

namespace np {

pjsip_tx_data* notifyFor(const WatcherAddress& address, int sequence, const std::string& state,
                         const Content* content) {
  const pj_str_t target = borrow(address.target), from = borrow(address.from), to = borrow(address.to);
  const pj_str_t contact = borrow(address.contact), callId = borrow(address.dialog.callId);
  pjsip_tx_data* notify = nullptr;
  check(pjsip_endpt_create_request(pjsua_get_pjsip_endpt(), &notifyMethod, &target, &from, &to, &contact, &callId,
                                   sequence, nullptr, &notify),
        "pjsip_endpt_create_request");
  PJSIP_MSG_FROM_HDR(notify->msg)->tag = duplicated(notify->pool, address.dialog.ours);
  PJSIP_MSG_TO_HDR(notify->msg)->tag = duplicated(notify->pool, address.dialog.theirs);
  addHeader(*notify, "Event", address.event);
  addHeader(*notify, "Subscription-State", state);
  if (content != nullptr) {
    const pj_str_t type = borrow(content->type), subtype = borrow(content->subtype), text = borrow(content->text);
    notify->msg->body = pjsip_msg_body_create(notify->pool, &type, &subtype, &text);
  }
  pjsip_tpselector selector{};
  selector.type = PJSIP_TPSELECTOR_TRANSPORT;
  selector.u.transport = address.transport.get();
  pjsip_tx_data_set_transport(notify, &selector);
  return notify;
}

}  // namespace np
