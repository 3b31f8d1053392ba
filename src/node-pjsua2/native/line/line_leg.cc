#include "line/line_leg.h"

#include "line/playout_buffer.h"
#include "media/codec/g711.h"

#include <pj/rand.h>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace np {
namespace {

constexpr unsigned sampleRate = 8000;
constexpr std::uint8_t pcma = 8;  // payload type (RFC 3551, 6)
constexpr std::size_t frameBytes = sizeof(Frame);

RtpFormat formatOfLine() {
  return {"PCMA/1",
          AudioCodec::pcma,
          {},
          sampleRate,
          samplesPerFrame * 1000 / sampleRate,
          pcma,
          pcma,
          -1,
          -1,
          static_cast<std::uint32_t>(pj_rand()),
          true,
          true};
}

}  // namespace

LineLeg::LineLeg(Serial serial, MediaPoller& poller, Hear hear)
    : LineLeg(serial, poller, std::move(hear), openSockets()) {}

LineLeg::LineLeg(Serial serial, MediaPoller& poller, Hear hear, Sockets sockets)
    : Receiver(sockets.media),
      leg(std::make_shared<RtpLeg>(serial)),
      poller_(poller),
      hear_(std::move(hear)),
      device_(sockets.device) {
  leg->open(formatOfLine(), *this, nullptr);
  poller_.add(*this);
}

LineLeg::~LineLeg() {
  poller_.remove(*this);
  leg->close();
  ::close(socket);
  ::close(device_);
}

void LineLeg::speak(const std::int16_t* frame) const {
  (void)!::send(device_, frame, frameBytes, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void LineLeg::received(void* data, std::size_t size, const pj_sockaddr&) {
  if (size != frameBytes) return;
  const auto* samples = static_cast<const std::int16_t*>(data);
  float exact[samplesPerFrame];
  std::copy_n(samples, samplesPerFrame, exact);
  std::uint8_t codes[samplesPerFrame];
  encode(Law::alaw, exact, samplesPerFrame, codes);
  ++sequence_;
  timestamp_ += samplesPerFrame;
  leg->received({pcma, false, sequence_, timestamp_, 0, codes, samplesPerFrame}, RtpClock::now());
}

bool LineLeg::transmit(const void* data, std::size_t size) {
  const auto packet = parseRtp(data, size);
  if (!packet || packet->type != pcma) return false;
  const auto now = RtpClock::now();
  for (std::size_t done = 0; done < packet->size;) {
    Frame samples;
    const std::size_t count = std::min(packet->size - done, samples.size());
    decode(Law::alaw, packet->payload + done, count, samples.data());
    hear_(packet->timestamp + static_cast<std::uint32_t>(done), samples.data(), count, now);
    done += count;
  }
  return true;
}

LineLeg::Sockets LineLeg::openSockets() {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  return {pair[0], pair[1]};
}

}  // namespace np
