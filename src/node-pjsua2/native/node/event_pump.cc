#include "node/event_pump.h"

#include "base/guard.h"
#include "core/endpoint.h"
#include "node/binding.h"

namespace np {
namespace {

// Small, so that what is urgent, timers and other input and output wait for no more than these.
constexpr std::size_t atOnce = 32;

Napi::Object eventToJs(Napi::Env env, const Event& event) {
  Napi::Object object = toJs(env, event.fields).As<Napi::Object>();
  object.Set("type", event.type);
  object.Set("subject", Napi::Number::New(env, static_cast<double>(event.subject)));
  return object;
}

void drainInto(Napi::ThreadSafeFunction function, Napi::Env env, Napi::Function deliver) {
  Endpoint* endpoint = Endpoint::current();
  if (env == nullptr || endpoint == nullptr) return;
  const auto batch = endpoint->events.drain(atOnce);
  const bool hasMore = endpoint->events.hasMore();
  if (batch.empty()) return;
  Napi::Array events = Napi::Array::New(env, batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) events.Set(static_cast<std::uint32_t>(i), eventToJs(env, batch[i]));
  const bool over = batch.back().type == "closed";
  if (over) {
    Endpoint::reap();
    function.Release();
  }
  deliver.Call({events, Napi::Boolean::New(env, hasMore)});
}

}  // namespace

EventPump::EventPump(Napi::Env env, Napi::Function deliver)
    : function_(Napi::ThreadSafeFunction::New(env, deliver, "node-pjsua2 events", 0, 1)) {}

void EventPump::wake() const {
  function_.NonBlockingCall([function = function_](Napi::Env env, Napi::Function deliver) {
    guard([&] {
      try {
        drainInto(function, env, deliver);
      } catch (const Napi::Error& error) {
        error.ThrowAsJavaScriptException();
      }
    });
  });
}

}  // namespace np
