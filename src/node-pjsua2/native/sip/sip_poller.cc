#include "sip/sip_poller.h"

#include "core/guard.h"
#include "core/pj.h"

#include <pjsua-lib/pjsua.h>

#include <chrono>

namespace np {
namespace {

// A message wakes the thread at once. A timer that another thread has set meanwhile is late by so much at most: little beside the
// 500 ms after which a message is repeated (RFC 3261, T1), the shortest of them.
constexpr auto longestSleep = std::chrono::milliseconds(50);

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
  while (!stopping_)
    if (pjsua_handle_events(longestSleep.count()) < 0) std::this_thread::sleep_for(longestSleep);
}

}  // namespace np
