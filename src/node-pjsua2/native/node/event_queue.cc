#include "node/event_queue.h"

#include <utility>

namespace np {

EventQueue::EventQueue(std::size_t capacity, std::function<void()> wake) : capacity_(capacity), wake_(std::move(wake)) {}

bool EventQueue::push(Event event) {
  const std::lock_guard lock(mutex_);
  if (events_.size() >= capacity_) {
    ++dropped_;
    return false;
  }
  events_.push_back(std::move(event));
  wakeOnce();
  return true;
}

void EventQueue::pushEssential(Event event) {
  const std::lock_guard lock(mutex_);
  events_.push_back(std::move(event));
  wakeOnce();
}

void EventQueue::pushLast(Event event) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(event);
  wakeOnce();
}

std::vector<Event> EventQueue::drain() {
  const std::lock_guard lock(mutex_);
  std::vector<Event> batch = std::exchange(events_, {});
  awake_ = false;
  if (dropped_ > reported_) {
    batch.push_back({"overflow", 0, {{"dropped", dropped_ - reported_}}});
    reported_ = dropped_;
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

// Under the lock, so that after mute() no thread is inside `wake_`.
void EventQueue::wakeOnce() {
  if (awake_ || !wake_) return;
  awake_ = true;
  wake_();
}

}  // namespace np
