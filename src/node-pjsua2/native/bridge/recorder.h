// Writes what is connected to it to a WAV file (16 bit, mono, the bridge's rate).
#pragma once

#include "base/event.h"
#include "bridge/bridge_port.h"

#include <memory>
#include <string>

namespace np {

class WavWriter;

// Records every tick of the bridge from its creation on, including silence.
class Recorder {
 public:
  // Creates the file. Throws PjsipFailure.
  explicit Recorder(const std::string& path);
  ~Recorder();

  // Leaves the bridge at once; settles `request` when the file is complete or writing it has failed.
  void close(Serial request);

  // Waits until the file is complete; used when the process ends.
  void complete();

  const Serial serial;

 private:
  std::shared_ptr<WavWriter> writer_;
  std::unique_ptr<BridgePlace> place_;
};

}  // namespace np
