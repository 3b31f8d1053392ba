// Carries the event queue to JavaScript, batch by batch.
#pragma once

#include <napi.h>

namespace np {

// Drains some of the endpoint's events into `deliver(events: object[], hasMore: boolean)`; where there are more, that
// one asks for them. Keeps the process alive until the 'closed' event, after which it ends by itself.
class EventPump {
 public:
  EventPump(Napi::Env env, Napi::Function deliver);

  // Asks JavaScript to drain; may be called from any thread.
  void wake() const;

  // For an endpoint that could not be started.
  void end() { function_.Release(); }

 private:
  Napi::ThreadSafeFunction function_;
};

}  // namespace np
