#include "sip/sip_poller.h"

#include "base/guard.h"
#include "base/pj.h"
#include "base/spare_memory.h"

#include <pjsua-lib/pjsua.h>

#include <chrono>

namespace np {
namespace {

// Messages wake the thread at once, but a timer set by another thread meanwhile can be this late: little compared with
// the shortest of them, the 500 ms after which a message is repeated (RFC 3261, T1).
constexpr auto longestSleep = std::chrono::milliseconds(50);

// Memory is freed on this thread because it allocates for messages and connections and can best spare a millisecond.
constexpr auto memoryInterval = std::chrono::seconds(10);

}  // namespace

void SipPoller::start() {
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void SipPoller::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  thread_.join();
}

void SipPoller::run() const {
  registerThread();
  SpareMemory spare;
  auto due = std::chrono::steady_clock::now();
  while (!stopping_) {
    if (pjsua_handle_events(longestSleep.count()) < 0) std::this_thread::sleep_for(longestSleep);
    if (std::chrono::steady_clock::now() < due) continue;
    spare.giveBack();
    due = std::chrono::steady_clock::now() + memoryInterval;
  }
}

}  // namespace np
