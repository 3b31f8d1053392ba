// The events that wait for JavaScript are bounded, however long it takes none.
#include "base/event_queue.h"

#include <doctest/doctest.h>

#include <string>

namespace np {
namespace {

TEST_CASE("a newer state replaces the one that waits") {
  EventQueue queue(10, [] {});
  queue.pushState({"media", 1, {}});
  queue.pushState({"trying", 2, {}});
  for (int i = 0; i < 100'000; ++i) queue.pushState({"media", 1, {{"number", i}}});
  queue.pushEssential({"ended", 1, {}});
  const auto batch = queue.drain();
  REQUIRE(batch.size() == 3);
  CHECK(batch.capacity() < 10);
  CHECK_MESSAGE((batch[0].type == "trying" && batch[1].type == "media" && batch[2].type == "ended"),
                "the newest state is at the place where it happened");
  queue.pushState({"media", 1, {}});
  CHECK(queue.drain().size() == 1);
}

}  // namespace
}  // namespace np
