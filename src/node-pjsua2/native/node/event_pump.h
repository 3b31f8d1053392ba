// Brings the event queue to JavaScript: one wake-up per batch.
#pragma once

#include <napi.h>

namespace np {

// Drains the living endpoint's events into `deliver(events: object[])`. It keeps the process alive until it ends, which
// it does by itself with the 'closed' event.
class EventPump {
 public:
  EventPump(Napi::Env env, Napi::Function deliver);

  // Asks JavaScript to drain; from any thread.
  void wake() const;

  // For an endpoint that could not be started.
  void end() { function_.Release(); }

 private:
  Napi::ThreadSafeFunction function_;
};

}  // namespace np
