// Who hears whom: directed edges between ports (legs of calls, players, recorders), kept through every change of media.
#pragma once

#include "base/errors.h"
#include "base/event.h"
#include "bridge/bridge_clock.h"
#include "bridge/bridge_operations.h"
#include "media/rtp/relay_switch.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace np {

// Between two legs audio goes packet by packet where possible (relay_switch.h), and through PJSIP's conference bridge
// otherwise.
//
// The bridge works asynchronously: connects, disconnects and level changes take effect at its next clock tick. Requests
// are settled when that has happened.
//
// Locks: `graph_` is taken on the JavaScript thread and in PJSIP's callbacks, and while it is held only the bridge is
// called, never pjsua. The bridge reports completions from its clock or while holding its own lock, where waiting for
// the graph could deadlock, so they are noted, and handled by whoever holds the graph.
class Conference {
 public:
  explicit Conference(BridgeClock& clock) : clock_(clock) {}

  // A port has a slot in the bridge (again); edges that wait for it are connected. It is never heard levelled.
  void attach(Serial port, pjsua_conf_port_id slot);

  // The same for a leg, which speaks and hears by packets too. A call is decoded only while somebody listens. A leg
  // that always speaks to the bridge has to be drained: it stays connected to the null sink, so that nothing piles up
  // in it.
  void attachLeg(std::shared_ptr<RtpLeg> leg, pjsua_conf_port_id slot, bool drained);

  // The port's slot is gone (the bridge ends its connections itself); its edges wait for the next one.
  void detach(Serial port);

  // The port is gone, and its edges with it. Pending requests are settled, connects as failed.
  void remove(Serial port);

  // How an edge is heard.
  struct Volume {
    double gain;    // linear
    bool levelled;  // relative to the nominal level instead of the source's own
    Side side;      // only where audio goes packet by packet and the sink can hear two channels
  };

  // Throws InvalidState if the edge exists already. Settles `request` when audio flows.
  void connect(Serial edge, Serial source, Serial sink, Volume volume, Serial request);

  // Settles `request` when the change is audible. Throws InvalidState if the edge no longer exists.
  void setVolume(Serial edge, Volume volume, Serial request);

  // Makes the bridge's edges follow the loudness of their sources. True while any of them has to.
  bool followLoudness();

  // Settles `request` when audio has stopped; at once if the edge no longer exists.
  void disconnect(Serial edge, Serial request);

  // A call's own stream has to be able to send while it sends keys. Every begin has its end; both may be called after
  // the call is over.
  void beginKeys(Serial port);
  void endKeys(Serial port);

  // Forgets everything: the bridge is about to go.
  void clear();

  // From the bridge, on any thread and under any of its locks.
  void completed(const pjmedia_conf_op_info& info);

 private:
  struct Port {
    unsigned slot;
    bool isLeg;
    std::shared_ptr<Leveller> leveller;  // null: none
    bool hears = true;                   // the bridge sends it frames
    bool drained = false;                // the bridge takes its frames even if nobody listens
  };

  struct Edge {
    Serial source;
    Serial sink;
    Volume volume;
    Serial connectRequest;  // 0: settled
    bool applied = false;   // in the bridge: queued or done, between these slots
    BridgeOperations::Slots slots{};
    double appliedGain = 1;
    std::uint64_t round = 0;  // how often it was applied
  };

  class Hold;

  bool needsBridge() const;
  void place(Serial port, pjsua_conf_port_id slot, bool isLeg, std::shared_ptr<Leveller> leveller);
  void arrange(Serial sink);
  void arrangeAround(Serial port);
  void letHear(Serial sink, bool byRelay);
  void relay(Serial serial, Edge& edge);
  void apply(Serial serial, Edge& edge);
  void unapply(Serial serial, Edge& edge, Serial request);
  void forgetSlots(Serial port);
  bool feedsBridge(Serial port) const;
  void listenTo(Serial source);
  double gainOf(const Edge& edge) const;
  bool adjust(Serial serial, Edge& edge, Serial request);
  void finish(const BridgeOperations::Operation& operation, pj_status_t status);
  void dropEdge(std::map<Serial, Edge>::iterator edge);

  BridgeClock& clock_;
  std::mutex graph_;
  std::map<Serial, Port> ports_;
  std::map<Serial, unsigned> keys_;  // being sent, by calls with a port or waiting for their next one
  RelaySwitch relay_;
  std::map<Serial, Edge> edges_;
  BridgeOperations operations_;
};

}  // namespace np
