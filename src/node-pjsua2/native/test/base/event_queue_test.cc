// What waits for JavaScript is bounded, however long it takes nothing.
#include "base/event_queue.h"
#include "test/expect.h"

#include <string>

namespace np {
namespace {

void statesTakeOnePlace() {
  EventQueue queue(10, [] {});
  queue.pushState({"media", 1, {}});
  queue.pushState({"trying", 2, {}});
  for (int i = 0; i < 100'000; ++i) queue.pushState({"media", 1, {{"number", i}}});
  queue.pushEssential({"ended", 1, {}});
  const auto batch = queue.drain();
  expect(batch.size() == 3 && batch.capacity() < 10, "places: " + std::to_string(batch.capacity()));
  expect(batch[0].type == "trying" && batch[1].type == "media" && batch[2].type == "ended", "the newest comes where it happened");
  queue.pushState({"media", 1, {}});
  expect(queue.drain().size() == 1, "and afterwards");
}

}  // namespace

std::vector<Test> eventQueueTests() { return {{"states take one place", statesTakeOnePlace}}; }

}  // namespace np
