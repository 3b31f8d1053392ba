// The poller, tested on real sockets.
#include "media/media_poller.h"
#include "test/packet_path.h"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

namespace np {
namespace {

using namespace std::chrono_literals;

class Socket {
 public:
  Socket() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_MESSAGE(::bind(number, reinterpret_cast<sockaddr*>(&any), sizeof(any)) == 0, "a socket is bound");
  }
  ~Socket() { ::close(number); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  sockaddr_in address() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    ::getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
    return address;
  }

  void send(const Socket& to, std::uint32_t value) const {
    const sockaddr_in target = to.address();
    ::sendto(number, &value, sizeof(value), 0, reinterpret_cast<const sockaddr*>(&target), sizeof(target));
  }

  const int number = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

// Keeps the last value that it received, and counts the packets.
class Ear final : public MediaPoller::Receiver {
 public:
  explicit Ear(const Socket& socket) : Receiver(socket.number) {}
  ~Ear() { gone_ = true; }

  void received(void* packet, std::size_t size, const pj_sockaddr& source) override {
    thread_local const PacketPath watched;  // from the first packet to the end of the thread
    if (gone_) ++heardWhenGone;
    std::uint32_t value = 0;
    if (size == sizeof(value)) std::memcpy(&value, packet, size);
    port = pj_sockaddr_get_port(&source);
    last = value;
    ++count;
  }

  std::atomic<unsigned> count{0};
  std::atomic<std::uint32_t> last{0};
  std::atomic<unsigned> port{0};
  static inline std::atomic<unsigned> heardWhenGone{0};

 private:
  std::atomic<bool> gone_{false};
};

template <class Condition>
bool comesTrue(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (!condition() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(1ms);
  return condition();
}

class RunningPoller : public MediaPoller {
 public:
  RunningPoller() { start(); }
};

TEST_CASE("packets arrive") {
  RunningPoller poller;
  const Socket here, there;
  Ear ear(here);
  CHECK_MESSAGE(poller.add(ear) == PJ_SUCCESS, "the socket is added");
  for (std::uint32_t value = 1; value <= 200; ++value) there.send(here, value);
  CHECK_MESSAGE(comesTrue([&] { return ear.count == 200; }), "every packet arrives once");
  CHECK_MESSAGE(ear.last == 200, "with its contents");
  CHECK_MESSAGE(ear.port == ntohs(there.address().sin_port), "and its source");
  poller.remove(ear);
}

TEST_CASE("packets from before a socket was added do not arrive") {
  RunningPoller poller;
  const Socket here, there;
  there.send(here, 1);
  Ear ear(here);
  poller.add(ear);
  there.send(here, 2);
  CHECK_MESSAGE((comesTrue([&] { return ear.count > 0; }) && ear.last == 2 && ear.count == 1),
                "the old packet is thrown away");
  poller.remove(ear);
}

TEST_CASE("oversize packets are dropped") {
  RunningPoller poller;
  const Socket here, there;
  Ear ear(here);
  poller.add(ear);
  const std::vector<std::uint8_t> large(5000);
  const sockaddr_in target = here.address();
  ::sendto(there.number, large.data(), large.size(), 0, reinterpret_cast<const sockaddr*>(&target), sizeof(target));
  there.send(here, 7);
  CHECK_MESSAGE((comesTrue([&] { return ear.last == 7; }) && ear.count == 1), "the packet after it arrives");
  poller.remove(ear);
}

TEST_CASE("nobody is called after removal") {
  RunningPoller poller;
  const Socket there;
  std::atomic<bool> over{false};
  const Socket sockets[3];
  std::thread talker([&] {
    while (!over)
      for (const Socket& socket : sockets) there.send(socket, 1);
  });
  std::vector<std::thread> changers;
  std::atomic<unsigned> heard{0};
  for (const Socket& socket : sockets)
    changers.emplace_back([&] {
      for (int round = 0; round < 300; ++round) {
        Ear ear(socket);
        poller.add(ear);
        std::this_thread::sleep_for(100us);
        poller.remove(ear);
        heard += ear.count;
      }
    });
  for (auto& changer : changers) changer.join();
  over = true;
  talker.join();
  CHECK_MESSAGE((heard > 0 && Ear::heardWhenGone == 0), "no receiver is called after its removal");
}

// Whether a thread of this process may raise its priority above the others.
bool mayGoAhead() {
  bool may = false;
  std::thread([&] { may = ::setpriority(PRIO_PROCESS, 0, -15) == 0; }).join();
  return may;
}

class EarForPriority final : public MediaPoller::Receiver {
 public:
  explicit EarForPriority(const Socket& socket) : Receiver(socket.number) {}
  void received(void*, std::size_t, const pj_sockaddr&) override { niceness = ::getpriority(PRIO_PROCESS, 0); }

  static constexpr int unknown = 100;
  std::atomic<int> niceness{unknown};
};

TEST_CASE("the poller's thread has priority") {
  const int others = ::getpriority(PRIO_PROCESS, 0);
  RunningPoller poller;
  const Socket here, there;
  EarForPriority ear(here);
  poller.add(ear);
  there.send(here, 1);
  CHECK_MESSAGE(comesTrue([&] { return ear.niceness != EarForPriority::unknown; }), "a packet arrives");
  CHECK_MESSAGE(ear.niceness == (mayGoAhead() ? -15 : others), "above the other threads where that is allowed");
  CHECK_MESSAGE(::getpriority(PRIO_PROCESS, 0) == others, "which keep their priority");
  poller.remove(ear);
}

TEST_CASE("receivers can be removed after the end") {
  RunningPoller poller;
  const Socket here;
  Ear ear(here);
  poller.add(ear);
  poller.stop();
  poller.remove(ear);
  CHECK_MESSAGE(ear.count == 0, "nothing came");
}

TEST_CASE("the poller neither allocates nor locks") {
  RunningPoller poller;
  const Socket here, there;
  Ear ear(here);
  poller.add(ear);
  there.send(here, 1);
  comesTrue([&] { return ear.count == 1; });
  const unsigned long before = PacketPath::offences();
  for (std::uint32_t value = 2; value <= 200; ++value) there.send(here, value);
  comesTrue([&] { return ear.count == 200; });
  CHECK_MESSAGE(PacketPath::offences() == before, "nor does it between packets");
  poller.remove(ear);
}

}  // namespace
}  // namespace np
