// The sound of an analog line as a leg.
#pragma once

#include "media/media_poller.h"
#include "media/rtp/rtp_leg.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace np {

// To those who hear it a line is a party that speaks G.711: each of its frames goes out as a packet at once, and what
// it hears comes packet by packet, without going through the bridge and its clock. Frames arrive on the device's
// thread, and reach the media thread, which handles all packets, through a socket pair.
class LineLeg : private MediaPoller::Receiver, private RtpOutput {
 public:
  // Receives what the line is to hear, at 8 kHz, on the media thread.
  using Hear = std::function<void(std::uint32_t timestamp, const std::int16_t* samples, std::size_t count,
                                  RtpClock::time_point now)>;

  // Throws std::system_error.
  LineLeg(Serial serial, MediaPoller& poller, Hear hear);
  // The leg must have neither sources nor listeners by then, and nobody may call speak() any more.
  ~LineLeg();
  LineLeg(const LineLeg&) = delete;
  LineLeg& operator=(const LineLeg&) = delete;

  // Takes a frame of 20 ms, on the device's thread. Does not wait: a frame that does not fit is dropped.
  void speak(const std::int16_t* frame) const;

  const std::shared_ptr<RtpLeg> leg;

 private:
  struct Sockets {
    int media;
    int device;
  };

  LineLeg(Serial serial, MediaPoller& poller, Hear hear, Sockets sockets);
  void received(void* frame, std::size_t size, const pj_sockaddr& source) override;
  bool transmit(const void* packet, std::size_t size) override;

  static Sockets openSockets();

  MediaPoller& poller_;
  const Hear hear_;
  const int device_;
  // Used on the media thread.
  std::uint16_t sequence_ = 0;
  std::uint32_t timestamp_ = 0;
};

}  // namespace np
