#include "line/reconnecting.h"

#include "base/guard.h"
#include "media/audio_thread.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace np {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstPause{100};
constexpr milliseconds longestPause{2000};

}  // namespace

Reconnecting::Reconnecting(LinkReports reports, Serve serve)
    : reports_(std::move(reports)), serve_(std::move(serve)), stop_(eventfd(0, EFD_CLOEXEC)) {
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

Reconnecting::~Reconnecting() {
  const std::uint64_t one = 1;
  (void)!write(stop_.number(), &one, sizeof one);
  thread_.join();
}

void Reconnecting::run() {
  beginAudioThread("line");
  milliseconds pause = firstPause;
  std::string told;
  do {
    const std::string reason = serve_(stop_.number(), [&] {
      pause = firstPause;
      told.clear();
      reports_.up();
    });
    if (reason.empty()) return;
    if (reason != told) reports_.down(reason);
    told = reason;
    pause = std::min(2 * pause, longestPause);
  } while (!isRaised(stop_.number(), pause));
}

bool isRaised(int stop, milliseconds within) {
  pollfd watched{stop, POLLIN, 0};
  return poll(&watched, 1, static_cast<int>(within.count())) != 0;
}

}  // namespace np
