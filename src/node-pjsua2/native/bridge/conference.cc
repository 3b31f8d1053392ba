#include "bridge/conference.h"

#include "base/guard.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "core/pjsua_internals.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

constexpr double audibleDb = 0.5;

void onCompleted(const pjmedia_conf_op_info* info) {
  if (Endpoint* endpoint = Endpoint::current()) endpoint->conference.completed(*info);
}

}  // namespace

void installConferenceCallbacks(pjsua_callback& callbacks) { callbacks.on_conf_op_completed = guarded<onCompleted>; }

// Holds the graph, and handles completions noted in the meantime before releasing it. Then tells the bridge's clock
// whether it is needed, because whoever held the graph may have asked something of the bridge.
class Conference::Hold {
 public:
  explicit Hold(Conference& conference) : conference_(conference), lock_(conference.graph_) {}
  Hold(Conference& conference, std::try_to_lock_t trying) : conference_(conference), lock_(conference.graph_, trying) {}

  // A completion noted while we handle or unlock finds the graph taken and relies on us: look again after unlocking.
  ~Hold() {
    while (lock_.owns_lock()) {
      for (auto batch = operations().takeNoted(); !batch.empty(); batch = operations().takeNoted())
        for (const auto& completion : batch)
          if (const auto operation = operations().take(completion)) conference_.finish(*operation, completion.status);
      conference_.clock_.ask(conference_.needsBridge());
      lock_.unlock();
      if (operations().anyNoted()) (void)lock_.try_lock();
    }
  }

 private:
  BridgeOperations& operations() { return conference_.operations_; }

  Conference& conference_;
  std::unique_lock<std::mutex> lock_;
};

void Conference::attach(Serial port, pjsua_conf_port_id slot) {
  const Hold hold(*this);
  place(port, slot, false, nullptr);
  arrangeAround(port);
}

void Conference::attachLeg(std::shared_ptr<RtpLeg> leg, pjsua_conf_port_id slot, bool drained) {
  const Hold hold(*this);
  const Serial port = leg->serial;
  place(port, slot, true, leg->leveller);
  if (drained && !std::exchange(ports_[port].drained, true)) operations_.drain(static_cast<unsigned>(slot));
  relay_.add(std::move(leg));
  arrangeAround(port);
}

void Conference::detach(Serial serial) {
  const Hold hold(*this);
  if (ports_.erase(serial) == 0) return;
  forgetSlots(serial);
  relay_.remove(serial);
  arrangeAround(serial);
}

void Conference::remove(Serial serial) {
  const Hold hold(*this);
  ports_.erase(serial);
  relay_.remove(serial);
  std::vector<Serial> sinks, sources;
  for (auto edge = edges_.begin(); edge != edges_.end();) {
    const auto next = std::next(edge);
    if (edge->second.source == serial) sinks.push_back(edge->second.sink);
    if (edge->second.sink == serial) sources.push_back(edge->second.source);
    if (edge->second.source == serial || edge->second.sink == serial) dropEdge(edge);
    edge = next;
  }
  for (const Serial sink : sinks) arrange(sink);
  for (const Serial source : sources) listenTo(source);
}

void Conference::connect(Serial serial, Serial source, Serial sink, Volume volume, Serial request) {
  const Hold hold(*this);
  for (const auto& [other, edge] : edges_)
    if (edge.source == source && edge.sink == sink) throw InvalidState("these two are connected already");
  edges_.emplace(serial, Edge{source, sink, volume, request});
  arrange(sink);
}

void Conference::setVolume(Serial serial, Volume volume, Serial request) {
  const Hold hold(*this);
  const auto found = edges_.find(serial);
  if (found == edges_.end()) throw InvalidState("the connection is closed");
  Edge& edge = found->second;
  edge.volume = volume;
  arrange(edge.sink);
  if (!edge.applied || !adjust(serial, edge, request))
    settle(request);  // already audible, or will be with the next slot
}

// The bridge changes a level abruptly, so the steps are too small to be heard.
bool Conference::followLoudness() {
  const Hold hold(*this);
  bool follows = false;
  for (auto& [serial, edge] : edges_) {
    if (!edge.applied || !edge.volume.levelled) continue;
    follows = true;
    if (std::abs(20 * std::log10(gainOf(edge) / edge.appliedGain)) >= audibleDb) adjust(serial, edge, 0);
  }
  return follows;
}

void Conference::disconnect(Serial serial, Serial request) {
  const Hold hold(*this);
  const auto found = edges_.find(serial);
  if (found == edges_.end()) {
    settle(request);
    return;
  }
  Edge edge = found->second;
  dropEdge(found);
  unapply(serial, edge, request);
  arrange(edge.sink);
  listenTo(edge.source);
}

void Conference::beginKeys(Serial serial) {
  const Hold hold(*this);
  ++keys_[serial];
  arrange(serial);
}

void Conference::endKeys(Serial serial) {
  const Hold hold(*this);
  const auto found = keys_.find(serial);
  if (found == keys_.end()) return;
  if (--found->second == 0) keys_.erase(found);
  arrange(serial);
}

void Conference::clear() {
  const Hold hold(*this);
  while (!edges_.empty()) dropEdge(edges_.begin());
  operations_.abandon();
  for (const auto& [serial, port] : ports_) relay_.remove(serial);
  ports_.clear();
  keys_.clear();
}

void Conference::completed(const pjmedia_conf_op_info& info) {
  if (!operations_.note(info)) return;
  const Hold hold(*this, std::try_to_lock);
}

void Conference::place(Serial port, pjsua_conf_port_id slot, bool isLeg, std::shared_ptr<Leveller> leveller) {
  const auto number = static_cast<unsigned>(slot);
  const auto known = ports_.find(port);
  if (known != ports_.end() && known->second.slot == number) return;
  forgetSlots(port);
  ports_[port] = {number, isLeg, std::move(leveller)};
}

// Whether the bridge has to work at every tick.
bool Conference::needsBridge() const {
  return std::any_of(
             ports_.begin(), ports_.end(),
             [](const auto& port) { return port.second.drained || (port.second.isLeg && port.second.hears); }) ||
         std::any_of(edges_.begin(), edges_.end(), [](const auto& edge) { return edge.second.applied; });
}

// Decides how the sink hears each of its sources: by relay or through the bridge.
void Conference::arrange(Serial sink) {
  std::vector<RelaySwitch::Source> sources;
  if (ports_.count(sink) > 0)
    for (const auto& [serial, edge] : edges_)
      if (edge.sink == sink && ports_.count(edge.source) > 0)
        sources.push_back({edge.source, edge.volume.gain, edge.volume.levelled, edge.volume.side});
  const auto relayed = relay_.arrange(sink, sources);
  for (auto& [serial, edge] : edges_) {
    if (edge.sink != sink) continue;
    if (relayed.count(edge.source) > 0)
      relay(serial, edge);
    else
      apply(serial, edge);
    listenTo(edge.source);
  }
  letHear(sink, !relayed.empty() && relayed.size() == sources.size());
}

void Conference::arrangeAround(Serial port) {
  arrange(port);
  std::vector<Serial> sinks;
  for (const auto& [serial, edge] : edges_)
    if (edge.source == port) sinks.push_back(edge.sink);
  for (const Serial sink : sinks) arrange(sink);
  listenTo(port);
}

// A leg to which everything is relayed needs nothing from the bridge, which would only send silence.
void Conference::letHear(Serial sink, bool byRelay) {
  const auto found = ports_.find(sink);
  if (found == ports_.end() || !found->second.isLeg) return;
  Port& port = found->second;
  const bool hears = !byRelay || keys_.count(sink) > 0;
  if (std::exchange(port.hears, hears) != hears)
    pjmedia_conf_configure_port(conferenceBridge(), port.slot, hears ? PJMEDIA_PORT_ENABLE : PJMEDIA_PORT_DISABLE,
                                PJMEDIA_PORT_NO_CHANGE);
}

bool Conference::feedsBridge(Serial port) const {
  return std::any_of(edges_.begin(), edges_.end(),
                     [&](const auto& edge) { return edge.second.source == port && edge.second.applied; });
}

// Decodes and measures the source only if somebody needs it.
void Conference::listenTo(Serial source) {
  relay_.decode(source, feedsBridge(source));
  const auto found = ports_.find(source);
  if (found == ports_.end() || !found->second.leveller) return;
  found->second.leveller->run(std::any_of(edges_.begin(), edges_.end(), [&](const auto& edge) {
    return edge.second.source == source && edge.second.volume.levelled;
  }));
}

double Conference::gainOf(const Edge& edge) const {
  const auto source = ports_.find(edge.source);
  const bool isLevelled = edge.volume.levelled && source != ports_.end() && source->second.leveller;
  return isLevelled ? edge.volume.gain * source->second.leveller->gain() : edge.volume.gain;
}

// Settles `request`, if there is one, when the change is audible. False if the bridge refuses.
bool Conference::adjust(Serial serial, Edge& edge, Serial request) {
  const double gain = gainOf(edge);
  if (!operations_.adjust(edge.slots, gain, {serial, edge.round}, request)) return false;
  edge.appliedGain = gain;
  return true;
}

void Conference::relay(Serial serial, Edge& edge) {
  unapply(serial, edge, 0);
  if (const Serial request = std::exchange(edge.connectRequest, 0); request != 0) settle(request);
}

// The slot may be about to go without our knowing yet: then the edge waits for the next one.
void Conference::apply(Serial serial, Edge& edge) {
  const auto source = ports_.find(edge.source);
  const auto sink = ports_.find(edge.sink);
  if (edge.applied || source == ports_.end() || sink == ports_.end()) return;
  const BridgeOperations::Slots slots{source->second.slot, sink->second.slot};
  const double gain = gainOf(edge);
  if (!operations_.connect(slots, gain, {serial, edge.round + 1})) return;
  edge.applied = true;
  edge.appliedGain = gain;
  edge.slots = slots;
  ++edge.round;
  if (edge.volume.levelled) Endpoint::current()->watch.nudge();
}

// Takes the edge out of the bridge; settles `request`, if there is one, when that has happened.
void Conference::unapply(Serial serial, Edge& edge, Serial request) {
  const bool wasApplied = std::exchange(edge.applied, false);
  const bool isAsked = wasApplied && operations_.disconnect(edge.slots, {serial, edge.round}, request);
  if (!isAsked && request != 0) settle(request);
}

// The bridge itself ends the connections of a slot that goes.
void Conference::forgetSlots(Serial port) {
  for (auto& [serial, edge] : edges_)
    if (edge.source == port || edge.sink == port) edge.applied = false;
}

void Conference::finish(const BridgeOperations::Operation& operation, pj_status_t status) {
  if (operation.kind != BridgeOperations::Kind::connect) {
    if (operation.request != 0) settle(operation.request);
    return;
  }
  const auto found = edges_.find(operation.edge.serial);
  if (found == edges_.end() || found->second.round != operation.edge.round || !found->second.applied) return;
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
