// The JavaScript functions for the endpoint.
#include "base/pj.h"
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"
#include "node/event_pump.h"

namespace np {
namespace {

constexpr unsigned mostCalls = 1000;
static_assert(callSlots(mostCalls) <= PJSUA_MAX_CALLS, "PJSIP keeps a slot for each call that says goodbye");

constexpr unsigned mostPort = 65535;

std::vector<Nameserver> nameserversIn(const Napi::Value& value) {
  std::vector<Nameserver> nameservers;
  if (!value.IsArray()) throw WrongArgument("nameservers must be an array");
  const Napi::Array array = value.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value entry = array.Get(i);
    if (!entry.IsObject()) throw WrongArgument("nameservers must be objects");
    const Napi::Object server = entry.As<Napi::Object>();
    nameservers.push_back(
        {stringOf(server, "address"), static_cast<std::uint16_t>(integerOf(server, "port", 1, mostPort))});
  }
  return nameservers;
}

EndpointOptions readOptions(const Napi::Object& object) {
  EndpointOptions options;
  options.userAgent = stringOf(object, "userAgent");
  options.maxCalls = integerOf(object, "maxCalls", 1, mostCalls);
  options.transfers = booleanOf(object, "transfers");
  options.clockRate = integerOf(object, "clockRate", 8000, 16000);
  if (options.clockRate != 8000 && options.clockRate != 16000) throw WrongArgument("clockRate must be 8000 or 16000");
  options.codecs = stringsOf(object, "codecs");
  options.rtpFrom = integerOf(object, "rtpFrom", 1024, 65534);
  options.rtpTo = integerOf(object, "rtpTo", options.rtpFrom + 1, 65535);
  options.rtpAddress = optionalStringOf(object, "rtpAddress").value_or("");
  options.nameservers = nameserversIn(object.Get("nameservers"));
  options.silence = std::chrono::milliseconds(integerOf(object, "silenceMs", 100, 3600000));
  options.eventCapacity = integerOf(object, "eventCapacity", 1, 1000000);
  options.logLevel = integerOf(object, "logLevel", 0, 6);
  return options;
}

// startEndpoint(options, deliver: (events, hasMore) => void)
Napi::Value startEndpoint(const Napi::CallbackInfo& info) {
  const EndpointOptions options = readOptions(objectAt(info, 0, "options"));
  if (!info[1].IsFunction()) throw WrongArgument("deliver must be a function");
  if (Endpoint::current() != nullptr)
    throw InvalidState("there is an endpoint in this process already; close it first");
  EventPump pump(info.Env(), info[1].As<Napi::Function>());
  try {
    Endpoint::start(options, [pump] { pump.wake(); });
  } catch (...) {
    pump.end();
    throw;
  }
  return info.Env().Undefined();
}

// goOnWithEvents(): delivers more of them, if there are any.
Napi::Value goOnWithEvents(const Napi::CallbackInfo& info) {
  if (Endpoint* endpoint = Endpoint::current()) endpoint->events.goOn();
  return info.Env().Undefined();
}

// closeEndpoint(): 'closed' is the last event.
Napi::Value closeEndpoint(const Napi::CallbackInfo& info) {
  Endpoint::require().beginClose();
  return info.Env().Undefined();
}

// setNameservers([{address, port}])
Napi::Value setNameservers(const Napi::CallbackInfo& info) {
  Endpoint::require();
  Endpoint::askOf(nameserversIn(info[0]));
  return info.Env().Undefined();
}

// abandonEndpoint(): for when the process ends.
Napi::Value abandonEndpoint(const Napi::CallbackInfo& info) {
  Endpoint::abandon();
  return info.Env().Undefined();
}

Napi::Value endpointStatistics(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  return toJs(info.Env(), Fields{{"droppedEvents", endpoint.events.dropped()},
                                 {"activeCalls", pjsua_call_get_count()},
                                 {"conferencePorts", pjsua_conf_get_active_ports()}});
}

}  // namespace

void registerEndpoint(Napi::Env, Napi::Object exports) {
  expose<startEndpoint>(exports, "startEndpoint");
  expose<goOnWithEvents>(exports, "goOnWithEvents");
  expose<closeEndpoint>(exports, "closeEndpoint");
  expose<setNameservers>(exports, "setNameservers");
  expose<endpointStatistics>(exports, "endpointStatistics");
  expose<abandonEndpoint>(exports, "abandonEndpoint");
}

}  // namespace np
