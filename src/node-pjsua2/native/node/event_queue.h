// Carries events from any thread to JavaScript: bounded, in order, and it never waits.
#pragma once

#include "node/event.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace np {

class EventQueue {
 public:
  // `wake` asks for a drain on the JavaScript thread; it is called from any thread, once per batch.
  EventQueue(std::size_t capacity, std::function<void()> wake);

  // False when the queue is full: the event is dropped and counted. The oldest are kept.
  bool push(Event event);

  // For events without which a call or a promise would never end. There are at most a few per living object, so they may
  // exceed the capacity.
  void pushEssential(Event event);

  // The event after which there is none.
  void pushLast(Event event);

  // All events so far, oldest first; then one 'overflow' if some were dropped since the last drain; then the last, if it is time.
  std::vector<Event> drain();

  // Nothing is woken any more.
  void mute();

  std::uint64_t dropped() const;

 private:
  void wakeOnce();

  mutable std::mutex mutex_;
  const std::size_t capacity_;
  std::function<void()> wake_;
  std::vector<Event> events_;
  std::optional<Event> last_;
  bool awake_ = false;
  std::uint64_t dropped_ = 0;
  std::uint64_t reported_ = 0;
};

}  // namespace np
