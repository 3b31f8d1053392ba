#include "event_pump.h"

#include "binding.h"
#include "endpoint.h"

namespace np {
namespace {

Napi::Object eventToJs(Napi::Env env, const Event& event) {
  Napi::Object object = toJs(env, event.fields).As<Napi::Object>();
  object.Set("type", event.type);
  object.Set("subject", Napi::Number::New(env, static_cast<double>(event.subject)));
  return object;
}

using Pump = Napi::ThreadSafeFunction;

void drainInto(Pump pump, Napi::Env env, Napi::Function deliver) {
  Endpoint* endpoint = Endpoint::current();
  if (env == nullptr || endpoint == nullptr) return;
  const auto batch = endpoint->events.drain();
  if (batch.empty()) return;
  Napi::Array events = Napi::Array::New(env, batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) events.Set(static_cast<std::uint32_t>(i), eventToJs(env, batch[i]));
  const bool over = batch.back().type == "closed";
  if (over) {
    Endpoint::reap();
    pump.Release();
  }
  deliver.Call({events});
}

}  // namespace

std::function<void()> startPump(Napi::Env env, Napi::Function deliver) {
  const Pump pump = Pump::New(env, deliver, "node-pjsua2 events", 0, 1);
  return [pump] {
    pump.NonBlockingCall([pump](Napi::Env callEnv, Napi::Function callback) { drainInto(pump, callEnv, callback); });
  };
}

}  // namespace np
