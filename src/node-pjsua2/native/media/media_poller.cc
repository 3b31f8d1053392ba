#include "media/media_poller.h"

#include "base/guard.h"
#include "media/audio_thread.h"

#include <pj/errno.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <system_error>

namespace np {
namespace {

constexpr int batch = 64;                    // sockets read between two looks at the set
constexpr std::size_t largestPacket = 2048;  // Ethernet carries 1500

int orThrow(int result, const char* operation) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), operation);
  return result;
}

ssize_t receive(int socket, void* packet, std::size_t size, pj_sockaddr& source) {
  socklen_t length = sizeof(source);
  return ::recvfrom(socket, packet, size, MSG_DONTWAIT | MSG_TRUNC, reinterpret_cast<sockaddr*>(&source), &length);
}

void drain(int socket) {
  std::uint8_t packet;
  pj_sockaddr source;
  while (receive(socket, &packet, sizeof(packet), source) >= 0) continue;
}

void read(MediaPoller::Receiver& receiver) {
  alignas(std::uint32_t) std::uint8_t packet[largestPacket];
  pj_sockaddr source;
  const ssize_t size = receive(receiver.socket, packet, sizeof(packet), source);
  if (size > 0 && size <= static_cast<ssize_t>(sizeof(packet)))
    receiver.received(packet, static_cast<std::size_t>(size), source);
}

}  // namespace

MediaPoller::~MediaPoller() {
  stop();
  for (const int file : {set_, alarm_})
    if (file >= 0) ::close(file);
}

void MediaPoller::start() {
  set_ = orThrow(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  alarm_ = orThrow(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
  epoll_event alarm{};
  alarm.events = EPOLLIN | EPOLLET;  // never read, because it only wakes the thread
  orThrow(::epoll_ctl(set_, EPOLL_CTL_ADD, alarm_, &alarm), "epoll_ctl");
  thread_ = std::thread([this] { guard([this] { run(); }); });
}

void MediaPoller::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  wake();
  thread_.join();
  passed_ = std::numeric_limits<std::uint64_t>::max();
  passed_.notify_all();
}

pj_status_t MediaPoller::add(Receiver& receiver) {
  drain(receiver.socket);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &receiver;
  return ::epoll_ctl(set_, EPOLL_CTL_ADD, receiver.socket, &event) == 0 ? PJ_SUCCESS : PJ_RETURN_OS_ERROR(errno);
}

// A packet may be on its way to the receiver: makes the poller look at the set again.
void MediaPoller::remove(const Receiver& receiver) {
  epoll_event none{};
  ::epoll_ctl(set_, EPOLL_CTL_DEL, receiver.socket, &none);
  const std::uint64_t asked = ++asked_;
  wake();
  for (std::uint64_t passed = passed_; passed < asked; passed = passed_) passed_.wait(passed);
}

void MediaPoller::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(alarm_, &one, sizeof(one));
}

void MediaPoller::run() {
  beginAudioThread("media");
  epoll_event events[batch];
  while (!stopping_) {
    if (const std::uint64_t asked = asked_; asked != passed_.load(std::memory_order_relaxed)) {
      passed_ = asked;
      passed_.notify_all();
    }
    const int count = ::epoll_wait(set_, events, batch, -1);
    for (int i = 0; i < count; ++i)
      if (auto* receiver = static_cast<Receiver*>(events[i].data.ptr)) guard([&] { read(*receiver); });
  }
}

}  // namespace np
