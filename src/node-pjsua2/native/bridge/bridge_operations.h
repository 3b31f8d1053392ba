// What the conference bridge was asked to do and has not done yet.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

namespace np {

// The bridge does its operations at its next clock tick, in the order in which they were requested. The owner locks all
// functions but note() and anyNoted(), which may be called on any thread and under any lock of the bridge.
class BridgeOperations {
 public:
  enum class Kind { drain, connect, adjust, disconnect };

  // The slots in the bridge between which audio flows.
  struct Slots {
    unsigned source;
    unsigned sink;
  };

  // The edge that an operation is for. Its rounds count how often it was connected: what belongs to earlier ones is
  // stale.
  struct Edge {
    Serial serial;
    std::uint64_t round;
  };

  struct Operation {
    Kind kind;
    Slots slots;
    Edge edge;
    Serial request;  // 0: none
  };

  struct Completion {
    pjmedia_conf_op_type type;
    Slots slots;
    pj_status_t status;
  };

  // Each returns false if the bridge refuses. `request` is what completes the operation settles; 0 if nothing waits.
  bool drain(unsigned slot);
  bool connect(Slots slots, double gain, Edge edge);
  bool adjust(Slots slots, double gain, Edge edge, Serial request);
  bool disconnect(Slots slots, Edge edge, Serial request);

  // What the bridge reports. False if it is of no interest here.
  bool note(const pjmedia_conf_op_info& info);
  bool anyNoted();

  std::vector<Completion> takeNoted();

  // The operation that is complete now; none if nobody waits for it any more.
  std::optional<Operation> take(const Completion& completion);

  // Settles what waits: the bridge is about to go.
  void abandon();

 private:
  std::list<Operation> pending_;

  std::mutex noted_;  // a leaf: nothing else is locked or called while it is held
  std::vector<Completion> completions_;
};

}  // namespace np
