#include "sip/admission/admission.h"

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <utility>

#include "base/errors.h"
#include "base/guard.h"
#include "base/pj.h"
#include "core/hooks.h"
#include "sip/admission/callers.h"
#include "sip/admission/connections.h"
#include "sip/admission/front_door.h"
#include "sip/admission/handshakes.h"
#include "sip/admission/rejections.h"
#include "sip/admission/requests.h"
#include "sip/message/message.h"
#include "sip/message/rtcp_lines.h"
#include "sip/notification/subscriptions.h"
#include "sip/registrar/registrar.h"

namespace np {
namespace {

constexpr long heartbeatMs = 500;

class Admission {
 public:
  // Runs before anything else; false when the request has been dealt with.
  bool onArrival(pjsip_rx_data* request);
  void onResponse(pjsip_rx_data* response);
  void onDropped(const pjsip_tp_dropped_data& data);
  // Anything but PJ_SUCCESS keeps the message from being sent.
  pj_status_t onSending(pjsip_tx_data* message);
  void onTransportState(pjsip_transport* transport, pjsip_transport_state state);
  bool onHandshake(pj_ssl_sock_t* socket, const pj_sockaddr& remote);
  void onFailedHandshake(const pj_sockaddr& remote);
  void onHeartbeat();

  Callers& callers() { return callers_; }
  Requests& requests() { return requests_; }
  Handshakes& handshakes() { return handshakes_; }

 private:
  void onUnreadable(const pjsip_tp_dropped_data& data);

  Rejections rejections_;
  Callers callers_{rejections_};
  FrontDoor door_{callers_, rejections_};
  Connections connections_;
  Handshakes handshakes_;
  Requests requests_{callers_, connections_, rejections_};
};

std::atomic<std::shared_ptr<Admission>> current;

pj_bool_t receive(pjsip_rx_data* request) {
  const auto admission = current.load();
  if (admission) return admission->requests().answer(request) ? PJ_TRUE : PJ_FALSE;
  // The endpoint is closing and admits nobody new.
  if (request->msg_info.msg->line.req.method.id != PJSIP_ACK_METHOD) {
    respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE);
  }
  return PJ_TRUE;
}

pj_bool_t receiveFirst(pjsip_rx_data* request) {
  const auto admission = current.load();
  return admission && !admission->onArrival(request) ? PJ_TRUE : PJ_FALSE;
}

pj_bool_t receiveResponse(pjsip_rx_data* response) {
  if (const auto admission = current.load()) admission->onResponse(response);
  return PJ_FALSE;
}

pj_status_t sending(pjsip_tx_data* message) {
  const auto admission = current.load();
  return admission ? admission->onSending(message) : PJ_SUCCESS;
}

// A SUBSCRIBE within one of our subscriptions, of which PJSIP's dialogs do not know.
pj_bool_t receiveRefresh(pjsip_rx_data* request) {
  if (request->msg_info.to->tag.slen == 0 || !isForSubscriptions(request)) return PJ_FALSE;
  return receive(request);
}

// Runs before PJSIP's transactions and dialogs, which answer strangers by themselves.
pjsip_module frontDoorModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("front door"), 10};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_TSX_LAYER - 2;
  module.on_rx_request = guarded<receiveFirst, PJ_TRUE>;
  module.on_rx_response = guarded<receiveResponse, PJ_FALSE>;
  module.on_tx_request = guarded<sending, PJ_SUCCESS>;
  module.on_tx_response = guarded<sending, PJ_SUCCESS>;
  return module;
}();

// Runs after PJSIP's dialogs have taken what is theirs and before pjsua takes the rest.
pjsip_module admissionModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("admission"), 9};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_UA_PROXY_LAYER + 4;
  module.on_rx_request = guarded<receive, PJ_TRUE>;
  return module;
}();

// Runs before PJSIP's dialogs, and what answers in their place.
pjsip_module refreshModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("subscriptions"), 13};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_UA_PROXY_LAYER - 2;
  module.on_rx_request = guarded<receiveRefresh, PJ_TRUE>;
  return module;
}();

pj_timer_entry heartbeat;

void startHeartbeat() {
  const pj_time_val delay{0, heartbeatMs};
  pjsip_endpt_schedule_timer(pjsua_get_pjsip_endpt(), &heartbeat, &delay);
}

void onTransportState(pjsip_transport* transport, pjsip_transport_state state, const pjsip_transport_state_info*) {
  if (const auto admission = current.load()) admission->onTransportState(transport, state);
}

void onDropped(pjsip_tp_dropped_data* data) {
  if (const auto admission = current.load()) admission->onDropped(*data);
}

void onHeartbeatTimer(pj_timer_heap_t*, pj_timer_entry*) {
  const auto admission = current.load();
  if (!admission) return;
  guard([&] { admission->onHeartbeat(); });
  startHeartbeat();
}

// A datagram transport has no particular other side.
Source otherSideOf(const pjsip_transport& transport) {
  if ((transport.flag & PJSIP_TRANSPORT_DATAGRAM) != 0) return {"", 0, "udp"};
  const char* name = (transport.flag & PJSIP_TRANSPORT_SECURE) != 0 ? "tls" : "tcp";
  return {copy(transport.remote_name.host), transport.remote_name.port, name};
}

Source clientAt(const pj_sockaddr& remote) {
  char address[PJ_INET6_ADDRSTRLEN];
  return {pj_sockaddr_print(&remote, address, sizeof(address), 0), pj_sockaddr_get_port(&remote), "tls"};
}

// Over a connection nobody knows where a message ends whose Content-Length is missing or cannot be read, or which does
// not end in time, nor where the next one begins (RFC 3261, 18.3).
bool isEndless(const pjsip_tp_dropped_data& data) {
  const bool isStream = (data.tp->flag & PJSIP_TRANSPORT_DATAGRAM) == 0;
  return isStream && data.status != PJSIP_EINVALIDMSG && data.rdata->msg_info.msg == nullptr;
}

// PJSIP has not read it, since it waits for the end of a message.
void readEndless(pjsip_rx_data& message) {
  auto& info = message.msg_info;
  info.msg = pjsip_parse_rdata(info.msg_buf, static_cast<pj_size_t>(info.len), &message);
}

Admission& required() {
  const auto admission = current.load();
  if (!admission) throw InvalidState("the endpoint is closed");
  return *admission;
}

bool Admission::onArrival(pjsip_rx_data* request) {
  if (!door_.admit(request)) return false;
  ignoreRtcpOverIpv6(request);
  return true;
}

void Admission::onResponse(pjsip_rx_data* response) {
  door_.keepToSource(response);
  ignoreRtcpOverIpv6(response);
}

void Admission::onDropped(const pjsip_tp_dropped_data& data) {
  if (data.status == PJ_EIGNORED) return answerPing(data);
  if (!isEndless(data)) return onUnreadable(data);
  readEndless(*data.rdata);
  onUnreadable(data);
  pjsip_transport_disconnect(data.tp);
}

void Admission::onUnreadable(const pjsip_tp_dropped_data& data) {
  pjsip_rx_data* message = data.rdata;
  const bool isRequest = answerable(message);
  const bool isOversize = data.status == PJSIP_ERXOVERFLOW;
  rejections_.report(isOversize ? "oversize" : "malformed", isRequest ? methodOf(message) : "", sourceOf(message));
  if (data.status == PJSIP_EINVALIDMSG && usableAnswer(message)) {
    // Otherwise the transaction that expects it would wait in vain.
    pjsip_endpt_process_rx_data(pjsua_get_pjsip_endpt(), message, nullptr, nullptr);
    return;
  }
  if (!isRequest || !door_.mayAnswer(sourceOf(message))) return;
  markSource(message);
  respondStateless(message, isOversize ? PJSIP_SC_MESSAGE_TOO_LARGE : PJSIP_SC_BAD_REQUEST);
}

pj_status_t Admission::onSending(pjsip_tx_data* message) {
  pjsip_transport* transport = message->tp_info.transport;
  if (transport == nullptr || !isUnread(*transport)) return PJ_SUCCESS;
  if (pjsip_transport_disconnect(transport)) rejections_.report("unread", "", otherSideOf(*transport));
  return PJ_RETURN_OS_ERROR(OSERR_ENOTCONN);
}

void Admission::onTransportState(pjsip_transport* transport, pjsip_transport_state state) {
  connections_.onState(transport, state, [&] {
    const auto peer = callers_.peerAt(copy(transport->remote_name.host));
    return peer ? ownerOf({Origin::Kind::peer, *peer}) : std::string();
  });
}

bool Admission::onHandshake(pj_ssl_sock_t* socket, const pj_sockaddr& remote) {
  if (handshakes_.begin(socket, remote)) return true;
  rejections_.report("overload", "", clientAt(remote));
  return false;
}

void Admission::onFailedHandshake(const pj_sockaddr& remote) { rejections_.report("handshake", "", clientAt(remote)); }

void Admission::onHeartbeat() {
  connections_.sweep();
  handshakes_.sweep();
  if (const auto users = callers_.registrar()) users->sweep();
  sweepSubscriptions();
}

}  // namespace

void setEmergencyNumbers(std::set<std::string> numbers) {
  required().callers().setEmergencyNumbers(std::move(numbers));
}

bool admitHandshake(pj_ssl_sock_t* socket, const pj_sockaddr& remote) {
  const auto admission = current.load();
  return admission && admission->onHandshake(socket, remote);
}

void endHandshake(pj_ssl_sock_t* socket) {
  if (const auto admission = current.load()) admission->handshakes().end(socket);
}

void reportFailedHandshake(const pj_sockaddr& remote) {
  if (const auto admission = current.load()) admission->onFailedHandshake(remote);
}

void setPeers(Peers peers) { required().callers().setPeers(std::move(peers)); }

void openRegistrar(std::shared_ptr<Registrar> registrar) { required().callers().open(std::move(registrar)); }

std::shared_ptr<Registrar> openedRegistrar(Serial serial) {
  auto registrar = required().callers().registrar();
  return registrar && registrar->serial() == serial ? registrar : nullptr;
}

std::shared_ptr<Registrar> withdrawRegistrar(Serial serial) { return required().callers().withdraw(serial); }

void installAdmissionCallbacks(pjsua_callback& callbacks) { callbacks.on_transport_state = guarded<onTransportState>; }

void startAdmission(pjsip_endpoint* sip) {
  current = std::make_shared<Admission>();
  frontDoorModule.id = -1;
  admissionModule.id = -1;
  refreshModule.id = -1;
  check(pjsip_endpt_register_module(sip, &frontDoorModule), "pjsip_endpt_register_module");
  check(pjsip_endpt_register_module(sip, &admissionModule), "pjsip_endpt_register_module");
  check(pjsip_endpt_register_module(sip, &refreshModule), "pjsip_endpt_register_module");
  keepBrevityAt(frontDoorModule.id);
  keepOriginsAt(admissionModule.id);
  pjsip_tpmgr_set_drop_data_cb(pjsip_endpt_get_tpmgr(sip), guarded<onDropped>);
  pj_timer_entry_init(&heartbeat, 0, nullptr, guarded<onHeartbeatTimer>);
  startHeartbeat();
}

void stopAdmission(pjsip_endpoint* sip) {
  const auto admission = current.exchange(nullptr);
  if (!admission) return;
  pjsip_endpt_cancel_timer(sip, &heartbeat);
  if (const auto registrar = admission->callers().registrar()) registrar->close();
  forgetSubscriptions();
}

}  // namespace np
