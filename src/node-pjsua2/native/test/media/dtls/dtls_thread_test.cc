// Two threads of handshakes that talk to each other.
#include "media/dtls/dtls_thread.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace np {
namespace {

// A handshake whose other side was ended in the middle begins anew after half a minute only.
template <class Condition>
bool comesTrue(Condition condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

const pj_sockaddr whereOthersAre = [] {
  pj_sockaddr made{};
  made.ipv4.sin_family = pj_AF_INET();
  made.ipv4.sin_port = 4242;
  return made;
}();

// One end; what it sends goes to the other.
class End final : public DtlsThread::Party {
 public:
  explicit End(DtlsThread& own) : own_(own) {}
  ~End() { end(); }

  void begin(DtlsRole role, const Fingerprint& theirs) { id_ = own_.begin({role, {theirs}}, "127.0.0.1", *this); }
  void end() { own_.end(id_); }
  void receive(const std::uint8_t* datagram, std::size_t size) { own_.received(id_, datagram, size, whereOthersAre); }

  void sendHandshake(const std::uint8_t* datagram, std::size_t size, const pj_sockaddr* to) override {
    if (to != nullptr && pj_sockaddr_cmp(to, &whereOthersAre) == 0) ++sentThere;
    if (sent++ == 0) first_.assign(datagram, datagram + size);
    if (End* const to = other) to->receive(datagram, size);
  }
  void agreed(const DtlsKeys& keys) override {
    const std::lock_guard lock(mutex_);
    keys_.push_back(keys);
  }
  void failed(const std::string&) override { ++failures; }

  // What it has sent first, once it has sent anything.
  const std::vector<std::uint8_t>& first() const { return first_; }

  std::vector<DtlsKeys> keys() {
    const std::lock_guard lock(mutex_);
    return keys_;
  }

  std::atomic<End*> other{nullptr};
  std::atomic<int> sent{0};
  std::atomic<int> sentThere{0};
  std::atomic<int> failures{0};

 private:
  DtlsThread& own_;
  std::atomic<DtlsThread::Id> id_{0};
  std::mutex mutex_;
  std::vector<DtlsKeys> keys_;
  std::vector<std::uint8_t> first_;
};

struct Sides {
  Sides() {
    here.start();
    there.start();
  }
  DtlsThread here, there;
};

}  // namespace

TEST_CASE(
    "handshakes in threads give both sides the same keys, whichever is there first, and again to one that begins "
    "anew") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.other = &client;
  client.begin(DtlsRole::client, sides.there.fingerprint());
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  server.begin(DtlsRole::server, sides.here.fingerprint());
  for (std::size_t times = 1; times <= 2; ++times) {
    REQUIRE(comesTrue([&] { return client.keys().size() == times && server.keys().size() == times; }));
    CHECK(client.keys().back().ours == server.keys().back().theirs);
    CHECK(client.keys().back().theirs == server.keys().back().ours);
    client.end();
    client.begin(DtlsRole::client, sides.there.fingerprint());
  }
  CHECK_FALSE(client.keys()[0].ours == client.keys()[1].ours);
}

TEST_CASE("a handshake in a thread that fails is told of once, and tried again") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.other = &client;
  server.begin(DtlsRole::server, sides.there.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return server.failures == 1 && client.failures == 1; }));
  const int sent = client.sent;
  REQUIRE_MESSAGE(comesTrue([&] { return client.sent > sent + 1; }), "it tries again");
  CHECK(server.failures == 1);
  CHECK(server.keys().empty());
  server.end();
  server.begin(DtlsRole::server, sides.here.fingerprint());
  CHECK(comesTrue([&] { return client.keys().size() == 1 && server.keys().size() == 1; }));
}

TEST_CASE("what is lost of a handshake is sent again to where its client is, which may be behind a NAT") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.begin(DtlsRole::server, sides.here.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return server.sent > 0; }));
  client.end();
  const int sent = server.sent;
  REQUIRE(comesTrue([&] { return server.sent > 3 * sent; }));
  CHECK(server.sentThere == server.sent);
}

TEST_CASE("a client that begins anew in the middle of a handshake does not wait for the end of the one before") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.begin(DtlsRole::server, sides.here.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return server.sent > 0; }));
  client.end();
  server.other = &client;
  client.begin(DtlsRole::client, sides.there.fingerprint());
  CHECK(comesTrue([&] { return client.keys().size() == 1 && server.keys().size() == 1; }));
  CHECK(server.failures == 0);
}

// How much it has sent once it sends no more: on a busy machine some of it is repeated.
int sentAtRest(const End& end) {
  for (int before = end.sent;; before = end.sent) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    if (end.sent == before) return before;
  }
}

TEST_CASE("a beginning that comes twice is not answered by a handshake of its own once there are keys") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.other = &client;
  server.begin(DtlsRole::server, sides.here.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return client.keys().size() == 1 && server.keys().size() == 1; }));
  const int sent = sentAtRest(server);
  const auto hello = client.first();
  for (int i = 0; i < 3; ++i) server.receive(hello.data(), hello.size());
  CHECK(sentAtRest(server) == sent);
  client.end();
  client.begin(DtlsRole::client, sides.there.fingerprint());
  CHECK(comesTrue([&] { return client.keys().size() == 2 && server.keys().size() == 2; }));
}

TEST_CASE("what comes before a client has begun, such as the rest of a handshake before, spoils nothing") {
  Sides sides;
  End client(sides.here), server(sides.there), next(sides.there), last(sides.there);
  client.other = &server;
  server.begin(DtlsRole::server, sides.here.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return server.sent > 0; }));
  client.end();
  next.begin(DtlsRole::server, sides.here.fingerprint());
  last.begin(DtlsRole::client, sides.here.fingerprint());
  REQUIRE_MESSAGE(comesTrue([&] { return last.sent > 0; }), "all that came before it wait for a client");
  next.receive(server.first().data(), server.first().size());
  client.other = &next;
  next.other = &client;
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return client.keys().size() == 1 && next.keys().size() == 1; }));
  CHECK(next.failures == 0);
}

TEST_CASE("whoever forges beginnings keeps no call of the same source from its handshake") {
  Sides sides;
  End client(sides.here), server(sides.there);
  client.other = &server;
  server.begin(DtlsRole::server, sides.here.fingerprint());
  client.begin(DtlsRole::client, sides.there.fingerprint());
  REQUIRE(comesTrue([&] { return server.sent > 0; }));
  client.end();
  std::atomic<std::uint32_t> forged{0};
  std::atomic<bool> isOver{false};
  std::thread forger([&, hello = client.first()]() mutable {
    for (; !isOver; ++forged) {
      std::memcpy(&hello[30], &forged, sizeof(forged));
      server.receive(hello.data(), hello.size());
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  CHECK(comesTrue([&] { return forged > 2000; }));
  std::vector<std::unique_ptr<End>> others;
  for (int i = 0; i < 50; ++i) {
    others.push_back(std::make_unique<End>(sides.there));
    others.back()->begin(DtlsRole::client, sides.here.fingerprint());
  }
  CHECK(comesTrue([&] { return std::ranges::all_of(others, [](const auto& end) { return end->sent > 0; }); }));
  isOver = true;
  forger.join();
}

TEST_CASE("one source can cause so many handshakes only, and keeps no other from its own") {
  DtlsThread thread;
  thread.start();
  std::vector<std::unique_ptr<End>> ends;
  for (int i = 0; i < 600; ++i) {
    ends.push_back(std::make_unique<End>(thread));
    ends.back()->begin(DtlsRole::client, thread.fingerprint());
  }
  const auto begun = [&] {
    return std::count_if(ends.begin(), ends.end(), [](const auto& end) { return end->sent > 0; });
  };
  CHECK(comesTrue([&] { return begun() >= 400; }));
  CHECK_MESSAGE(begun() < 600, "the rest has to wait");
  End other(thread);
  const auto id = thread.begin({DtlsRole::client, {thread.fingerprint()}}, "127.0.0.2", other);
  CHECK(comesTrue([&] { return other.sent > 0; }));
  thread.end(id);
}

TEST_CASE("nobody is told of a handshake that is over, or of a thread that has stopped") {
  Sides sides;
  {
    End gone(sides.here);
    gone.begin(DtlsRole::client, sides.there.fingerprint());
    gone.end();
    const int sent = gone.sent;
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK(gone.sent == sent);
  }
  End late(sides.here);
  sides.here.stop();
  late.begin(DtlsRole::client, sides.there.fingerprint());
  late.receive(nullptr, 0);
  CHECK(late.sent == 0);
}

}  // namespace np
