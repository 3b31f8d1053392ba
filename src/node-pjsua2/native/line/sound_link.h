// What connects a sound channel to its device.
#pragma once

#include "line/sound_path.h"

#include <functional>
#include <memory>
#include <string>

namespace np {

// Reaches the device, again and again until it is there, and keeps up the exchange of sound with it on threads of its
// own until it is destroyed.
class SoundLink {
 public:
  virtual ~SoundLink() = default;
};

// How a link tells what becomes of it, on a thread of its own.
struct LinkReports {
  std::function<void()> up;
  // Once for each reason, until it is up again.
  std::function<void(const std::string& reason)> down;
};

// A unix stream socket on which the device listens: frames of 160 samples, 16 bit, little endian, both ways at the
// device's pace.
std::unique_ptr<SoundLink> linkToSocket(const std::string& path, std::shared_ptr<SoundPath> sound, LinkReports reports);

// Names of ALSA devices.
struct AlsaDevice {
  std::string capture;
  std::string playback;
};

std::unique_ptr<SoundLink> linkToAlsa(const AlsaDevice& device, std::shared_ptr<SoundPath> sound, LinkReports reports);

}  // namespace np
