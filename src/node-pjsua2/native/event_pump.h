// Brings the event queue to JavaScript: one wake-up per batch.
#pragma once

#include <napi.h>

#include <functional>

namespace np {

// The function that wakes JavaScript to drain the living endpoint's events into `deliver(events: object[])`. It may be called
// from any thread, until the pump ends itself with the 'closed' event.
std::function<void()> startPump(Napi::Env env, Napi::Function deliver);

}  // namespace np
