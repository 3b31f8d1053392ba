#include "base/event_queue.h"

#include <algorithm>
#include <utility>

namespace np {
namespace {

std::uint64_t sumOf(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [type, count] : counts) sum += count;
  return sum;
}

}  // namespace

EventQueue::EventQueue(std::size_t capacity, std::function<void()> wake)
    : capacity_(capacity), wake_(std::move(wake)) {}

bool EventQueue::push(Event event) {
  const std::lock_guard lock(mutex_);
  if (told_ >= capacity_) return drop(event.type);
  append(std::move(event), Sort::told);
  ++told_;
  wakeOnce();
  return true;
}

bool EventQueue::pushBounded(Event event, std::size_t limit, Turn turn) {
  const std::lock_guard lock(mutex_);
  std::size_t& waiting = bounded_[{event.subject, event.type}];
  if (waiting >= limit) return drop(event.type);
  append(std::move(event), Sort::bounded, turn);
  ++waiting;
  wakeOnce();
  return true;
}

void EventQueue::countLost(const std::string& type) {
  const std::lock_guard lock(mutex_);
  drop(type);
}

void EventQueue::pushState(Event event) {
  const std::lock_guard lock(mutex_);
  // Allocates first, because memory may run out: a known state must always have an event in the queue.
  Line newest;
  newest.push_back({std::move(event), Sort::state, Clock::now()});
  const auto at = newest.begin();
  Line& line = lineOf(at->event.subject, Turn::usual);
  const auto [known, isFirst] = states_.try_emplace({at->event.subject, at->event.type}, Place{&line, at});
  if (!isFirst) {
    const Place before = std::exchange(known->second, Place{&line, at});
    before.line->erase(before.at);
  }
  line.splice(line.end(), newest);
  wakeOnce();
}

void EventQueue::pushEssential(Event event) {
  const std::lock_guard lock(mutex_);
  append(std::move(event), Sort::essential);
  wakeOnce();
}

void EventQueue::pushLast(Event event) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(event);
  wakeOnce();
}

std::unique_ptr<EventQueue::Urgent> EventQueue::hurry(Serial subject) {
  // Before the lock, which it takes when it ends, as it does if memory runs out.
  auto urgent = std::make_unique<Urgent>(*this, subject);
  const std::lock_guard lock(mutex_);
  urgentSubjects_.insert(subject);
  return urgent;
}

void EventQueue::calm(Serial subject) {
  const std::lock_guard lock(mutex_);
  urgentSubjects_.erase(subject);
}

std::vector<Event> EventQueue::drain(std::size_t most) {
  const std::lock_guard lock(mutex_);
  // At first, because memory may run out: then the next event asks again.
  awake_ = false;
  std::vector<Event> batch;
  batch.reserve(std::min(most, urgent_.size() + usual_.size()) + 2);
  for (Line* line : {&urgent_, &usual_})
    while (batch.size() < most && !line->empty()) batch.push_back(takeFrom(*line));
  awake_ = hasLeft_ = !urgent_.empty() || !usual_.empty();
  drained_ += batch.size();
  if (const auto sum = sumOf(lost_); sum > 0 && (!hasLeft_ || drained_ >= capacity_)) {
    drained_ = 0;
    Fields lost;
    for (const auto& [type, count] : std::exchange(lost_, {})) lost.emplace_back(type, count);
    batch.push_back({"overflow", 0, {{"dropped", sum}, {"lost", std::move(lost)}}});
  }
  if (hasLeft_) return batch;
  drained_ = 0;
  if (last_) batch.push_back(*std::exchange(last_, std::nullopt));
  return batch;
}

bool EventQueue::hasMore() const {
  const std::lock_guard lock(mutex_);
  return hasLeft_;
}

void EventQueue::goOn() {
  const std::lock_guard lock(mutex_);
  if (!hasLeft_ || !wake_) return;
  wake_();
  hasLeft_ = false;
}

EventQueue::Clock::duration EventQueue::delay() const {
  const std::lock_guard lock(mutex_);
  return usual_.empty() ? Clock::duration::zero() : Clock::now() - usual_.front().since;
}

void EventQueue::mute() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
}

std::uint64_t EventQueue::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void EventQueue::append(Event event, Sort sort, Turn turn) {
  Line& line = lineOf(event.subject, turn);
  line.push_back({std::move(event), sort, Clock::now()});
}

EventQueue::Line& EventQueue::lineOf(Serial subject, Turn turn) {
  return turn == Turn::first || urgentSubjects_.contains(subject) ? urgent_ : usual_;
}

Event EventQueue::takeFrom(Line& line) {
  Event event = std::move(line.front().event);
  const Sort sort = line.front().sort;
  line.pop_front();
  if (sort == Sort::told) --told_;
  if (sort == Sort::state) states_.erase({event.subject, event.type});
  if (sort == Sort::bounded) {
    const auto counted = bounded_.find({event.subject, event.type});
    if (--counted->second == 0) bounded_.erase(counted);
  }
  return event;
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
  wake_();
  awake_ = true;
}

}  // namespace np
