// Who hears whom: directed edges between ports (legs of calls, players, recorders), kept through every change of media.
#pragma once

#include "base/errors.h"
#include "base/event.h"
#include "bridge/bridge_clock.h"
#include "media/rtp/relay_switch.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace np {

// Between two legs audio goes packet by packet where it can (relay_switch.h), and through PJSIP's conference bridge
// otherwise.
//
// The bridge works asynchronously: connect, disconnect and level changes take effect at its next clock tick. Requests
// are settled when that has happened.
//
// Locks: `graph_` is taken on the JavaScript thread and in PJSIP's callbacks, and under it only the bridge is called,
// never pjsua. The bridge reports completions from its clock, or under its own lock: there the graph must not be waited
// for, so they are noted, and handled by whoever has the graph.
class Conference {
 public:
  explicit Conference(BridgeClock& clock) : clock_(clock) {}

  // A port has (again) a slot in the bridge; edges that wait for it are connected. It is not heard levelled.
  void attach(Serial port, pjsua_conf_port_id slot);

  // The same for what speaks and hears by packets too. A call is decoded only when somebody listens; what speaks to the
  // bridge always is to be drained: it stays on the null sink, so that nothing piles up in it.
  void attachLeg(std::shared_ptr<RtpLeg> leg, pjsua_conf_port_id slot, bool drained);

  // The port's slot is gone (the bridge ends its connections itself); its edges wait for the next one.
  void detach(Serial port);

  // The port is gone, and its edges with it. Pending requests are settled: connects as failed.
  void remove(Serial port);

  // How an edge is heard.
  struct Volume {
    double gain;    // linear
    bool levelled;  // on top of the nominal level instead of the source's own
    Side side;      // counts where audio goes packet by packet, and the sink can hear two channels
  };

  // Throws InvalidState if this edge exists. Settles `request` when audio flows.
  void connect(Serial edge, Serial source, Serial sink, Volume volume, Serial request);

  // Settles `request` when it is audible. Throws InvalidState when the edge does not exist any more.
  void setVolume(Serial edge, Volume volume, Serial request);

  // Lets the bridge's edges follow the loudness of their sources. True while there is one that has to.
  bool followLoudness();

  // Settles `request` when audio has ceased; at once when the edge does not exist any more.
  void disconnect(Serial edge, Serial request);

  // A call's own stream sends keys: until then it must be able to. Every begin has its end; both are legal for a call
  // that is over.
  void beginKeys(Serial port);
  void endKeys(Serial port);

  // Forgets everything: the bridge is about to go.
  void clear();

  // From the bridge, on any thread and under any of its locks.
  void completed(const pjmedia_conf_op_info& info);

 private:
  enum class Operation { drain, connect, adjust, disconnect };

  struct Port {
    unsigned slot;
    bool isLeg;
    std::shared_ptr<Leveller> leveller;  // null: none
    bool hears = true;                   // the bridge gives it frames
    bool drained = false;                // the bridge takes its frames, wanted or not
  };

  // How the bridge sees an edge.
  struct Applied {
    unsigned source;
    unsigned sink;
  };

  struct Edge {
    Serial source;
    Serial sink;
    Volume volume;
    Serial connectRequest;  // 0: settled
    bool applied = false;   // in the bridge: queued or done, between these slots
    Applied slots{};
    double appliedGain = 1;
    std::uint64_t round = 0;  // counts the times it was applied: completions of earlier rounds are stale
  };

  struct Pending {
    Operation operation;
    Applied slots;
    Serial edge;
    std::uint64_t round;
    Serial request;
  };

  struct Completion {
    pjmedia_conf_op_type type;
    Applied slots;
    pj_status_t status;
  };

  class Hold;

  bool needsBridge() const;
  void drain(pjsua_conf_port_id slot);
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
  void handle(const Completion& completion);
  void finish(const Pending& pending, pj_status_t status);
  void dropEdge(std::map<Serial, Edge>::iterator edge);

  BridgeClock& clock_;
  std::mutex graph_;
  std::map<Serial, Port> ports_;
  std::map<Serial, unsigned> keys_;  // being sent, by calls with a port or waiting for their next one
  RelaySwitch relay_;
  std::map<Serial, Edge> edges_;
  std::list<Pending> pending_;

  std::mutex noted_;  // a leaf: nothing else is locked or called under it
  std::vector<Completion> completions_;
};

}  // namespace np
