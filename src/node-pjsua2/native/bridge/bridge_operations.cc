#include "bridge/bridge_operations.h"

#include "core/endpoint.h"
#include "core/pjsua_internals.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

// Slot 0 is the null sound device: it accepts audio and discards it.
constexpr unsigned nullSink = 0;
constexpr int unity = 128;  // the bridge's fixed-point 1.0

// The bridge's adjustment is the factor minus one.
int adjustment(double gain) { return std::max(1, static_cast<int>(std::lround(gain * unity))) - unity; }

bool fits(const BridgeOperations::Operation& operation, const BridgeOperations::Completion& completion) {
  using Kind = BridgeOperations::Kind;
  const bool sameSlots =
      operation.slots.source == completion.slots.source && operation.slots.sink == completion.slots.sink;
  switch (completion.type) {
    case PJMEDIA_CONF_OP_CONNECT_PORTS:
      return sameSlots && (operation.kind == Kind::connect || operation.kind == Kind::drain);
    case PJMEDIA_CONF_OP_DISCONNECT_PORTS:
      return sameSlots && operation.kind == Kind::disconnect;
    default:
      return sameSlots && operation.kind == Kind::adjust;
  }
}

}  // namespace

bool BridgeOperations::drain(unsigned slot) {
  if (pjmedia_conf_connect_port(conferenceBridge(), slot, nullSink, 0) != PJ_SUCCESS) return false;
  pending_.push_back({Kind::drain, {slot, nullSink}, {0, 0}, 0});
  return true;
}

bool BridgeOperations::connect(Slots slots, double gain, Edge edge) {
  if (pjmedia_conf_connect_port(conferenceBridge(), slots.source, slots.sink, adjustment(gain)) != PJ_SUCCESS)
    return false;
  pending_.push_back({Kind::connect, slots, edge, 0});
  return true;
}

bool BridgeOperations::adjust(Slots slots, double gain, Edge edge, Serial request) {
  if (pjmedia_conf_adjust_conn_level(conferenceBridge(), slots.source, slots.sink, adjustment(gain)) != PJ_SUCCESS)
    return false;
  pending_.push_back({Kind::adjust, slots, edge, request});
  return true;
}

bool BridgeOperations::disconnect(Slots slots, Edge edge, Serial request) {
  if (pjmedia_conf_disconnect_port(conferenceBridge(), slots.source, slots.sink) != PJ_SUCCESS) return false;
  pending_.push_back({Kind::disconnect, slots, edge, request});
  return true;
}

bool BridgeOperations::note(const pjmedia_conf_op_info& info) {
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
      return false;
  }
  const std::lock_guard lock(noted_);
  completions_.push_back(completion);
  return true;
}

bool BridgeOperations::anyNoted() {
  const std::lock_guard lock(noted_);
  return !completions_.empty();
}

std::vector<BridgeOperations::Completion> BridgeOperations::takeNoted() {
  const std::lock_guard lock(noted_);
  return std::exchange(completions_, {});
}

// The bridge keeps the order, so the first match is the right one.
std::optional<BridgeOperations::Operation> BridgeOperations::take(const Completion& completion) {
  const auto found = std::find_if(pending_.begin(), pending_.end(),
                                  [&](const Operation& operation) { return fits(operation, completion); });
  if (found == pending_.end()) return std::nullopt;
  const Operation operation = *found;
  pending_.erase(found);
  return operation;
}

void BridgeOperations::abandon() {
  for (const auto& operation : pending_)
    if (operation.request != 0) settle(operation.request);
  pending_.clear();
}

}  // namespace np
