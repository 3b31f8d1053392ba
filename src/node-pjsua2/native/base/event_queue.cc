#include "base/event_queue.h"

#include <utility>

namespace np {

EventQueue::EventQueue(std::size_t capacity, std::function<void()> wake)
    : capacity_(capacity), wake_(std::move(wake)) {}

bool EventQueue::push(Event event) {
  const std::lock_guard lock(mutex_);
  if (told_ >= capacity_) return drop(event.type);
  ++told_;
  append(std::move(event));
  return true;
}

bool EventQueue::pushBounded(Event event, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::size_t& waiting = bounded_[{event.subject, event.type}];
  if (waiting >= limit) return drop(event.type);
  ++waiting;
  append(std::move(event));
  return true;
}

void EventQueue::countLost(const std::string& type) {
  const std::lock_guard lock(mutex_);
  drop(type);
}

void EventQueue::pushState(Event event) {
  const std::lock_guard lock(mutex_);
  // Allocates first, because memory may run out: a known state must always have an event in the queue.
  std::list<Event> newest;
  newest.push_back(std::move(event));
  const auto newestAt = newest.begin();
  const auto [known, isFirst] = states_.try_emplace({newestAt->subject, newestAt->type}, newestAt);
  if (!isFirst) events_.erase(std::exchange(known->second, newestAt));
  events_.splice(events_.end(), newest);
  wakeOnce();
}

void EventQueue::pushEssential(Event event) {
  const std::lock_guard lock(mutex_);
  append(std::move(event));
}

void EventQueue::pushLast(Event event) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(event);
  wakeOnce();
}

std::vector<Event> EventQueue::drain() {
  const std::lock_guard lock(mutex_);
  std::vector<Event> batch;
  batch.reserve(events_.size() + 2);
  for (auto& event : events_) batch.push_back(std::move(event));
  events_.clear();
  bounded_.clear();
  states_.clear();
  told_ = 0;
  awake_ = false;
  if (!lost_.empty()) {
    Fields lost;
    std::uint64_t sum = 0;
    for (const auto& [type, count] : std::exchange(lost_, {})) {
      lost.emplace_back(type, count);
      sum += count;
    }
    batch.push_back({"overflow", 0, {{"dropped", sum}, {"lost", std::move(lost)}}});
  }
  if (last_) batch.push_back(*std::exchange(last_, std::nullopt));
  return batch;
}

void EventQueue::mute() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
}

std::uint64_t EventQueue::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void EventQueue::append(Event event) {
  events_.emplace_back(std::move(event));
  wakeOnce();
}

bool EventQueue::drop(const std::string& type) {
  ++dropped_;
  ++lost_[type];
  wakeOnce();
  return false;
}

// Under the lock, so that no thread is inside `wake_` once mute() has returned.
void EventQueue::wakeOnce() {
  if (awake_ || !wake_) return;
  awake_ = true;
  wake_();
}

}  // namespace np
