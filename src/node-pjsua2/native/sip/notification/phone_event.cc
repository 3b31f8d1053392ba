#include "sip/notification/phone_event.h"

#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "node/handles.h"
#include "sip/authentication/digest.h"
#include "sip/message/message.h"
#include "sip/notification/notify_request.h"

#include <pjsip/sip_auth.h>

#include <cstdint>
#include <utility>

namespace np {
namespace {

// Those that the phone has not answered yet, by their requests.
Registry<PhoneEvent> unanswered{"phone event"};

// By then it has been sent four times (RFC 3261, 17.1.2.2).
constexpr int patienceMs = 8000;

void onAnswer(void* token, pjsip_event* event);

void send(pjsip_tx_data* notify, Serial request) {
  void* token = reinterpret_cast<void*>(static_cast<std::uintptr_t>(request));
  check(pjsip_endpt_send_request(pjsua_get_pjsip_endpt(), notify, patienceMs, token, guarded<onAnswer>),
        "pjsip_endpt_send_request");
}

// The same request with an answer to the challenge; null when there is none.
pjsip_tx_data* proven(const PhoneEvent& told, const pjsip_event& event) {
  pjsip_cred_info credential{};
  credential.realm = pj_str(const_cast<char*>("*"));
  credential.scheme = pj_str(const_cast<char*>("digest"));
  credential.username = borrow(told.username);
  credential.data_type = PJSIP_CRED_DATA_PLAIN_PASSWD;
  credential.data = borrow(told.password);
  const Pool pool(pjsua_pool_create("phone event", 1000, 1000));
  pjsip_auth_clt_sess session;
  check(pjsip_auth_clt_init(&session, pjsua_get_pjsip_endpt(), pool.get(), 0), "pjsip_auth_clt_init");
  pjsip_tx_data* again = nullptr;
  const auto& [rx, tsx] = std::pair(event.body.tsx_state.src.rdata, event.body.tsx_state.tsx);
  const bool isAnswered = pjsip_auth_clt_set_credentials(&session, 1, &credential) == PJ_SUCCESS &&
                          pjsip_auth_clt_reinit_req(&session, rx, tsx->last_tx, &again) == PJ_SUCCESS;
  pjsip_auth_clt_deinit(&session);
  if (!isAnswered) return nullptr;
  ++static_cast<pjsip_cseq_hdr*>(pjsip_msg_find_hdr(again->msg, PJSIP_H_CSEQ, nullptr))->cseq;
  return again;
}

void onAnswer(void* token, pjsip_event* event) {
  const auto request = static_cast<Serial>(reinterpret_cast<std::uintptr_t>(token));
  const int status = event->body.tsx_state.tsx->status_code;
  const bool isAnswered = event->body.tsx_state.type == PJSIP_EVENT_RX_MSG;
  const bool isChallenged = status == PJSIP_SC_UNAUTHORIZED || status == PJSIP_SC_PROXY_AUTHENTICATION_REQUIRED;
  // Gone after the first challenge: a phone that asks again does not take the answer.
  const auto told = unanswered.remove(request);
  pjsip_tx_data* again = isAnswered && isChallenged && told ? proven(*told, *event) : nullptr;
  if (again != nullptr) {
    try {
      return send(again, request);
    } catch (const PjsipFailure& failure) {
      return settle(request, failure);
    }
  }
  if (isAnswered && status < PJSIP_SC_MULTIPLE_CHOICES) return settle(request);
  settle(request, PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(status), "NOTIFY"));
}

}  // namespace

PhoneEvent::~PhoneEvent() { forget(password); }

void tellPhone(pjsua_acc_id account, std::shared_ptr<PhoneEvent> told, Serial request) {
  const pj_str_t target = borrow(told->uri);
  pjsip_tx_data* notify = nullptr;
  check(pjsua_acc_create_request(account, &notifyMethod, &target, &notify), "pjsua_acc_create_request");
  addHeader(*notify, "Event", told->event);
  // There is no subscription that it could belong to.
  addHeader(*notify, "Subscription-State", "terminated");
  unanswered.add(request, std::move(told));
  try {
    send(notify, request);
  } catch (const PjsipFailure&) {
    unanswered.remove(request);
    throw;
  }
}

}  // namespace np
