#include "line/sound_link.h"

#include "base/guard.h"
#include "media/audio_thread.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace np {
namespace {

static_assert(std::endian::native == std::endian::little, "frames go over the socket as they are in memory");

using std::chrono::milliseconds;

constexpr milliseconds firstPause{100};
constexpr milliseconds longestPause{2000};
// A device sends all the time; one that has not for so long has gone without a word.
constexpr milliseconds patience{2000};

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  const int number_;
};

class SocketLink : public SoundLink {
 public:
  SocketLink(std::string path, std::shared_ptr<SoundPath> sound, LinkReports reports)
      : path_(std::move(path)), sound_(std::move(sound)), reports_(std::move(reports)) {
    thread_ = std::thread([this] { guard([this] { run(); }); });
  }

  ~SocketLink() override {
    const std::uint64_t one = 1;
    (void)!write(stop_.number(), &one, sizeof one);
    thread_.join();
  }

 private:
  void run() {
    beginAudioThread("line");
    milliseconds pause = firstPause;
    std::string told;
    do {
      const std::string reason = connectAndServe([&] {
        pause = firstPause;
        told.clear();
        reports_.up();
      });
      if (reason.empty()) return;
      if (reason != told) reports_.down(reason);
      told = reason;
      pause = std::min(2 * pause, longestPause);
    } while (!stopsWithin(pause));
  }

  // Why it is over; empty when it is to stop.
  template <class Up>
  std::string connectAndServe(Up up) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path) return path_ + " is too long a path for a socket";
    std::copy(path_.begin(), path_.end(), address.sun_path);
    const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return path_ + ": " + std::strerror(errno);
    sound_->begin();
    received_ = 0;
    owed_ = 0;
    up();
    return serve(socket.number());
  }

  std::string serve(int socket) {
    for (;;) {
      pollfd watched[]{{socket, POLLIN, 0}, {stop_.number(), POLLIN, 0}};
      const int ready = poll(watched, 2, static_cast<int>(patience.count()));
      if (watched[1].revents != 0) return "";
      if (ready == 0) return path_ + " sends no more sound";
      if (ready < 0) continue;
      if (!receive(socket)) return path_ + " has closed the connection";
    }
  }

  // False when the connection is closed.
  bool receive(int socket) {
    const auto got = recv(socket, reinterpret_cast<char*>(&incoming_) + received_, sizeof incoming_ - received_, 0);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    received_ += static_cast<std::size_t>(got);
    if (received_ < sizeof incoming_) return true;
    received_ = 0;
    sound_->captured(incoming_.data(), SoundPath::Clock::now());
    return send(socket);
  }

  // The device's pace is ours: one frame for each of its own. What it does not take in time is dropped, but never a part of a frame.
  bool send(int socket) {
    if (owed_ == 0 && sound_->playback(outgoing_.data(), SoundPath::Clock::now())) owed_ = sizeof outgoing_;
    if (owed_ == 0) return true;
    const auto* rest = reinterpret_cast<const char*>(&outgoing_) + sizeof outgoing_ - owed_;
    const auto sent = ::send(socket, rest, owed_, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0) owed_ -= static_cast<std::size_t>(sent);
    else if (owed_ == sizeof outgoing_) owed_ = 0;
    return true;
  }

  bool stopsWithin(milliseconds pause) {
    pollfd watched{stop_.number(), POLLIN, 0};
    return poll(&watched, 1, static_cast<int>(pause.count())) != 0;
  }

  const std::string path_;
  const std::shared_ptr<SoundPath> sound_;
  const LinkReports reports_;
  const Descriptor stop_{eventfd(0, EFD_CLOEXEC)};
  Frame incoming_{};
  std::size_t received_ = 0;  // bytes of it
  Frame outgoing_{};
  std::size_t owed_ = 0;  // bytes of it
  std::thread thread_;
};

}  // namespace

std::unique_ptr<SoundLink> linkToSocket(const std::string& path, std::shared_ptr<SoundPath> sound, LinkReports reports) {
  return std::make_unique<SocketLink>(path, std::move(sound), std::move(reports));
}

}  // namespace np
