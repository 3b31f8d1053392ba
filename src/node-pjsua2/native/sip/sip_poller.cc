#include "sip/sip_poller.h"

#include "base/guard.h"
#include "base/pj.h"
#include "base/spare_memory.h"

#include <pjsua-lib/pjsua.h>

#include <chrono>

namespace np {
namespace {

// A message wakes the thread at once. A timer that another thread has set meanwhile is late by so much at most: little
// beside the 500 ms after which a message is repeated (RFC 3261, T1), the shortest of them.
constexpr auto longestSleep = std::chrono::milliseconds(50);

// This thread allocates what messages and connections need, and can best be without a millisecond.
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
