#include "sip/admission/admission.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "sip/account.h"
#include "sip/admission/connections.h"
#include "core/endpoint.h"
#include "base/errors.h"
#include "base/guard.h"
#include "sip/message/capabilities.h"
#include "sip/call/call.h"
#include "sip/admission/gate.h"
#include "core/hooks.h"
#include "sip/message/message.h"
#include "base/pj.h"
#include "sip/registrar/registrar.h"
#include "sip/admission/rejections.h"
#include "sip/message/sdp_addresses.h"
#include "sip/call/session_timer.h"

namespace np {
namespace {

constexpr int kMaxMessageBytes = 12000;
constexpr unsigned kMaxBodyBytes = 8192;
constexpr long kHeartbeatMs = 500;
constexpr const char* kRetryAfter = "5";  // s

// An Origin in the memory of the message it belongs to.
struct AdmittedOrigin {
  Origin::Kind kind;
  pj_str_t name;
  Serial account;
  bool proven;
  Urgency urgency;
};

class Admission {
 public:
  // Before anything else: false when the sender gets no answer for the moment.
  bool onArrival(pjsip_rx_data* request);
  // Answers or admits a request that belongs to no dialog; true when it is dealt with.
  bool onRequest(pjsip_rx_data* request);
  void onDropped(const pjsip_tp_dropped_data& data);
  // Other than PJ_SUCCESS: the message is not to be sent.
  pj_status_t onSending(pjsip_tx_data* message);
  void onTransportState(pjsip_transport* transport, pjsip_transport_state state);
  void onHeartbeat();

  void setPeers(Peers peers);
  void setEmergencyNumbers(std::set<std::string> numbers);
  void open(std::shared_ptr<Registrar> registrar);
  std::shared_ptr<Registrar> registrar() const;
  std::shared_ptr<Registrar> withdraw(Serial serial);

 private:
  bool sane(pjsip_rx_data* request);
  bool onInvite(pjsip_rx_data* request);
  bool hasRoomFor(pjsip_rx_data* request, const Origin& origin);
  Urgency urgencyOf(const pjsip_rx_data* request, const Origin& origin) const;
  void onRegister(pjsip_rx_data* request);
  void onOther(pjsip_rx_data* request);
  std::optional<std::string> authenticated(pjsip_rx_data* request, Registrar& users);
  bool mayAnswer(const Source& source);
  bool mayGoOn(pjsip_rx_data* request);
  bool isFromUser(const pjsip_rx_data* request) const;
  std::optional<Origin> originOf(pjsip_rx_data* request);
  std::optional<Origin> originByDigest(pjsip_rx_data* request);
  std::optional<std::string> peerAt(const std::string& address) const;
  void refuse(pjsip_rx_data* request, int status, const char* kind, const std::string& username = {});

  mutable std::mutex mutex_;
  Peers peers_;
  std::set<std::string> emergencyNumbers_;
  std::shared_ptr<Registrar> registrar_;
  Rejections rejections_;
  Gate gate_{rejections_};
  Connections connections_;
  std::mutex answersMutex_;
  AnswerLimit answers_;
  std::mutex dialogsMutex_;
  DialogLimit dialogs_;
};

std::atomic<std::shared_ptr<Admission>> current;

pj_bool_t receive(pjsip_rx_data* request) {
  const auto admission = current.load();
  if (admission) return admission->onRequest(request) ? PJ_TRUE : PJ_FALSE;
  // Closing: nobody new comes in.
  if (request->msg_info.msg->line.req.method.id != PJSIP_ACK_METHOD) {
    respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE);
  }
  return PJ_TRUE;
}

pj_bool_t receiveFirst(pjsip_rx_data* request) {
  const auto admission = current.load();
  return admission && !admission->onArrival(request) ? PJ_TRUE : PJ_FALSE;
}

pj_status_t sending(pjsip_tx_data* message) {
  const auto admission = current.load();
  return admission ? admission->onSending(message) : PJ_SUCCESS;
}

// Before PJSIP's transactions and dialogs, which answer strangers by themselves.
pjsip_module frontDoorModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("front door"), 10};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_TSX_LAYER - 2;
  module.on_rx_request = guarded<receiveFirst, PJ_TRUE>;
  module.on_tx_request = guarded<sending, PJ_SUCCESS>;
  module.on_tx_response = guarded<sending, PJ_SUCCESS>;
  return module;
}();

// After PJSIP's dialogs have taken what is theirs, before pjsua takes the rest.
pjsip_module admissionModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("admission"), 9};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_UA_PROXY_LAYER + 4;
  module.on_rx_request = guarded<receive, PJ_TRUE>;
  return module;
}();

pj_timer_entry heartbeat;

void startHeartbeat() {
  const pj_time_val delay{0, kHeartbeatMs};
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

// Of a datagram's transport, nobody in particular.
Source otherSideOf(const pjsip_transport& transport) {
  if ((transport.flag & PJSIP_TRANSPORT_DATAGRAM) != 0) return {"", 0, "udp"};
  return {copy(transport.remote_name.host), transport.remote_name.port, "tcp"};
}

Admission& required() {
  const auto admission = current.load();
  if (!admission) throw InvalidState("the endpoint is closed");
  return *admission;
}

// Of a request within a dialog of ours: its sender knows the tag that we gave it.
bool isWithinDialog(const pjsip_rx_data* request) {
  const pj_str_t& ours = request->msg_info.to->tag;
  if (ours.slen == 0) return false;
  return pjsip_ua_find_dialog(&request->msg_info.cid->id, &ours, &request->msg_info.from->tag, PJ_FALSE) != nullptr;
}

bool Admission::onArrival(pjsip_rx_data* request) {
  keepAnswerAtSource(request);
  if (request->msg_info.msg->line.req.method.id == PJSIP_ACK_METHOD) return true;
  if (isWithinDialog(request)) return mayGoOn(request);
  if (mayAnswer(sourceOf(request))) return true;
  rejections_.report("overload", methodOf(request), sourceOf(request));
  return false;
}

// A flood within a call is refused request by request; the call itself is not touched.
bool Admission::mayGoOn(pjsip_rx_data* request) {
  const pjsip_method_e method = request->msg_info.msg->line.req.method.id;
  const bool ends = method == PJSIP_BYE_METHOD || method == PJSIP_CANCEL_METHOD;
  const Source source = sourceOf(request);
  {
    const std::lock_guard lock(dialogsMutex_);
    if (dialogs_.admit(copy(request->msg_info.to->tag), source.address, ends, Clock::now())) return true;
  }
  rejections_.report("overload", methodOf(request), source);
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Retry-After", kRetryAfter);
  // Not 503, upon which some would leave us for good (RFC 3263, 4.3).
  respondStateless(request, PJSIP_SC_INTERNAL_SERVER_ERROR, &headers);
  return false;
}

bool Admission::mayAnswer(const Source& source) {
  if (peerAt(source.address) || accountReachedFrom(source.address, {})) return true;
  if (const auto users = registrar(); users && users->isKnown(source)) return true;
  const std::lock_guard lock(answersMutex_);
  return answers_.admit(source.address, source.port, Clock::now());
}

bool Admission::onRequest(pjsip_rx_data* request) {
  const pjsip_method& method = request->msg_info.msg->line.req.method;
  // An ACK that no transaction or dialog wanted, mostly of a challenge: there is no answer to it.
  if (method.id == PJSIP_ACK_METHOD) return true;
  if (!sane(request)) return true;
  switch (method.id) {
    case PJSIP_INVITE_METHOD:
      return onInvite(request);
    case PJSIP_REGISTER_METHOD:
      onRegister(request);
      return true;
    default:
      onOther(request);
      return true;
  }
}

// What the request requires of us; pjsua judges that of an INVITE.
std::string requiredExtensions(const pjsip_rx_data* request) {
  const pjsip_require_hdr* require = request->msg_info.require;
  std::string extensions;
  if (require == nullptr || request->msg_info.msg->line.req.method.id == PJSIP_INVITE_METHOD) return extensions;
  for (unsigned i = 0; i < require->count; ++i) {
    extensions += (i == 0 ? "" : ", ") + copy(require->values[i]);
  }
  return extensions;
}

unsigned announcedBody(const pjsip_rx_data* request) {
  const pjsip_clen_hdr* length = request->msg_info.clen;
  return length == nullptr ? 0 : static_cast<unsigned>(std::max(0, length->len));
}

// What follows the empty line, whatever PJSIP reads in it: nothing without a Content-Type, parts in a multipart one.
unsigned receivedBody(const pjsip_rx_data* request) {
  const std::string_view text(request->msg_info.msg_buf, static_cast<std::size_t>(request->msg_info.len));
  const auto body = [&](std::string_view emptyLine) {
    const auto at = text.find(emptyLine);
    return at == std::string_view::npos ? text.size() : at + emptyLine.size();
  };
  return static_cast<unsigned>(text.size() - std::min(body("\r\n\r\n"), body("\n\n")));
}

// An offer that cannot be answered: PJSUA would take it for a fault of ours.
bool isUnreachable(pjsip_rx_data* invite) {
  const pjsip_rdata_sdp_info* body = pjsip_rdata_get_sdp_info(invite);
  return body != nullptr && body->sdp != nullptr && !hasIpv4Media(body->sdp);
}

// To replace a call is not announced, so the header means nothing here (RFC 3891, 3); PJSUA would read it.
void ignoreReplaces(pjsip_rx_data* invite) {
  const pj_str_t name = pj_str(const_cast<char*>("Replaces"));
  while (void* header = pjsip_msg_find_hdr_by_name(invite->msg_info.msg, &name, nullptr)) pj_list_erase(header);
}

bool Admission::sane(pjsip_rx_data* request) {
  const auto& info = request->msg_info;
  // RFC 3261, 16.3: it has gone from one to the other in a circle.
  if (info.max_fwd != nullptr && info.max_fwd->ivalue <= 0 && methodOf(request) == "INVITE") {
    refuse(request, PJSIP_SC_TOO_MANY_HOPS, "loop");
    return false;
  }
  if (std::max(announcedBody(request), receivedBody(request)) > kMaxBodyBytes) {
    refuse(request, PJSIP_SC_REQUEST_ENTITY_TOO_LARGE, "oversize");
    return false;
  }
  if (info.len > kMaxMessageBytes) {
    refuse(request, PJSIP_SC_MESSAGE_TOO_LARGE, "oversize");
    return false;
  }
  const pjsip_method& method = info.msg->line.req.method;
  if (methodOf(request) != view(method.name)) {
    refuse(request, PJSIP_SC_NOT_IMPLEMENTED, "unknownMethod");
    return false;
  }
  // RFC 3261, 18.3: a datagram that ends before its body does; 8.1.1.5: a CSeq of another method.
  const bool isCut = info.ctype != nullptr && announcedBody(request) > receivedBody(request);
  if (isCut || pjsip_method_cmp(&info.cseq->method, &method) != 0) {
    refuse(request, PJSIP_SC_BAD_REQUEST, "malformed");
    return false;
  }
  if (sipUriIn(info.msg->line.req.uri) == nullptr) {
    refuse(request, PJSIP_SC_UNSUPPORTED_URI_SCHEME, "malformed");
    return false;
  }
  if (const std::string extensions = requiredExtensions(request); !extensions.empty()) {
    ExtraHeaders headers(request->tp_info.pool);
    headers.add("Unsupported", extensions);
    respondStateless(request, PJSIP_SC_BAD_EXTENSION, &headers);
    return false;
  }
  return true;
}

bool Admission::onInvite(pjsip_rx_data* request) {
  std::optional<Origin> origin = originOf(request);
  if (!origin) return true;
  if (isUnreachable(request)) {
    respondStateless(request, PJSIP_SC_NOT_ACCEPTABLE_HERE);
    return true;
  }
  ignoreReplaces(request);
  origin->urgency = urgencyOf(request, *origin);
  if (origin->urgency == Urgency::emergency) ignoreSessionTimer(request->msg_info.msg);
  connections_.proven(request->tp_info.transport, ownerOf(*origin));
  if (!hasRoomFor(request, *origin)) return true;
  pj_pool_t* pool = request->tp_info.pool;
  auto* admitted = static_cast<AdmittedOrigin*>(pj_pool_alloc(pool, sizeof(AdmittedOrigin)));
  admitted->kind = origin->kind;
  admitted->account = origin->account;
  admitted->proven = origin->proven;
  admitted->urgency = origin->urgency;
  const pj_str_t name = borrow(origin->name);
  pj_strdup(pool, &admitted->name, &name);
  request->endpt_info.mod_data[admissionModule.id] = admitted;
  return false;
}

// Refused before pjsua makes a call of it, so that a flood takes neither its slots nor transactions.
bool Admission::hasRoomFor(pjsip_rx_data* request, const Origin& origin) {
  const Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return false;
  const LegShares& shares = endpoint->legShares;
  const auto share = origin.kind == Origin::Kind::user ? shares.ofUser() : shares.ofTrunk();
  const std::size_t legs = endpoint->calls.size();
  if (shares.roomFor(legs, origin.urgency) && shares.mayEnter(ownerOf(origin), share, legs, origin.urgency))
    return true;
  rejections_.report("overload", methodOf(request), sourceOf(request), origin.name);
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Retry-After", kRetryAfter);
  respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE, &headers);
  return false;
}

Urgency Admission::urgencyOf(const pjsip_rx_data* request, const Origin& origin) const {
  if (origin.kind != Origin::Kind::user) return Urgency::usual;
  const std::string dialled = userIn(request->msg_info.msg->line.req.uri);
  const std::lock_guard lock(mutex_);
  return emergencyNumbers_.contains(dialled) ? Urgency::emergency : Urgency::usual;
}

std::optional<Origin> Admission::originOf(pjsip_rx_data* request) {
  const std::string address = sourceOf(request).address;
  const pjsip_sip_uri* target = sipUriIn(request->msg_info.msg->line.req.uri);
  const auto token = parameterIn(target->other_param, kAccountToken);
  if (const auto account = token ? accountWithToken(*token) : std::nullopt)
    return Origin{Origin::Kind::account, {}, *account, true};
  const bool connected = (request->tp_info.transport->flag & PJSIP_TRANSPORT_DATAGRAM) == 0;
  // Our own phones may be where the registrar is: they show who they are.
  if (const auto account = isFromUser(request) ? std::nullopt : accountReachedFrom(address, copy(target->user)))
    return Origin{Origin::Kind::account, {}, *account, connected};
  if (auto peer = peerAt(address)) return Origin{Origin::Kind::peer, std::move(*peer), 0, connected};
  return originByDigest(request);
}

bool Admission::isFromUser(const pjsip_rx_data* request) const {
  const auto users = registrar();
  return users && users->authenticator().knows(userIn(request->msg_info.from->uri));
}

std::optional<std::string> Admission::authenticated(pjsip_rx_data* request, Registrar& users) {
  return gate_.authenticated(request, users.authenticator(), [&users](const std::string& username, const Source& source) {
    return users.isAt(username, source);
  });
}

std::optional<Origin> Admission::originByDigest(pjsip_rx_data* request) {
  const auto users = registrar();
  if (!users) {
    refuse(request, PJSIP_SC_FORBIDDEN, "stranger");
    return std::nullopt;
  }
  auto username = authenticated(request, *users);
  if (!username) return std::nullopt;
  if (userIn(request->msg_info.from->uri) != *username) {
    refuse(request, PJSIP_SC_FORBIDDEN, "impersonation", *username);
    return std::nullopt;
  }
  return Origin{Origin::Kind::user, std::move(*username), 0, true};
}

void Admission::onRegister(pjsip_rx_data* request) {
  const auto users = registrar();
  if (!users) return onOther(request);
  if (const auto username = authenticated(request, *users)) {
    connections_.proven(request->tp_info.transport, ownerOf({Origin::Kind::user, *username}));
    users->onRegister(request, *username, rejections_);
  }
}

// Of a method that begins no call.
void Admission::onOther(pjsip_rx_data* request) {
  static const std::string kDialogMethods[] = {"BYE", "CANCEL", "INFO", "UPDATE", "PRACK"};
  const std::string method = methodOf(request);
  if (std::find(std::begin(kDialogMethods), std::end(kDialogMethods), method) != std::end(kDialogMethods))
    return respondStateless(request, PJSIP_SC_CALL_TSX_DOES_NOT_EXIST);
  ExtraHeaders headers(request->tp_info.pool);
  const int status = describeCapabilities(request, headers, registrar() != nullptr);
  if (status != PJSIP_SC_OK)
    rejections_.report(status == PJSIP_SC_NOT_IMPLEMENTED ? "unknownMethod" : "methodNotAllowed", method, sourceOf(request));
  respondStateless(request, status, &headers);
}

void Admission::refuse(pjsip_rx_data* request, int status, const char* kind, const std::string& username) {
  rejections_.report(kind, methodOf(request), sourceOf(request), username);
  respondStateless(request, status);
}

void Admission::onDropped(const pjsip_tp_dropped_data& data) {
  if (data.status == PJ_EIGNORED) return answerPing(data);
  pjsip_rx_data* message = messageIn(data);
  const bool isRequest = message != nullptr && data.status == PJSIP_EINVALIDMSG && answerable(message);
  rejections_.report(data.status == PJSIP_ERXOVERFLOW ? "oversize" : "malformed", isRequest ? methodOf(message) : "",
                     message != nullptr ? sourceOf(message) : otherSideOf(*data.tp));
  if (message != nullptr && data.status == PJSIP_EINVALIDMSG && usableAnswer(message)) {
    // Who waits for it would wait in vain.
    pjsip_endpt_process_rx_data(pjsua_get_pjsip_endpt(), message, nullptr, nullptr);
    return;
  }
  if (!isRequest || !mayAnswer(sourceOf(message))) return;
  markSource(message);
  respondStateless(message, PJSIP_SC_BAD_REQUEST);
}

pj_status_t Admission::onSending(pjsip_tx_data* message) {
  pjsip_transport* transport = message->tp_info.transport;
  if (transport == nullptr || !isUnread(*transport)) return PJ_SUCCESS;
  if (pjsip_transport_disconnect(transport)) rejections_.report("unread", "", otherSideOf(*transport));
  return PJ_RETURN_OS_ERROR(OSERR_ENOTCONN);
}

void Admission::onTransportState(pjsip_transport* transport, pjsip_transport_state state) {
  connections_.onState(transport, state, [&] {
    const auto peer = peerAt(copy(transport->remote_name.host));
    return peer ? ownerOf({Origin::Kind::peer, *peer}) : std::string();
  });
}

void Admission::onHeartbeat() {
  connections_.sweep();
  if (const auto users = registrar()) users->sweep();
}

void Admission::setPeers(Peers peers) {
  const std::lock_guard lock(mutex_);
  peers_ = std::move(peers);
}

void Admission::setEmergencyNumbers(std::set<std::string> numbers) {
  const std::lock_guard lock(mutex_);
  emergencyNumbers_ = std::move(numbers);
}

std::optional<std::string> Admission::peerAt(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  return peers_.named(address);
}

void Admission::open(std::shared_ptr<Registrar> registrar) {
  const std::lock_guard lock(mutex_);
  if (registrar_) throw InvalidState("the endpoint has a registrar already; close it first");
  registrar_ = std::move(registrar);
}

std::shared_ptr<Registrar> Admission::registrar() const {
  const std::lock_guard lock(mutex_);
  return registrar_;
}

std::shared_ptr<Registrar> Admission::withdraw(Serial serial) {
  const std::lock_guard lock(mutex_);
  if (!registrar_ || registrar_->serial() != serial) return nullptr;
  return std::exchange(registrar_, nullptr);
}

}  // namespace

std::string ownerOf(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::user:
      return "user " + origin.name;
    case Origin::Kind::peer:
      return "peer " + origin.name;
    case Origin::Kind::account:
      break;
  }
  return "account " + std::to_string(origin.account);
}

std::optional<Origin> admittedOrigin(const pjsip_rx_data* message) {
  if (admissionModule.id < 0) return std::nullopt;
  const auto* admitted = static_cast<const AdmittedOrigin*>(message->endpt_info.mod_data[admissionModule.id]);
  if (admitted == nullptr) return std::nullopt;
  return Origin{admitted->kind, copy(admitted->name), admitted->account, admitted->proven, admitted->urgency};
}

void setEmergencyNumbers(std::set<std::string> numbers) { required().setEmergencyNumbers(std::move(numbers)); }

void setPeers(Peers peers) { required().setPeers(std::move(peers)); }

void openRegistrar(std::shared_ptr<Registrar> registrar) { required().open(std::move(registrar)); }

std::shared_ptr<Registrar> openedRegistrar(Serial serial) {
  auto registrar = required().registrar();
  return registrar && registrar->serial() == serial ? registrar : nullptr;
}

std::shared_ptr<Registrar> withdrawRegistrar(Serial serial) { return required().withdraw(serial); }

void installAdmissionCallbacks(pjsua_callback& callbacks) { callbacks.on_transport_state = guarded<onTransportState>; }

void startAdmission(pjsip_endpoint* sip) {
  current = std::make_shared<Admission>();
  frontDoorModule.id = -1;
  admissionModule.id = -1;
  check(pjsip_endpt_register_module(sip, &frontDoorModule), "pjsip_endpt_register_module");
  check(pjsip_endpt_register_module(sip, &admissionModule), "pjsip_endpt_register_module");
  pjsip_tpmgr_set_drop_data_cb(pjsip_endpt_get_tpmgr(sip), guarded<onDropped>);
  pj_timer_entry_init(&heartbeat, 0, nullptr, guarded<onHeartbeatTimer>);
  startHeartbeat();
}

void stopAdmission(pjsip_endpoint* sip) {
  const auto admission = current.exchange(nullptr);
  if (!admission) return;
  pjsip_endpt_cancel_timer(sip, &heartbeat);
  if (const auto registrar = admission->registrar()) registrar->close();
}

}  // namespace np
