// Ends with 0 when everything holds; see test/native.
#include "test/expect.h"

#include <pj/log.h>
#include <pj/os.h>

#include <cstdio>

namespace np {
namespace {

int failures = 0;

void runAll(const std::vector<Test>& tests) {
  for (const auto& [name, test] : tests) {
    const int before = failures;
    test();
    std::printf("%s %s\n", failures == before ? "ok" : "FAILED", name);
  }
}

}  // namespace

void expect(bool holds, const std::string& what) {
  if (holds) return;
  std::printf("  FAILED: %s\n", what.c_str());
  ++failures;
}

}  // namespace np

int main() {
  pj_log_set_level(0);
  pj_init();
  np::runAll(np::guardTests());
  np::runAll(np::spareMemoryTests());
  np::runAll(np::eventQueueTests());
  np::runAll(np::relayTests());
#ifndef __SANITIZE_THREAD__  // hours of packets on one thread take ten minutes there, and nothing can race
  np::runAll(np::enduranceTests());
#endif
  np::runAll(np::paceTests());
  np::runAll(np::mixLevelTests());
  np::runAll(np::stereoTests());
  np::runAll(np::transcodingTests());
  np::runAll(np::levellingTests());
  np::runAll(np::playoutTests());
  np::runAll(np::lineTests());
  np::runAll(np::peerTests());
  np::runAll(np::presenceTests());
  np::runAll(np::allowanceTests());
  np::runAll(np::pollerTests());
  return np::failures == 0 ? 0 : 1;
}
