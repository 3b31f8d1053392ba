// The JavaScript functions for calls.
#include "base/pj.h"
#include "core/endpoint.h"
#include "core/pjsua_internals.h"
#include "node/addon.h"
#include "node/binding.h"
#include "sip/account.h"
#include "sip/call/call.h"
#include "sip/call/call_media.h"
#include "sip/call/held_call.h"
#include "sip/call/probe.h"
#include "sip/call/transfer.h"
#include "sip/message/header_fields.h"
#include "sip/message/identity.h"
#include "sip/message/message.h"
#include "sip/notification/phone_event.h"
#include "sip/transport.h"

#include <cmath>

namespace np {
namespace {

constexpr unsigned lowestStatus = 300, highestStatus = 699;

std::shared_ptr<Call> callAt(const Napi::CallbackInfo& info) {
  return Endpoint::require().calls.require(serialAt(info, 0, "call"));
}

// Null if the call has ended, by itself or with the endpoint.
std::shared_ptr<Call> livingCallAt(const Napi::CallbackInfo& info) {
  const Serial serial = serialAt(info, 0, "call");
  const Endpoint* endpoint = Endpoint::ifOpen();
  return endpoint == nullptr ? nullptr : endpoint->calls.find(serial);
}

Napi::Value handle(const Napi::CallbackInfo& info, Serial serial) {
  return Napi::Number::New(info.Env(), static_cast<double>(serial));
}

// [[name, value], ...]
Headers headersOf(const Napi::Object& options) {
  const Napi::Value value = options.Get("headers");
  if (!value.IsArray()) throw WrongArgument("headers must be an array of [name, value]");
  const Napi::Array array = value.As<Napi::Array>();
  Headers headers;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value pair = array.Get(i);
    if (!pair.IsArray()) throw WrongArgument("headers must be an array of [name, value]");
    headers.emplace_back(textOf(pair.As<Napi::Array>().Get(0u), "header name"),
                         textOf(pair.As<Napi::Array>().Get(1u), "header value"));
  }
  return headers;
}

pjsua_acc_id localAccount(Endpoint& endpoint, Protocol protocol) {
  for (const auto& transport : endpoint.transports.all())
    if (transport->protocol() == protocol) return transport->account();
  throw InvalidState("there is no transport for this URI to call over; add one first");
}

// The transport of a URI (RFC 3261, 19.1.1 and 26.2.1): UDP unless it says otherwise, TLS for sips. Throws
// WrongArgument if it is not a SIP URI.
Protocol protocolOf(const std::string& uri) {
  const Pool pool(pjsua_pool_create("target", 1000, 1000));
  const pjsip_sip_uri* sip = sipUriIn(parsedUri(pool.get(), uri));
  if (sip == nullptr) throw WrongArgument("to must be a SIP URI such as sip:user@host");
  if (uri.starts_with("sips:")) return Protocol::tls;
  const std::string_view name = view(sip->transport_param);
  if (name.empty()) return Protocol::udp;
  if (const auto protocol = protocolNamed(lowercase(std::string(name)))) return *protocol;
  throw WrongArgument("the transport in to must be udp, tcp or tls");
}

std::optional<CallerIdentity> identityOf(const Napi::Object& options) {
  const auto from = optionalObjectOf(options, "from");
  if (!from) return std::nullopt;
  return CallerIdentity{stringOf(*from, "user"), optionalStringOf(*from, "displayName").value_or(""),
                        optionalStringOf(*from, "host").value_or("")};
}

// makeCall({to, account?, from?: {user, displayName?, host?}, assertIdentity, headers, codecs, emergency, sessionTimer,
// maxForwards?}) -> handle
Napi::Value makeCall(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const Napi::Object object = objectAt(info, 0, "options");
  OutgoingCall options;
  options.to = stringOf(object, "to");
  options.headers = headersOf(object);
  options.codecs = stringsOf(object, "codecs");
  options.urgency = booleanOf(object, "emergency") ? Urgency::emergency : Urgency::usual;
  options.sessionTimer = booleanOf(object, "sessionTimer");
  options.encryption = encryptionOf(object);
  if (options.encryption != Encryption::off && protocolOf(options.to) != Protocol::tls)
    throw WrongArgument("encryption needs a call over TLS: others could read the keys");
  if (const auto left = optionalNumberOf(object, "maxForwards", 0, 255))
    options.maxForwards = static_cast<unsigned>(*left);
  const auto account = optionalNumberOf(object, "account", 1, 9007199254740991.0);
  options.account = account ? endpoint.accounts.require(static_cast<Serial>(*account))->id()
                            : localAccount(endpoint, protocolOf(options.to));
  if (const auto from = identityOf(object)) {
    options.localUri = nameAddr(*from, hostOf(options.account));
    if (booleanOf(object, "assertIdentity")) options.headers.emplace_back("P-Asserted-Identity", options.localUri);
  }
  return handle(info, Call::dial(options)->serial);
}

// progressCall(call, status, media)
Napi::Value progressCall(const Napi::CallbackInfo& info) {
  const auto status = integerAt(info, 1, "status", 180, 183);
  if (!info[2].IsBoolean()) throw WrongArgument("media must be a boolean");
  callAt(info)->progress(status, info[2].As<Napi::Boolean>().Value());
  return info.Env().Undefined();
}

// answerCall(call, {headers})
Napi::Value answerCall(const Napi::CallbackInfo& info) {
  callAt(info)->answer(headersOf(objectAt(info, 1, "options")));
  return info.Env().Undefined();
}

// rejectCall(call, {status, reason, headers}) and hangUpCall(call, {status?, reasonHeader?}): do nothing if the call
// has ended.
Napi::Value rejectCall(const Napi::CallbackInfo& info) {
  const Napi::Object object = objectAt(info, 1, "options");
  const auto status = integerOf(object, "status", lowestStatus, highestStatus);
  const auto call = livingCallAt(info);
  if (call) call->reject(status, stringOf(object, "reason"), headersOf(object));
  return info.Env().Undefined();
}

Napi::Value hangUpCall(const Napi::CallbackInfo& info) {
  const Napi::Object object = objectAt(info, 1, "options");
  const auto status = optionalNumberOf(object, "status", lowestStatus, highestStatus).value_or(0);
  const auto call = livingCallAt(info);
  if (call) call->hangUp(static_cast<unsigned>(status), optionalStringOf(object, "reasonHeader").value_or(""));
  return info.Env().Undefined();
}

// holdCall, resumeCall, reinviteCall(call) -> request
template <void (Call::*method)(Serial)>
Napi::Value changeMedia(const Napi::CallbackInfo& info) {
  const Serial request = nextSerial();
  ((*callAt(info)).*method)(request);
  return handle(info, request);
}

// sendDigits(call, digits, method, durationMs) -> request
Napi::Value sendDigits(const Napi::CallbackInfo& info) {
  const std::string digits = stringAt(info, 1, "digits");
  const std::string method = stringAt(info, 2, "method");
  const auto durationMs = integerAt(info, 3, "durationMs", 40, 6000);
  if (digits.empty() || digits.find_first_not_of("0123456789*#ABCDabcd") != std::string::npos)
    throw WrongArgument("digits may be 0-9, *, # and A-D");
  const auto call = callAt(info);
  const HeldCall held(*call);
  const Serial request = nextSerial();
  if (method == "info")
    call->digitSender.sendInfo(held.id(), digits, durationMs, request);
  else if (method == "rfc4733")
    call->digitSender.sendEvents(call->serial, held.id(), digits, durationMs, request);
  else
    throw WrongArgument("method must be 'rfc4733' or 'info'");
  return handle(info, request);
}

// probeCall(call) -> request
Napi::Value probeCall(const Napi::CallbackInfo& info) {
  const Serial request = nextSerial();
  probe(*callAt(info), request);
  return handle(info, request);
}

// probe(uri) -> request
Napi::Value probeUri(const Napi::CallbackInfo& info) {
  const std::string uri = stringAt(info, 0, "uri");
  const Serial request = nextSerial();
  probe(localAccount(Endpoint::require(), protocolOf(uri)), uri, request);
  return handle(info, request);
}

// tellPhone({uri, event, username, password}) -> request
Napi::Value tellPhoneOf(const Napi::CallbackInfo& info) {
  const Napi::Object object = objectAt(info, 0, "options");
  auto told = std::make_shared<PhoneEvent>();
  told->uri = stringOf(object, "uri");
  told->event = stringOf(object, "event");
  told->username = stringOf(object, "username");
  told->password = stringOf(object, "password");
  const pjsua_acc_id account = localAccount(Endpoint::require(), protocolOf(told->uri));
  const Serial request = nextSerial();
  tellPhone(account, std::move(told), request);
  return handle(info, request);
}

// reportTransfer(call, status): does nothing if the call has ended.
Napi::Value reportTransferOf(const Napi::CallbackInfo& info) {
  const auto status = integerAt(info, 1, "status", 100, highestStatus);
  const auto call = livingCallAt(info);
  if (call) reportTransfer(*call, status);
  return info.Env().Undefined();
}

double dbfs(double amplitude) {
  constexpr double floor = -90;
  return amplitude == 0 ? floor : std::max(floor, 20 * std::log10(amplitude / 32768));
}

// The bridge stores the mean amplitude of the last frame in 8 bits, compressed as in G.711.
double inBridge(unsigned level) { return std::abs(decode(Law::ulaw, static_cast<std::uint8_t>(level ^ 0xff))); }

// callLevel(call) -> {received, sent}
Napi::Value callLevel(const Napi::CallbackInfo& info) {
  const auto call = callAt(info);
  const HeldCall held(*call);
  const auto slot = audioSlot(held.id());
  const auto format = call->rtp->format();
  if (format && format->audio)
    return toJs(info.Env(),
                Fields{{"received", dbfs(call->rtp->receivedLevel())}, {"sent", dbfs(call->rtp->sentLevel())}});
  unsigned toCall = 0, fromCall = 0;
  if (slot) pjmedia_conf_get_signal_level(conferenceBridge(), static_cast<unsigned>(*slot), &toCall, &fromCall);
  return toJs(info.Env(), Fields{{"received", dbfs(inBridge(fromCall))}, {"sent", dbfs(inBridge(toCall))}});
}

Napi::Value callStatistics(const Napi::CallbackInfo& info) {
  const auto call = callAt(info);
  const HeldCall held(*call);
  return toJs(info.Env(), mediaStatistics(held.id(), call->rtp->sender()));
}

}  // namespace

void registerCall(Napi::Env, Napi::Object exports) {
  expose<makeCall>(exports, "makeCall");
  expose<progressCall>(exports, "progressCall");
  expose<answerCall>(exports, "answerCall");
  expose<rejectCall>(exports, "rejectCall");
  expose<hangUpCall>(exports, "hangUpCall");
  expose<changeMedia<&Call::hold>>(exports, "holdCall");
  expose<changeMedia<&Call::resume>>(exports, "resumeCall");
  expose<changeMedia<&Call::reinvite>>(exports, "reinviteCall");
  expose<sendDigits>(exports, "sendDigits");
  expose<probeCall>(exports, "probeCall");
  expose<probeUri>(exports, "probe");
  expose<tellPhoneOf>(exports, "tellPhone");
  expose<reportTransferOf>(exports, "reportTransfer");
  expose<callLevel>(exports, "callLevel");
  expose<callStatistics>(exports, "callStatistics");
}

}  // namespace np
