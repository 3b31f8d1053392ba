// The sound of an analog line as a leg of packets.
#pragma once

#include "media/media_poller.h"
#include "media/rtp/rtp_leg.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace np {

// To those who hear it a line is a party that speaks G.711: each of its frames goes out as a packet at once, and what
// it hears comes packet by packet, without the bridge and its clock in between. Frames come on the device's thread, and
// reach the media thread, where all packets are, through a pair of sockets.
class LineLeg : private MediaPoller::Receiver, private RtpOutput {
 public:
  // Gets what the line is to hear, at 8 kHz, on the media thread.
  using Hear = std::function<void(std::uint32_t timestamp, const std::int16_t* samples, std::size_t count,
                                  RtpClock::time_point now)>;

  // Throws std::system_error.
  LineLeg(Serial serial, MediaPoller& poller, Hear hear);
  // By then the leg has neither sources nor listeners, and nobody speaks any more.
  ~LineLeg();
  LineLeg(const LineLeg&) = delete;
  LineLeg& operator=(const LineLeg&) = delete;

  // A frame of 20 ms, on the device's thread. Does not wait: a frame that finds no room is dropped.
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
  // Of the media thread.
  std::uint16_t sequence_ = 0;
  std::uint32_t timestamp_ = 0;
};

}  // namespace np
