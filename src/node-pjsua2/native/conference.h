// Who hears whom: directed edges between ports (legs of calls, players, recorders), kept through every change of media.
#pragma once

#include "errors.h"
#include "event.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <vector>

namespace np {

// The bridge works asynchronously: connect, disconnect and level changes take effect at its next clock tick. Requests are
// settled when that has happened.
//
// Locks: `graph_` is taken on the JavaScript thread and in PJSIP's callbacks, and under it only the bridge is called, never
// pjsua. The bridge reports completions from its clock, or under its own lock: there the graph must not be waited for, so they
// are noted, and handled by whoever has the graph.
class Conference {
 public:
  // A port has (again) a slot in the bridge; edges that wait for it are connected. `drain` keeps it on the null sink, so that
  // its jitter buffer never fills while nobody listens.
  void attach(Serial port, pjsua_conf_port_id slot, bool drain);

  // The port's slot is gone (the bridge ends its connections itself); its edges wait for the next one.
  void detach(Serial port);

  // The port is gone, and its edges with it. Pending requests are settled: connects as failed.
  void remove(Serial port);

  // Throws InvalidState if this edge exists. `gain` is linear. Settles `request` when audio flows.
  void connect(Serial edge, Serial source, Serial sink, double gain, Serial request);

  // Settles `request` when it is audible. Throws InvalidState when the edge does not exist any more.
  void setGain(Serial edge, double gain, Serial request);

  // Settles `request` when audio has ceased; at once when the edge does not exist any more.
  void disconnect(Serial edge, Serial request);

  // Forgets everything: the bridge is about to go.
  void clear();

  // From the bridge, on any thread and under any of its locks.
  void completed(const pjmedia_conf_op_info& info);

 private:
  enum class Operation { drain, connect, adjust, disconnect };

  // How the bridge sees an edge.
  struct Applied {
    unsigned source;
    unsigned sink;
  };

  struct Edge {
    Serial source;
    Serial sink;
    double gain;
    Serial connectRequest;   // 0: settled
    bool applied = false;    // queued or done, between these slots
    Applied slots{};
    std::uint64_t round = 0; // counts the times it was applied: completions of earlier rounds are stale
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

  void apply(Serial serial, Edge& edge);
  void applyEdgesOf(Serial port);
  void unapplyEdgesOf(Serial port);
  void handle(const Completion& completion);
  void finish(const Pending& pending, pj_status_t status);
  void dropEdge(std::map<Serial, Edge>::iterator edge);

  std::mutex graph_;
  std::map<Serial, unsigned> slots_;
  std::map<Serial, Edge> edges_;
  std::list<Pending> pending_;

  std::mutex noted_;  // a leaf: nothing else is locked or called under it
  std::vector<Completion> completions_;
};

}  // namespace np
