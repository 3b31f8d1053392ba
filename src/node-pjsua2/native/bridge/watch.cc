#include "bridge/watch.h"

#include "core/guard.h"
#include "sip/call.h"
#include "core/endpoint.h"
#include "core/pj.h"
#include "bridge/player.h"

namespace np {
namespace {

constexpr auto soon = std::chrono::milliseconds(20);
constexpr auto later = std::chrono::milliseconds(100);  // a leveller's gain has changed by about half a decibel

}  // namespace

void Watch::start() {
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void Watch::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  nudge();
  thread_.join();
  bury();
  keepAppointments();
}

void Watch::settleAt(std::chrono::steady_clock::time_point due, Serial request, Serial call) {
  {
    const std::lock_guard lock(mutex_);
    appointments_.push_back({due, request, call});
  }
  nudge();
}

void Watch::dispose(std::shared_ptr<void> object) {
  {
    const std::lock_guard lock(mutex_);
    disposed_.push_back(std::move(object));
  }
  nudge();
}

void Watch::run() {
  registerThread();
  while (!stopping_) {
    std::optional<std::chrono::milliseconds> interval = later;
    guard([&] { interval = look(); });
    if (interval)
      (void)nudged_.try_acquire_for(*interval);
    else
      nudged_.acquire();
  }
}

std::optional<std::chrono::milliseconds> Watch::look() {
  Endpoint* endpoint = Endpoint::current();
  bury();
  bool more = keepAppointments();
  for (const auto& player : endpoint->players.all())
    if (player->takeFinished()) endpoint->events.pushEssential({"finished", player->serial, {}});
  for (const auto& call : endpoint->calls.all())
    if (call->digits.expire()) more = true;
  const bool follows = endpoint->conference.followLoudness();
  if (more) return soon;
  return follows ? std::optional(later) : std::nullopt;
}

// Outside of the lock: it takes as long as the disk does.
void Watch::bury() {
  std::vector<std::shared_ptr<void>> dead;
  const std::lock_guard lock(mutex_);
  dead.swap(disposed_);
}

bool Watch::keepAppointments() {
  Endpoint* endpoint = Endpoint::current();
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  for (auto next = appointments_.begin(); next != appointments_.end();) {
    if (endpoint->calls.find(next->call) == nullptr)
      settle(next->request, InvalidState("the call has ended"));
    else if (next->due <= now) {
      endpoint->conference.endKeys(next->call);
      settle(next->request);
    }
    else {
      ++next;
      continue;
    }
    next = appointments_.erase(next);
  }
  return !appointments_.empty();
}

}  // namespace np
