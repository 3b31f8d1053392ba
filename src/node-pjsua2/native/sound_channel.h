// The sound of an analog line as a port of the bridge: source and sink at once, as long as it is open.
#pragma once

#include "bridge_port.h"
#include "event.h"
#include "sound_link.h"

#include <memory>

namespace np {

class SoundChannel {
 public:
  // `link` makes the link to the device. Throws PjsipFailure, for instance when the bridge is full.
  using Link = std::unique_ptr<SoundLink> (*)(const std::string& where, std::shared_ptr<SoundPath>, LinkReports);
  SoundChannel(Link link, const std::string& where);
  ~SoundChannel();

  const Serial serial;

 private:
  std::shared_ptr<SoundPath> sound_;
  BridgePlace place_;
  std::unique_ptr<SoundLink> link_;
};

}  // namespace np
