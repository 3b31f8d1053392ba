// Connects a sound channel to its device.
#pragma once

#include "line/sound_path.h"

#include <functional>
#include <memory>
#include <string>

namespace np {

// Tries to reach the device until it is there, and exchanges sound with it on its own threads until destroyed.
class SoundLink {
 public:
  virtual ~SoundLink() = default;
};

// How a link reports its state, on a thread of its own.
struct LinkReports {
  std::function<void()> up;
  // Called once for each reason, until the link is up again.
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
