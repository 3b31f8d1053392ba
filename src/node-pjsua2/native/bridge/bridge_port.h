// A port of ours in the conference bridge. The bridge and the owner may release it in any order, on any thread.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace np {

// Called in the audio thread, every 20 ms: an override must neither lock, allocate nor wait.
class BridgePort {
 public:
  virtual ~BridgePort() = default;

  // Sound for the bridge: fills in `count` samples; returns false for silence. Called only while something listens.
  virtual bool get(std::int16_t* out, std::size_t count) = 0;

  // Sound from the bridge; null while nothing is connected.
  virtual void put(const std::int16_t* in, std::size_t count) = 0;
};

enum class PortRole { source, sink, both };

// Owns a place in the bridge. The port itself is freed once the bridge has released it too.
class BridgePlace {
 public:
  // The bridge converts between its own rate and `clockRate`. Throws PjsipFailure, for instance when the bridge is
  // full.
  BridgePlace(std::unique_ptr<BridgePort> port, PortRole role, const char* name, unsigned clockRate);
  ~BridgePlace();
  BridgePlace(const BridgePlace&) = delete;
  BridgePlace& operator=(const BridgePlace&) = delete;

  pjsua_conf_port_id slot() const { return slot_; }

 private:
  pjmedia_port* port_ = nullptr;
  pjsua_conf_port_id slot_ = PJSUA_INVALID_ID;
};

}  // namespace np
