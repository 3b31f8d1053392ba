#include "media/dtls/dtls_thread.h"

#include "base/guard.h"
#include "base/pj.h"

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace np {
namespace {

constexpr std::size_t largestReceived = 2048;

// After a handshake that failed, or that would be one too many.
constexpr auto pauseBetweenTries = std::chrono::seconds(1);

// Stands before each datagram on its way to the thread; of association 0 it only wakes it.
struct Envelope {
  DtlsThread::Id id;
  pj_sockaddr source;
};

void closeIfOpen(int& file) {
  if (file >= 0) ::close(std::exchange(file, -1));
}

}  // namespace

const pj_sockaddr* DtlsThread::Association::whereTo() {
  if (answering) answered = answering;
  return answered ? &*answered : nullptr;
}

DtlsThread::~DtlsThread() {
  stop();
  closeIfOpen(in_);
  closeIfOpen(out_);
}

void DtlsThread::start() {
  identity_ = std::make_unique<const DtlsIdentity>();
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) < 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  in_ = ends[0];
  out_ = ends[1];
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void DtlsThread::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  wake();
  thread_.join();
}

DtlsThread::Id DtlsThread::begin(DtlsTerms terms, std::string source, Party& party) {
  const std::lock_guard lock(mutex_);
  const Id id = ++last_;
  associations_.emplace(id, Association{std::move(terms), std::move(source), party, {}, {}, Clock::now()});
  wake();
  return id;
}

void DtlsThread::end(Id id) {
  const std::lock_guard lock(mutex_);
  associations_.erase(id);
}

void DtlsThread::received(Id id, const void* datagram, std::size_t size, const pj_sockaddr& source) const {
  Envelope envelope{id, source};
  std::array<iovec, 2> parts{iovec{&envelope, sizeof(envelope)}, iovec{const_cast<void*>(datagram), size}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  (void)::sendmsg(out_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void DtlsThread::wake() const { received(0, nullptr, 0, {}); }

void DtlsThread::run() {
  registerThread();
  pthread_setname_np(pthread_self(), "handshakes");
  while (!stopping_) {
    pollfd waiting{in_, POLLIN, 0};
    (void)::poll(&waiting, 1, pause());
    guard([this] { readAll(); });
    guard([this] { workOnDue(); });
  }
}

void DtlsThread::readAll() {
  std::array<std::uint8_t, largestReceived> datagram;
  Envelope envelope;
  std::array<iovec, 2> parts{iovec{&envelope, sizeof(envelope)}, iovec{datagram.data(), datagram.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  for (ssize_t size; (size = ::recvmsg(in_, &message, MSG_DONTWAIT)) >= static_cast<ssize_t>(sizeof(envelope));) {
    const std::lock_guard lock(mutex_);
    const auto found = associations_.find(envelope.id);
    if (found == associations_.end()) continue;
    feed(found->second, datagram.data(), static_cast<std::size_t>(size) - sizeof(envelope), envelope.source);
  }
}

// Under the lock, as all that follows. A datagram belongs to one handshake, and is nothing to the other. What comes
// before a client has begun belongs to none.
void DtlsThread::feed(Association& association, const std::uint8_t* datagram, std::size_t size,
                      const pj_sockaddr& source) {
  if (association.running) association.running->repeatIfDue();  // which answers no stranger's datagram
  association.answering = source;
  const bool isServer = association.terms.role == DtlsRole::server;
  if (isServer) heed(association, clientRandomIn(datagram, size));
  const bool hasBegun = !isServer || association.begunBy;
  for (DtlsHandshake* each : {hasBegun ? association.running.get() : nullptr, association.done.get()})
    if (each != nullptr) each->receive(datagram, size);
  association.answering.reset();
  conclude(association);
}

// A client that begins anew, such as a telephone that has restarted, has forgotten what it had begun before.
void DtlsThread::heed(Association& association, const std::optional<ClientRandom>& begunBy) {
  if (!begunBy || association.begunBy == begunBy) return;
  if (association.running ? association.begunBy.has_value() : association.done != nullptr)
    beginWith(association, begunAnew_);
  if (association.running && !association.begunBy) association.begunBy = begunBy;
}

void DtlsThread::workOnDue() {
  const std::lock_guard lock(mutex_);
  for (auto& [id, association] : associations_) {
    if (association.running)
      association.running->repeatIfDue();
    else if (!association.done && association.tryAt <= Clock::now())
      beginWith(association, begun_);
    conclude(association);
  }
}

// Not now, if its source has begun too many of late.
void DtlsThread::beginWith(Association& association, KeyedLimit& limit) {
  const auto now = Clock::now();
  association.tryAt = now + pauseBetweenTries;
  if (limit.exhausted(association.source, now)) return;
  limit.count(association.source, now);
  const auto send = [&association](const std::uint8_t* datagram, std::size_t size) {
    guard([&] { association.party.sendHandshake(datagram, size, association.whereTo()); });
  };
  association.running = std::make_unique<DtlsHandshake>(*identity_, association.terms, send);
  association.begunBy.reset();
  association.answered.reset();
  association.running->begin();
}

// Tells what has come of a handshake.
void DtlsThread::conclude(Association& association) {
  if (!association.running || association.running->state() == DtlsHandshake::State::running) return;
  auto ended = std::move(association.running);
  if (ended->state() == DtlsHandshake::State::done) {
    association.done = std::move(ended);
    return association.party.agreed(*association.done->keys());
  }
  association.begunBy.reset();
  if (!association.done && !std::exchange(association.hasFailed, true)) association.party.failed(ended->failure());
}

// Until something is due, in milliseconds; -1 if nothing is.
int DtlsThread::pause() {
  const std::lock_guard lock(mutex_);
  std::optional<std::chrono::milliseconds> shortest;
  for (const auto& [id, association] : associations_) {
    const auto left = association.running ? association.running->untilRepeat() : untilTry(association);
    if (left && (!shortest || *left < *shortest)) shortest = left;
  }
  return shortest ? static_cast<int>(std::max(shortest->count(), std::chrono::milliseconds::rep{0})) : -1;
}

std::optional<std::chrono::milliseconds> DtlsThread::untilTry(const Association& association) {
  if (association.done) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(association.tryAt - Clock::now());
}

}  // namespace np
