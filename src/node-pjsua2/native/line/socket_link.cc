#include "line/descriptor.h"
#include "line/reconnecting.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

namespace np {
namespace {

static_assert(std::endian::native == std::endian::little, "frames go over the socket as they are in memory");

class SocketLink : public SoundLink {
 public:
  SocketLink(std::string path, std::shared_ptr<SoundPath> sound, LinkReports reports)
      : path_(std::move(path)),
        sound_(std::move(sound)),
        reconnecting_(std::move(reports), [this](int stop, const auto& up) { return connectAndServe(stop, up); }) {}

 private:
  std::string connectAndServe(int stop, const std::function<void()>& up) {
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
    return serve(socket.number(), stop);
  }

  std::string serve(int socket, int stop) {
    for (;;) {
      pollfd watched[]{{socket, POLLIN, 0}, {stop, POLLIN, 0}};
      const int ready = poll(watched, 2, static_cast<int>(Reconnecting::patience.count()));
      if (watched[1].revents != 0) return "";
      if (ready == 0) return path_ + " sends no more sound";
      if (ready < 0) continue;
      if (!receive(socket)) return path_ + " has closed the connection";
    }
  }

  // False if the connection is closed.
  bool receive(int socket) {
    const auto got = recv(socket, reinterpret_cast<char*>(&incoming_) + received_, sizeof incoming_ - received_, 0);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    received_ += static_cast<std::size_t>(got);
    if (received_ < sizeof incoming_) return true;
    received_ = 0;
    sound_->captured(incoming_.data(), SoundPath::Clock::now());
    return send(socket);
  }

  // Paced by the device: one frame for each of its own. Frames that it does not take in time are dropped, but only
  // whole ones.
  bool send(int socket) {
    if (owed_ == 0 && sound_->playback(outgoing_.data(), SoundPath::Clock::now())) owed_ = sizeof outgoing_;
    if (owed_ == 0) return true;
    const auto* rest = reinterpret_cast<const char*>(&outgoing_) + sizeof outgoing_ - owed_;
    const auto sent = ::send(socket, rest, owed_, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0)
      owed_ -= static_cast<std::size_t>(sent);
    else if (owed_ == sizeof outgoing_)
      owed_ = 0;
    return true;
  }

  const std::string path_;
  const std::shared_ptr<SoundPath> sound_;
  Frame incoming_{};
  std::size_t received_ = 0;  // bytes of it
  Frame outgoing_{};
  std::size_t owed_ = 0;       // bytes of it
  Reconnecting reconnecting_;  // last, because it uses all the others
};

}  // namespace

std::unique_ptr<SoundLink> linkToSocket(const std::string& path, std::shared_ptr<SoundPath> sound,
                                        LinkReports reports) {
  return std::make_unique<SocketLink>(path, std::move(sound), std::move(reports));
}

}  // namespace np
