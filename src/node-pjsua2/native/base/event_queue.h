// Carries events from any thread to JavaScript: in order, and without ever waiting.
//
// Events that a call, a registration or a promise depends on are never lost. Events that a stranger can cause as often
// as they like are bounded: each source separately, so that none takes another's place, and those that are only for
// people to read all together.
#pragma once

#include "base/event.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace np {

class EventQueue {
 public:
  // `capacity` bounds the events that are only for information (log lines, rejections). `wake` asks for a drain on the
  // JavaScript thread; it is called from any thread, once per batch.
  EventQueue(std::size_t capacity, std::function<void()> wake);

  // For information only: dropped, counted and false when the queue is at its capacity. The oldest are kept.
  bool push(Event event);

  // For a type that a source may send without end: dropped and counted when this many of it are waiting for this
  // subject.
  bool pushBounded(Event event, std::size_t limit);

  // Counts an event that was dropped before it got here.
  void countLost(const std::string& type);

  // A state of its subject: replaces an event of the same type that is still waiting.
  void pushState(Event event);

  // Never lost. For what happens a few times in the life of an object, or once per request from JavaScript.
  void pushEssential(Event event);

  // The last event.
  void pushLast(Event event);

  // All events so far, oldest first; then one 'overflow' if any were dropped since the last drain; then the last event,
  // if it is due.
  std::vector<Event> drain();

  // Stops calling `wake`.
  void mute();

  std::uint64_t dropped() const;

 private:
  using Kind = std::pair<Serial, std::string>;

  void append(Event event);
  bool drop(const std::string& type);
  void wakeOnce();

  mutable std::mutex mutex_;
  const std::size_t capacity_;
  std::function<void()> wake_;
  std::list<Event> events_;
  std::size_t told_ = 0;                               // waiting, for information only
  std::map<Kind, std::size_t> bounded_;                // waiting, of a bounded kind
  std::map<Kind, std::list<Event>::iterator> states_;  // where the newest event of a state waits
  std::map<std::string, std::uint64_t> lost_;          // since the last drain, by type
  std::optional<Event> last_;
  bool awake_ = false;
  std::uint64_t dropped_ = 0;
};

}  // namespace np
