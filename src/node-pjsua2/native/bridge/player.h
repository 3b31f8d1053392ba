// A sound source in memory: samples, tones and pauses, one after the other.
#pragma once

#include "base/event.h"
#include "bridge/bridge_port.h"
#include "bridge/score.h"

#include <atomic>
#include <memory>

namespace np {

class Player {
 public:
  // Joins the bridge; pauses while it is not connected to anything. Throws PjsipFailure.
  explicit Player(Score score);
  ~Player();

  // True once, after it has played to its end.
  bool takeFinished() { return finished_->exchange(false); }

  const Serial serial;

 private:
  std::shared_ptr<std::atomic<bool>> finished_;
  BridgePlace place_;
};

}  // namespace np
