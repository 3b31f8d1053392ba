// The sound of an analog line as a leg and as a port of the bridge: both a source and a sink while it is open.
#pragma once

#include "base/event.h"
#include "bridge/bridge_port.h"
#include "line/line_leg.h"
#include "line/sound_link.h"

#include <functional>
#include <memory>

namespace np {

class SoundChannel {
 public:
  // Connects a sound path to the device.
  using Link = std::function<std::unique_ptr<SoundLink>(std::shared_ptr<SoundPath>, LinkReports)>;

  // Throws PjsipFailure, for instance when the bridge is full.
  explicit SoundChannel(const Link& link);
  ~SoundChannel();

  const Serial serial;

 private:
  const std::shared_ptr<SoundPath> sound_;
  LineLeg line_;
  BridgePlace place_;
  std::unique_ptr<SoundLink> link_;
};

}  // namespace np
