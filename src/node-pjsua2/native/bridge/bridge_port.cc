#include "bridge/bridge_port.h"

#include "base/errors.h"
#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"

namespace np {
namespace {

constexpr unsigned signature = PJMEDIA_SIG_CLASS_APP('n', 'p', 'p');
constexpr unsigned bitsPerSample = 16;
constexpr unsigned channels = 1;
constexpr unsigned framesPerSecond = 50;

// What pjmedia holds: its port comes first, so that both have the same address.
struct Wrapped {
  pjmedia_port port;
  pj_pool_t* pool;
  std::unique_ptr<BridgePort> ours;
};

BridgePort& oursIn(pjmedia_port* port) { return *reinterpret_cast<Wrapped*>(port)->ours; }

pj_status_t getFrame(pjmedia_port* port, pjmedia_frame* frame) {
  const std::size_t count = PJMEDIA_PIA_SPF(&port->info);
  frame->size = count * sizeof(std::int16_t);
  frame->type = oursIn(port).get(static_cast<std::int16_t*>(frame->buf), count) ? PJMEDIA_FRAME_TYPE_AUDIO
                                                                                : PJMEDIA_FRAME_TYPE_NONE;
  return PJ_SUCCESS;
}

pj_status_t putFrame(pjmedia_port* port, pjmedia_frame* frame) {
  const auto* samples =
      frame->type == PJMEDIA_FRAME_TYPE_AUDIO ? static_cast<const std::int16_t*>(frame->buf) : nullptr;
  oursIn(port).put(samples, PJMEDIA_PIA_SPF(&port->info));
  return PJ_SUCCESS;
}

pj_status_t destroyPort(pjmedia_port* port) {
  auto* wrapped = reinterpret_cast<Wrapped*>(port);
  pj_pool_t* pool = wrapped->pool;
  delete wrapped;
  pj_pool_release(pool);
  return PJ_SUCCESS;
}

}  // namespace

BridgePlace::BridgePlace(std::unique_ptr<BridgePort> port, PortRole role, const char* name, unsigned clockRate) {
  auto* wrapped = new Wrapped{{}, pjsua_pool_create(name, 1000, 1000), std::move(port)};
  port_ = &wrapped->port;
  const pj_str_t title = pj_str(const_cast<char*>(name));
  pjmedia_port_info_init(&port_->info, &title, signature, clockRate, channels, bitsPerSample,
                         clockRate / framesPerSecond);
  if (role != PortRole::sink) port_->get_frame = guarded<getFrame, PJ_EUNKNOWN>;
  if (role != PortRole::source) port_->put_frame = guarded<putFrame, PJ_EUNKNOWN>;
  port_->on_destroy = guarded<destroyPort, PJ_EUNKNOWN>;
  pj_status_t status = pjmedia_port_init_grp_lock(port_, wrapped->pool, nullptr);
  if (status != PJ_SUCCESS) {
    destroyPort(port_);
    throw PjsipFailure(status, "pjmedia_port_init_grp_lock");
  }
  status = pjsua_conf_add_port(wrapped->pool, port_, &slot_);
  if (status != PJ_SUCCESS) {
    pjmedia_port_destroy(port_);
    throw PjsipFailure(status, "pjsua_conf_add_port");
  }
}

BridgePlace::~BridgePlace() {
  pjsua_conf_remove_port(slot_);
  pjmedia_port_destroy(port_);
}

}  // namespace np
