#include "bridge/watch.h"

#include "base/guard.h"
#include "base/pj.h"
#include "bridge/player.h"
#include "core/endpoint.h"
#include "sip/call/call.h"

namespace np {
namespace {

constexpr auto soon = std::chrono::milliseconds(20);
constexpr auto later =
    std::chrono::milliseconds(100);  // a leveller's gain changes by about half a decibel in this time
constexpr int looksPerSilence = 10;

const char* nameOf(Presence::Reports reports) {
  if (reports == Presence::Reports::never) return "never";
  return reports == Presence::Reports::heard ? "heard" : "silent";
}

const char* nameOf(Presence::Excuse excuse) {
  if (excuse == Presence::Excuse::none) return "none";
  return excuse == Presence::Excuse::hold ? "hold" : "pauses";
}

void tell(Endpoint& endpoint, Serial call, const Presence::News& news) {
  const Value silence = std::chrono::duration<double, std::milli>(news.silence).count();
  if (!news.isSilent) return endpoint.events.pushEssential({"mediaHeard", call, {{"silentMs", silence}}});
  endpoint.events.pushEssential(
      {"mediaSilent",
       call,
       {{"silentMs", silence}, {"reports", nameOf(news.reports)}, {"excuse", nameOf(news.excuse)}}});
}

}  // namespace

void Watch::start() {
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void Watch::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  nudge();
  thread_.join();
  closeDisposed();
  runTimers();
}

void Watch::settleAt(std::chrono::steady_clock::time_point due, Serial request, Serial call) {
  {
    const std::lock_guard lock(mutex_);
    timers_.push_back({due, request, call});
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
  closeDisposed();
  bool more = runTimers();
  for (const auto& player : endpoint->players.all())
    if (player->takeFinished()) endpoint->events.pushEssential({"finished", player->serial, {}});
  bool anyAudio = false;
  for (const auto& call : endpoint->calls.all()) {
    if (call->digits.expire()) more = true;
    if (listenFor(*call)) anyAudio = true;
  }
  const bool follows = endpoint->conference.followLoudness();
  if (more) return soon;
  if (follows) return later;
  return anyAudio ? std::optional(endpoint->options().silence / looksPerSilence) : std::nullopt;
}

// True while audio may come from the call's party.
bool Watch::listenFor(const Call& call) {
  Endpoint& endpoint = *Endpoint::current();
  Presence& presence = call.rtp->presence;
  const auto now = Presence::Clock::now();
  if (const auto news = presence.look(now, endpoint.options().silence)) tell(endpoint, call.serial, *news);
  if (!presence.isOpen()) return false;
  call.rtp->reportIfDue(now);
  return true;
}

// Destroys them outside of the lock of the queue, because that may take as long as the disk does.
void Watch::closeDisposed() {
  std::vector<std::shared_ptr<void>> dead;
  const std::lock_guard lock(mutex_);
  dead.swap(disposed_);
}

bool Watch::runTimers() {
  Endpoint* endpoint = Endpoint::current();
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  for (auto next = timers_.begin(); next != timers_.end();) {
    if (endpoint->calls.find(next->call) == nullptr)
      settle(next->request, InvalidState("the call has ended"));
    else if (next->due <= now) {
      endpoint->conference.endKeys(next->call);
      settle(next->request);
    } else {
      ++next;
      continue;
    }
    next = timers_.erase(next);
  }
  return !timers_.empty();
}

}  // namespace np
