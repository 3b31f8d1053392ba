// The connections' functions for JavaScript. Gain is linear here.
#include "addon.h"
#include "binding.h"
#include "endpoint.h"

namespace np {
namespace {

constexpr double lowestGain = 0.01, highestGain = 10;  // -40 dB to +20 dB

Napi::Value number(const Napi::CallbackInfo& info, Serial serial) {
  return Napi::Number::New(info.Env(), static_cast<double>(serial));
}

template <class... T>
bool exists(Serial serial, const Registry<T>&... registries) {
  return ((registries.find(serial) != nullptr) || ...);
}

// connect(source, sink, gain) -> {handle, request}
Napi::Value connect(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const Serial source = serialAt(info, 0, "source");
  const Serial sink = serialAt(info, 1, "sink");
  if (!exists(source, endpoint.calls, endpoint.players, endpoint.channels)) throw InvalidState("the source is closed");
  if (!exists(sink, endpoint.calls, endpoint.recorders, endpoint.channels)) throw InvalidState("the sink is closed");
  if (source == sink) throw WrongArgument("source and sink are the same");
  const Serial serial = nextSerial();
  const Serial request = nextSerial();
  endpoint.conference.connect(serial, source, sink, numberAt(info, 2, "gain", lowestGain, highestGain), request);
  return toJs(info.Env(), Fields{{"handle", serial}, {"request", request}});
}

// setGain(connection, gain) -> request
Napi::Value setGain(const Napi::CallbackInfo& info) {
  const Serial request = nextSerial();
  Endpoint::require().conference.setGain(serialAt(info, 0, "connection"),
                                         numberAt(info, 1, "gain", lowestGain, highestGain), request);
  return number(info, request);
}

// disconnect(connection) -> request
Napi::Value disconnect(const Napi::CallbackInfo& info) {
  const Serial request = nextSerial();
  Endpoint::require().conference.disconnect(serialAt(info, 0, "connection"), request);
  return number(info, request);
}

}  // namespace

void registerConnection(Napi::Env, Napi::Object exports) {
  expose<connect>(exports, "connect");
  expose<setGain>(exports, "setGain");
  expose<disconnect>(exports, "disconnect");
}

}  // namespace np
