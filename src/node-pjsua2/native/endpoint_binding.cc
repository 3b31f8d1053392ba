// The endpoint's functions for JavaScript.
#include "addon.h"
#include "binding.h"
#include "endpoint.h"
#include "event_pump.h"
#include "pj.h"

#include <pjsua-lib/pjsua_internal.h>

namespace np {
namespace {

EndpointOptions readOptions(const Napi::Object& object) {
  EndpointOptions options;
  options.userAgent = stringOf(object, "userAgent");
  options.maxCalls = static_cast<unsigned>(numberOf(object, "maxCalls", 1, PJSUA_MAX_CALLS));
  options.clockRate = static_cast<unsigned>(numberOf(object, "clockRate", 8000, 16000));
  options.codecs = stringsOf(object, "codecs");
  options.rtpFrom = static_cast<unsigned>(numberOf(object, "rtpFrom", 1024, 65534));
  options.rtpTo = static_cast<unsigned>(numberOf(object, "rtpTo", options.rtpFrom + 1, 65535));
  options.rtpAddress = optionalStringOf(object, "rtpAddress").value_or("");
  options.nameservers = stringsOf(object, "nameservers");
  options.eventCapacity = static_cast<std::size_t>(numberOf(object, "eventCapacity", 1, 1e6));
  options.logLevel = static_cast<unsigned>(numberOf(object, "logLevel", 0, 6));
  return options;
}

// startEndpoint(options, deliver: (events) => void)
Napi::Value startEndpoint(const Napi::CallbackInfo& info) {
  const EndpointOptions options = readOptions(objectAt(info, 0, "options"));
  if (!info[1].IsFunction()) throw WrongArgument("deliver must be a function");
  if (Endpoint::current() != nullptr) throw InvalidState("there is an endpoint in this process already; close it first");
  Endpoint::start(options, startPump(info.Env(), info[1].As<Napi::Function>()));
  return info.Env().Undefined();
}

// closeEndpoint(): 'closed' is the last event.
Napi::Value closeEndpoint(const Napi::CallbackInfo& info) {
  Endpoint::require().beginClose();
  return info.Env().Undefined();
}

Napi::Value endpointStatistics(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  return toJs(info.Env(), Fields{{"droppedEvents", endpoint.events.dropped()},
                                 {"activeCalls", pjsua_call_get_count()},
                                 {"conferencePorts", pjsua_conf_get_active_ports()}});
}

}  // namespace

void registerEndpoint(Napi::Env env, Napi::Object exports) {
  expose<startEndpoint>(exports, "startEndpoint");
  expose<closeEndpoint>(exports, "closeEndpoint");
  expose<endpointStatistics>(exports, "endpointStatistics");
  env.AddCleanupHook([] { Endpoint::mute(); });
}

}  // namespace np
