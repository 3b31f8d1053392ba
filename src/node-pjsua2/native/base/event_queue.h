// Carries events from any thread to JavaScript: in order, and without ever waiting.
//
// Events that a call, a registration or a promise depends on are never lost. Events that a stranger can cause as often
// as they like are bounded: each source separately, so that none takes another's place, and those that are only for
// people to read all together. What is urgent goes first.
#pragma once

#include "base/event.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace np {

class EventQueue {
 public:
  using Clock = std::chrono::steady_clock;

  // Keeps all events of a subject urgent for as long as this lives.
  class Urgent {
   public:
    Urgent(EventQueue& queue, Serial subject) : queue_(queue), subject_(subject) {}
    ~Urgent() { queue_.calm(subject_); }
    Urgent(const Urgent&) = delete;
    Urgent& operator=(const Urgent&) = delete;

   private:
    EventQueue& queue_;
    const Serial subject_;
  };

  enum class Turn { usual, first };

  // `capacity` bounds the events that are only for information (log lines, rejections). `wake` asks for a drain on the
  // JavaScript thread; it is called from any thread, once until nothing is left.
  EventQueue(std::size_t capacity, std::function<void()> wake);

  // For information only: dropped, counted and false when the queue is at its capacity. The oldest are kept.
  bool push(Event event);

  // For a type that a source may send without end: dropped and counted when this many of it are waiting for this
  // subject.
  bool pushBounded(Event event, std::size_t limit, Turn turn = Turn::usual);

  // Counts an event that was dropped before it got here.
  void countLost(const std::string& type);

  // A state of its subject: replaces an event of the same type that is still waiting.
  void pushState(Event event);

  // Never lost. For what happens a few times in the life of an object, or once per request from JavaScript.
  void pushEssential(Event event);

  // The last event.
  void pushLast(Event event);

  // From now on the events of this subject go before all others that are not urgent; they stay in their own order. To
  // be asked for before the first of them.
  [[nodiscard]] std::unique_ptr<Urgent> hurry(Serial subject);

  // So many events, oldest first; one 'overflow' for what was dropped since the last one, once all have come or as many
  // as may wait; after all of them the last event, if it is due.
  std::vector<Event> drain(std::size_t most);

  // Whether the last drain has left any, for which `goOn` is to be called. What has come since then wakes by itself.
  bool hasMore() const;

  // Asks for the next drain of what the last one has left.
  void goOn();

  // For how long the oldest event has been waiting, which tells how far behind JavaScript is.
  Clock::duration delay() const;

  // Stops calling `wake`.
  void mute();

  std::uint64_t dropped() const;

 private:
  using Kind = std::pair<Serial, std::string>;
  enum class Sort { told, bounded, state, essential };
  struct Waiting {
    Event event;
    Sort sort;
    Clock::time_point since;
  };
  using Line = std::list<Waiting>;
  // Where the newest event of a state waits.
  struct Place {
    Line* line;
    Line::iterator at;
  };

  void append(Event event, Sort sort, Turn turn = Turn::usual);
  Line& lineOf(Serial subject, Turn turn);
  Event takeFrom(Line& line);
  void calm(Serial subject);
  bool drop(const std::string& type);
  void wakeOnce();

  mutable std::mutex mutex_;
  const std::size_t capacity_;
  std::function<void()> wake_;
  Line urgent_;
  Line usual_;
  std::set<Serial> urgentSubjects_;
  std::size_t told_ = 0;                 // waiting, for information only
  std::map<Kind, std::size_t> bounded_;  // waiting, of a bounded kind
  std::map<Kind, Place> states_;
  std::map<std::string, std::uint64_t> lost_;  // since it was last told, by type
  std::optional<Event> last_;
  bool awake_ = false;       // a drain has been asked for, or will be by goOn()
  bool hasLeft_ = false;     // the last drain has left some, and nobody has gone on yet
  std::size_t drained_ = 0;  // events since the queue was empty, or told of an overflow
  std::uint64_t dropped_ = 0;
};

}  // namespace np
