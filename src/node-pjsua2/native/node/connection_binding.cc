// The JavaScript functions for connections. Gain is linear here.
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"

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

Side sideAt(const Napi::CallbackInfo& info, std::size_t index) {
  const std::string name = stringAt(info, index, "side");
  if (name == "both") return Side::both;
  if (name == "left") return Side::left;
  if (name == "right") return Side::right;
  throw WrongArgument("side must be 'both', 'left' or 'right'");
}

// Reads the volume from three arguments: gain, levelled, side.
Conference::Volume volumeAt(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index + 1].IsBoolean()) throw WrongArgument("levelled must be a boolean");
  return {numberAt(info, index, "gain", lowestGain, highestGain), info[index + 1].As<Napi::Boolean>().Value(),
          sideAt(info, index + 2)};
}

// connect(source, sink, gain, levelled, side) -> {handle, request}
Napi::Value connect(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const Serial source = serialAt(info, 0, "source");
  const Serial sink = serialAt(info, 1, "sink");
  if (!exists(source, endpoint.calls, endpoint.players, endpoint.channels)) throw InvalidState("the source is closed");
  if (!exists(sink, endpoint.calls, endpoint.recorders, endpoint.channels)) throw InvalidState("the sink is closed");
  if (source == sink) throw WrongArgument("source and sink are the same");
  const Serial serial = nextSerial();
  const Serial request = nextSerial();
  endpoint.conference.connect(serial, source, sink, volumeAt(info, 2), request);
  return toJs(info.Env(), Fields{{"handle", serial}, {"request", request}});
}

// setVolume(connection, gain, levelled, side) -> request
Napi::Value setVolume(const Napi::CallbackInfo& info) {
  const Serial request = nextSerial();
  Endpoint::require().conference.setVolume(serialAt(info, 0, "connection"), volumeAt(info, 1), request);
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
  expose<setVolume>(exports, "setVolume");
  expose<disconnect>(exports, "disconnect");
}

}  // namespace np
