// The events that wait for JavaScript are bounded, however long it takes none.
#include "base/event_queue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace np {
namespace {

constexpr std::size_t all = 1'000'000;

std::vector<std::string> typesIn(const std::vector<Event>& events) {
  std::vector<std::string> types;
  for (const auto& event : events) types.push_back(event.type);
  return types;
}

TEST_CASE("a newer state replaces the one that waits") {
  EventQueue queue(10, [] {});
  queue.pushState({"media", 1, {}});
  queue.pushState({"trying", 2, {}});
  for (int i = 0; i < 100'000; ++i) queue.pushState({"media", 1, {{"number", i}}});
  queue.pushEssential({"ended", 1, {}});
  const auto batch = queue.drain(all);
  REQUIRE(batch.size() == 3);
  CHECK(batch.capacity() < 10);
  CHECK_MESSAGE((batch[0].type == "trying" && batch[1].type == "media" && batch[2].type == "ended"),
                "the newest state is at the place where it happened");
  queue.pushState({"media", 1, {}});
  CHECK(queue.drain(all).size() == 1);
}

TEST_CASE("tells for how long the oldest event has been waiting, also after a drain that left it") {
  using namespace std::chrono_literals;
  EventQueue queue(10, [] {});
  CHECK(queue.delay() == 0ms);
  queue.pushEssential({"answered", 1, {}});
  queue.pushEssential({"media", 1, {}});
  std::this_thread::sleep_for(20ms);
  queue.pushEssential({"ended", 1, {}});
  queue.drain(1);
  CHECK(queue.delay() >= 20ms);
  queue.drain(all);
  CHECK(queue.delay() == 0ms);
}

TEST_CASE("what a drain leaves comes with the next one, and wakes nobody before it is asked for") {
  int woken = 0;
  EventQueue queue(10, [&woken] { ++woken; });
  for (const char* type : {"one", "two", "three"}) queue.pushEssential({type, 1, {}});
  queue.countLost("log");
  queue.pushLast({"closed", 0, {}});
  CHECK(typesIn(queue.drain(2)) == std::vector<std::string>{"one", "two"});
  CHECK(queue.hasMore());
  queue.pushEssential({"four", 1, {}});
  CHECK(woken == 1);
  queue.goOn();
  CHECK(woken == 2);
  CHECK(typesIn(queue.drain(2)) == std::vector<std::string>{"three", "four", "overflow", "closed"});
  CHECK(!queue.hasMore());
  queue.goOn();
  CHECK(woken == 2);
}

TEST_CASE("of what can be dropped the oldest are kept, and all of what cannot") {
  EventQueue queue(2, [] {});
  CHECK(queue.push({"first", 0, {}}));
  CHECK(queue.push({"second", 0, {}}));
  CHECK(!queue.push({"third", 0, {}}));
  queue.pushEssential({"ended", 1, {}});
  CHECK(!queue.push({"fourth", 0, {}}));
  auto told = typesIn(queue.drain(all));
  CHECK(std::vector<std::string>(told.begin(), told.begin() + 2) == std::vector<std::string>{"first", "second"});
  CHECK(std::count(told.begin(), told.end(), "ended") == 1);
  CHECK(std::count(told.begin(), told.end(), "third") + std::count(told.begin(), told.end(), "fourth") == 0);
}

TEST_CASE("what was dropped is told while others wait, once for as many as may wait") {
  EventQueue queue(2, [] {});
  for (const char* type : {"one", "two", "three"}) queue.pushEssential({type, 1, {}});
  queue.countLost("log");
  CHECK(typesIn(queue.drain(1)) == std::vector<std::string>{"one"});
  queue.countLost("digit");
  CHECK(typesIn(queue.drain(1)) == std::vector<std::string>{"two", "overflow"});
  CHECK(typesIn(queue.drain(1)) == std::vector<std::string>{"three"});
}

TEST_CASE("what comes after a drain that left nothing wakes once, though that drain's caller goes on") {
  int woken = 0;
  EventQueue queue(10, [&woken] { ++woken; });
  queue.pushEssential({"one", 1, {}});
  queue.drain(2);
  queue.pushEssential({"two", 1, {}});
  CHECK(!queue.hasMore());
  queue.goOn();
  CHECK(woken == 2);
}

TEST_CASE("a wake-up that fails is tried again with the next event, and nothing is counted wrongly") {
  bool isOutOfMemory = true;
  int woken = 0;
  EventQueue queue(2, [&] {
    if (isOutOfMemory) throw std::bad_alloc();
    ++woken;
  });
  CHECK_THROWS(queue.push({"log", 0, {}}));
  CHECK_THROWS(queue.pushBounded({"digit", 1, {}}, 1));
  isOutOfMemory = false;
  CHECK(queue.push({"log", 0, {}}));
  CHECK(woken == 1);
  CHECK(typesIn(queue.drain(all)) == std::vector<std::string>{"log", "digit", "log"});
  CHECK(queue.push({"log", 0, {}}));
  CHECK(queue.pushBounded({"digit", 1, {}}, 1));
}

TEST_CASE("what is bounded has room again as far as it was drained") {
  EventQueue queue(2, [] {});
  CHECK(queue.push({"log", 0, {}}));
  CHECK(queue.push({"log", 0, {}}));
  for (int i = 0; i < 2; ++i) CHECK(queue.pushBounded({"digit", 1, {}}, 2));
  CHECK(!queue.push({"log", 0, {}}));
  CHECK(!queue.pushBounded({"digit", 1, {}}, 2));
  queue.drain(3);
  CHECK(queue.push({"log", 0, {}}));
  CHECK(queue.pushBounded({"digit", 1, {}}, 2));
  CHECK(!queue.pushBounded({"digit", 1, {}}, 2));
  queue.pushState({"media", 1, {}});
  queue.pushState({"media", 1, {}});
  CHECK(typesIn(queue.drain(all)) == std::vector<std::string>{"digit", "log", "digit", "media", "overflow"});
}

TEST_CASE("what is urgent goes first, in its own order, for as long as it is") {
  EventQueue queue(10, [] {});
  auto urgent = queue.hurry(7);
  queue.pushEssential({"usual", 1, {}});
  queue.pushState({"media", 7, {}});
  queue.pushBounded({"incomingCall", 0, {}}, 10);
  queue.pushBounded({"emergencyCall", 0, {}}, 10, EventQueue::Turn::first);
  queue.pushState({"media", 7, {}});
  queue.pushEssential({"answered", 7, {}});
  urgent.reset();
  queue.pushEssential({"later", 7, {}});
  CHECK(typesIn(queue.drain(all)) ==
        std::vector<std::string>{"emergencyCall", "media", "answered", "usual", "incomingCall", "later"});
}

TEST_CASE("a state that was urgent is replaced by one that no longer is") {
  EventQueue queue(10, [] {});
  auto urgent = queue.hurry(7);
  queue.pushState({"media", 7, {}});
  urgent.reset();
  queue.pushEssential({"usual", 1, {}});
  queue.pushState({"media", 7, {}});
  CHECK(typesIn(queue.drain(all)) == std::vector<std::string>{"usual", "media"});
}

TEST_CASE("threads that push while others hurry and one drains lose nothing and mix up no order") {
  constexpr int writers = 4;
  constexpr int each = 5'000;
  std::atomic<int> woken = 0;
  EventQueue queue(all, [&woken] { ++woken; });
  std::vector<std::jthread> threads;
  for (Serial subject = 1; subject <= writers; ++subject)
    threads.emplace_back([&queue, subject] {
      const auto urgent = subject == 1 ? queue.hurry(subject) : nullptr;
      for (int number = 0; number < each; ++number) {
        queue.pushState({"media", subject, {}});
        queue.pushEssential({std::to_string(number), subject, {}});
        const auto other = queue.hurry(100 + subject);
        queue.pushBounded({"digit", 100 + subject, {}}, 10);
      }
    });
  std::map<Serial, int> next;
  int drains = 0;
  const auto isDone = [&next] {
    int sum = 0;
    for (const auto& [subject, count] : next) sum += count;
    return sum == writers * each;
  };
  while (!isDone()) {
    if (woken.exchange(0) == 0) {
      std::this_thread::yield();
      continue;
    }
    ++drains;
    for (const auto& event : queue.drain(32)) {
      if (event.subject == 0 || event.subject > writers || event.type == "media") continue;
      REQUIRE(event.type == std::to_string(next[event.subject]++));
    }
    queue.goOn();
  }
  CHECK(drains >= writers * each / 32);
}

}  // namespace
}  // namespace np
