// Carries events from any thread to JavaScript: in order, and it never waits.
//
// What a call, a registration or a promise depends on is never lost. What comes as often as a stranger likes is
// bounded: each source by itself, so that none takes the place of another, and all that is only to be read by people
// together.
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
  // `capacity`: of what is only told (log lines, rejections). `wake` asks for a drain on the JavaScript thread; it is
  // called from any thread, once per batch.
  EventQueue(std::size_t capacity, std::function<void()> wake);

  // Only told: dropped and counted when the queue holds so many. False then. The oldest are kept.
  bool push(Event event);

  // One of a kind that a source may send without an end: dropped and counted when so many of this type wait from this
  // subject.
  bool pushBounded(Event event, std::size_t limit);

  // Counts an event that was dropped before it got here.
  void countLost(const std::string& type);

  // A state of its subject: one of this type that waits is out of date, and left out.
  void pushState(Event event);

  // Never lost. For what happens a few times in the life of an object, or once for each question of JavaScript's.
  void pushEssential(Event event);

  // The last event.
  void pushLast(Event event);

  // All events so far, oldest first; then one 'overflow' if some were dropped since the last drain; then the last, if
  // it is time.
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
  std::size_t told_ = 0;                               // waiting, that are only told
  std::map<Kind, std::size_t> bounded_;                // waiting of a kind that is bounded
  std::map<Kind, std::list<Event>::iterator> states_;  // where the newest of a state waits
  std::map<std::string, std::uint64_t> lost_;          // since the last drain, by type
  std::optional<Event> last_;
  bool awake_ = false;
  std::uint64_t dropped_ = 0;
};

}  // namespace np
