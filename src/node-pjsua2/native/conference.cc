#include "conference.h"

#include "endpoint.h"
#include "hooks.h"

#include <pjsua-lib/pjsua_internal.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

// Slot 0 is the null sound device: it takes and discards.
constexpr unsigned nullSink = 0;
constexpr int unity = 128;  // the bridge's fixed-point 1.0

pjmedia_conf* bridge() { return pjsua_var.mconf; }

// What the bridge calls the adjustment is the factor less one.
int adjustment(double gain) { return std::max(1, static_cast<int>(std::lround(gain * unity))) - unity; }

void onCompleted(const pjmedia_conf_op_info* info) {
  if (Endpoint* endpoint = Endpoint::current()) endpoint->conference.completed(*info);
}

}  // namespace

void installConferenceCallbacks(pjsua_callback& callbacks) { callbacks.on_conf_op_completed = onCompleted; }

// Has the graph, and handles what completed meanwhile before it is let go.
class Conference::Hold {
 public:
  explicit Hold(Conference& conference) : conference_(conference), lock_(conference.graph_) {}
  Hold(Conference& conference, std::try_to_lock_t trying) : conference_(conference), lock_(conference.graph_, trying) {}

  // A completion noted while we handle or unlock finds the graph taken and relies on us: look again after unlocking.
  ~Hold() {
    while (lock_.owns_lock()) {
      for (auto batch = take(); !batch.empty(); batch = take())
        for (const auto& completion : batch) conference_.handle(completion);
      lock_.unlock();
      if (anyNoted()) (void)lock_.try_lock();
    }
  }

 private:
  std::vector<Completion> take() {
    const std::lock_guard lock(conference_.noted_);
    return std::exchange(conference_.completions_, {});
  }

  bool anyNoted() {
    const std::lock_guard lock(conference_.noted_);
    return !conference_.completions_.empty();
  }

  Conference& conference_;
  std::unique_lock<std::mutex> lock_;
};

void Conference::attach(Serial port, pjsua_conf_port_id slot, bool drain) {
  const Hold hold(*this);
  const auto number = static_cast<unsigned>(slot);
  const auto known = slots_.find(port);
  if (known != slots_.end() && known->second == number) return;
  unapplyEdgesOf(port);
  slots_[port] = number;
  if (drain && pjmedia_conf_connect_port(bridge(), number, nullSink, 0) == PJ_SUCCESS)
    pending_.push_back({Operation::drain, {number, nullSink}, 0, 0, 0});
  applyEdgesOf(port);
}

void Conference::detach(Serial port) {
  const Hold hold(*this);
  if (slots_.erase(port) > 0) unapplyEdgesOf(port);
}

void Conference::remove(Serial port) {
  const Hold hold(*this);
  slots_.erase(port);
  for (auto edge = edges_.begin(); edge != edges_.end();) {
    const auto next = std::next(edge);
    if (edge->second.source == port || edge->second.sink == port) dropEdge(edge);
    edge = next;
  }
}

void Conference::connect(Serial serial, Serial source, Serial sink, double gain, Serial request) {
  const Hold hold(*this);
  for (const auto& [other, edge] : edges_)
    if (edge.source == source && edge.sink == sink) throw InvalidState("these two are connected already");
  Edge& edge = edges_.emplace(serial, Edge{source, sink, gain, request}).first->second;
  apply(serial, edge);
}

void Conference::setGain(Serial serial, double gain, Serial request) {
  const Hold hold(*this);
  const auto found = edges_.find(serial);
  if (found == edges_.end()) throw InvalidState("the connection is closed");
  Edge& edge = found->second;
  edge.gain = gain;
  if (edge.applied &&
      pjmedia_conf_adjust_conn_level(bridge(), edge.slots.source, edge.slots.sink, adjustment(gain)) == PJ_SUCCESS)
    pending_.push_back({Operation::adjust, edge.slots, serial, edge.round, request});
  else
    settle(request);  // it is applied with the next slot
}

void Conference::disconnect(Serial serial, Serial request) {
  const Hold hold(*this);
  const auto found = edges_.find(serial);
  if (found == edges_.end()) {
    settle(request);
    return;
  }
  const Edge edge = found->second;
  dropEdge(found);
  if (edge.applied && pjmedia_conf_disconnect_port(bridge(), edge.slots.source, edge.slots.sink) == PJ_SUCCESS)
    pending_.push_back({Operation::disconnect, edge.slots, serial, edge.round, request});
  else
    settle(request);
}

void Conference::clear() {
  const Hold hold(*this);
  while (!edges_.empty()) dropEdge(edges_.begin());
  for (const auto& pending : pending_)
    if (pending.request != 0) settle(pending.request);
  pending_.clear();
  slots_.clear();
}

void Conference::completed(const pjmedia_conf_op_info& info) {
  Completion completion{info.op_type, {}, info.status};
  switch (info.op_type) {
    case PJMEDIA_CONF_OP_CONNECT_PORTS:
      completion.slots = {info.op_param.connect_ports.src, info.op_param.connect_ports.sink};
      break;
    case PJMEDIA_CONF_OP_DISCONNECT_PORTS:
      completion.slots = {info.op_param.disconnect_ports.src, info.op_param.disconnect_ports.sink};
      break;
    case PJMEDIA_CONF_OP_ADJUST_CONN_LEVEL:
      completion.slots = {info.op_param.adjust_conn_level.src, info.op_param.adjust_conn_level.sink};
      break;
    default:
      return;
  }
  {
    const std::lock_guard lock(noted_);
    completions_.push_back(completion);
  }
  const Hold hold(*this, std::try_to_lock);
}

// The slot may be on its way out although nobody said so yet: then the edge waits for the next one.
void Conference::apply(Serial serial, Edge& edge) {
  const auto source = slots_.find(edge.source);
  const auto sink = slots_.find(edge.sink);
  if (edge.applied || source == slots_.end() || sink == slots_.end()) return;
  const Applied slots{source->second, sink->second};
  if (pjmedia_conf_connect_port(bridge(), slots.source, slots.sink, adjustment(edge.gain)) != PJ_SUCCESS) return;
  edge.applied = true;
  edge.slots = slots;
  ++edge.round;
  pending_.push_back({Operation::connect, slots, serial, edge.round, 0});
}

void Conference::applyEdgesOf(Serial port) {
  for (auto& [serial, edge] : edges_)
    if (edge.source == port || edge.sink == port) apply(serial, edge);
}

void Conference::unapplyEdgesOf(Serial port) {
  for (auto& [serial, edge] : edges_)
    if (edge.source == port || edge.sink == port) edge.applied = false;
}

// The bridge does its operations in the order they were asked for, so the first that fits is meant.
void Conference::handle(const Completion& completion) {
  const auto fits = [&](const Pending& pending) {
    const bool sameSlots = pending.slots.source == completion.slots.source && pending.slots.sink == completion.slots.sink;
    switch (completion.type) {
      case PJMEDIA_CONF_OP_CONNECT_PORTS:
        return sameSlots && (pending.operation == Operation::connect || pending.operation == Operation::drain);
      case PJMEDIA_CONF_OP_DISCONNECT_PORTS:
        return sameSlots && pending.operation == Operation::disconnect;
      default:
        return sameSlots && pending.operation == Operation::adjust;
    }
  };
  const auto found = std::find_if(pending_.begin(), pending_.end(), fits);
  if (found == pending_.end()) return;
  const Pending pending = *found;
  pending_.erase(found);
  finish(pending, completion.status);
}

void Conference::finish(const Pending& pending, pj_status_t status) {
  if (pending.operation != Operation::connect) {
    if (pending.request != 0) settle(pending.request);
    return;
  }
  const auto found = edges_.find(pending.edge);
  if (found == edges_.end() || found->second.round != pending.round || !found->second.applied) return;
  if (status != PJ_SUCCESS)
    found->second.applied = false;
  else if (const Serial request = std::exchange(found->second.connectRequest, 0); request != 0)
    settle(request);
}

void Conference::dropEdge(std::map<Serial, Edge>::iterator edge) {
  if (edge->second.connectRequest != 0)
    settle(edge->second.connectRequest, InvalidState("one end was closed before audio flowed"));
  edges_.erase(edge);
}

}  // namespace np
