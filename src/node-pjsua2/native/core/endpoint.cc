#include "core/endpoint.h"

#include "base/guard.h"
#include "base/pj.h"
#include "bridge/recorder.h"
#include "core/codecs.h"
#include "core/hooks.h"
#include "core/log.h"
#include "sip/message/capabilities.h"

#include <pjlib-util/resolver.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

namespace np {
namespace {

std::atomic<Endpoint*> living{nullptr};

// Expedited forwarding: routers and switches send such packets first (RFC 4594, 4.1).
constexpr pj_uint8_t expeditedForwarding = 46;

constexpr auto closePatience = std::chrono::seconds(1);

// From four cores on, the bridge uses a second thread and leaves half of the cores to signalling, RTP and JavaScript.
unsigned bridgeThreads() { return std::clamp(std::thread::hardware_concurrency() / 2, 1u, 4u); }

unsigned conferenceSlots(unsigned maxCalls) {
  constexpr unsigned playersAndRecordersPerCall = 2;
  constexpr unsigned bridgeAndSink = 2;
  return std::min<unsigned>(PJSUA_MAX_CONF_PORTS, maxCalls * (1 + playersAndRecordersPerCall) + bridgeAndSink + 64);
}

// We serve no subscriptions: without this callback pjsua would accept every one.
void refuseSubscription(pjsua_acc_id, pjsua_srv_pres*, pjsua_buddy_id, const pj_str_t*, pjsip_rx_data*,
                        pjsip_status_code* code, pj_str_t*, pjsua_msg_data*) {
  *code = PJSIP_SC_NOT_IMPLEMENTED;
}

pjsua_config userAgentConfig(const EndpointOptions& options) {
  pjsua_config config;
  pjsua_config_default(&config);
  config.max_calls = callSlots(options.maxCalls);
  config.thread_cnt = 0;  // our SipPoller runs the event loop
  config.user_agent = borrow(options.userAgent);
  config.use_timer = PJSUA_SIP_TIMER_OPTIONAL;
  config.require_100rel = PJSUA_100REL_OPTIONAL;
  config.use_srtp = PJMEDIA_SRTP_DISABLED;
  config.enable_unsolicited_mwi = PJ_FALSE;
  config.nat_type_in_sdp = 0;  // would tell others what our network looks like
  // PJSIP makes a resolver only if it is given a server; askOf() sets the real ones.
  config.nameserver_count = 1;
  config.nameserver[0] = pj_str(const_cast<char*>("127.0.0.1"));
  config.cb.on_incoming_subscribe = guarded<refuseSubscription>;
  installCallCallbacks(config.cb);
  installConferenceCallbacks(config.cb);
  installAccountCallbacks(config.cb);
  installAdmissionCallbacks(config.cb);
  return config;
}

pjsua_media_config mediaConfig(const EndpointOptions& options) {
  pjsua_media_config config;
  pjsua_media_config_default(&config);
  config.clock_rate = options.clockRate;
  config.audio_frame_ptime = 20;
  config.has_ioqueue = PJ_FALSE;  // our MediaPoller reads the sockets
  config.thread_cnt = 0;
  config.max_media_ports = conferenceSlots(options.maxCalls);
  config.conf_threads = bridgeThreads();
  config.quality = 4;  // a short, good resampling filter
  config.no_vad = PJ_TRUE;
  config.ec_tail_len = 0;
  config.snd_auto_close_time = -1;  // the null device drives the bridge, so it must not stop
  config.jb_init = 20;              // ms; adaptive from there
  config.jb_min_pre = 20;
  config.jb_max_pre = 200;
  config.jb_max = 400;
  return config;
}

}  // namespace

Endpoint::Endpoint(const EndpointOptions& options, std::function<void()> wake)
    : events(options.eventCapacity, std::move(wake)), legShares(options.maxCalls), options_(options) {}

Endpoint::~Endpoint() = default;

Endpoint* Endpoint::current() { return living.load(); }

Endpoint& Endpoint::require() {
  Endpoint* endpoint = ifOpen();
  if (endpoint == nullptr) throw InvalidState("the endpoint is closed");
  return *endpoint;
}

Endpoint* Endpoint::ifOpen() {
  Endpoint* endpoint = current();
  if (endpoint == nullptr || endpoint->closing_) return nullptr;
  registerThread();
  return endpoint;
}

Endpoint& Endpoint::start(const EndpointOptions& options, std::function<void()> wake) {
  if (current() != nullptr) throw InvalidState("there is an endpoint in this process already; close it first");
  auto* endpoint = new Endpoint(options, std::move(wake));
  living = endpoint;
  try {
    endpoint->startPjsip();
  } catch (...) {
    endpoint->stopParts();
    endpoint->destroyPjsip(PJSUA_DESTROY_NO_NETWORK);
    living = nullptr;
    delete endpoint;
    throw;
  }
  return *endpoint;
}

void Endpoint::startPjsip() {
  pj_log_set_level(0);  // pjsua_create would print before its log can be redirected
  check(pjsua_create(), "pjsua_create");
  mediaPoller.start();
  dtlsThread.start();
  const pjsua_config userAgent = userAgentConfig(options_);
  const pjsua_logging_config logging = loggingConfig(options_.logLevel);
  const pjsua_media_config media = mediaConfig(options_);
  check(pjsua_init(&userAgent, &logging, &media), "pjsua_init");
  askOf(options_.nameservers);
  preferCodecs(options_.codecs);
  startAdmission(pjsua_get_pjsip_endpt());
  installTlsHooks();
  startDialogRequests(pjsua_get_pjsip_endpt());
  startOutgoingRequests(pjsua_get_pjsip_endpt());
  announceCapabilities(pjsua_get_pjsip_endpt(), options_.transfers);
  check(pjsua_start(), "pjsua_start");
  sipPoller.start();
  bridgeClock.start(pjsua_set_no_snd_dev());
  watch.start();
}

void Endpoint::beginClose() {
  closing_ = true;
  closer_ = std::thread([this] {
    guard([this] {
      registerThread();
      stopPjsip();
    });
    guard([this] { events.pushLast({"closed", 0, {}}); });
  });
}

void Endpoint::stopPjsip() {
  pjsua_call_hangup_all();
  const auto deadline = std::chrono::steady_clock::now() + closePatience;
  while (pjsua_call_get_count() > 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  stopParts();
  conference.clear();
  players.clear();
  recorders.clear();
  channels.clear();
  destroyPjsip(PJSUA_DESTROY_NO_RX_MSG);  // every BYE was sent: PJSUA need not wait another second
}

// No thread may be inside PJSIP any more.
void Endpoint::destroyPjsip(unsigned flags) {
  sipPoller.stop();
  bridgeClock.stop();
  pjsua_destroy2(flags);
}

// May be called no matter how far the start got.
void Endpoint::stopParts() {
  watch.stop();
  mediaPoller.stop();
  dtlsThread.stop();
  pjsip_endpoint* sip = pjsua_get_pjsip_endpt();
  if (sip == nullptr) return;
  stopAccounts();
  stopAdmission(sip);
}

void Endpoint::reap() {
  Endpoint* endpoint = living.exchange(nullptr);
  endpoint->closer_.join();
  delete endpoint;
}

void Endpoint::abandon() {
  Endpoint* endpoint = current();
  if (endpoint == nullptr || std::exchange(endpoint->abandoned_, true)) return;
  registerThread();
  endpoint->events.mute();
  endpoint->closing_ = true;
  if (endpoint->closer_.joinable())
    endpoint->closer_.join();
  else
    endpoint->stopThreads();
}

// Leaves PJSIP itself running, with no thread inside it.
void Endpoint::stopThreads() {
  sipPoller.stop();
  watch.stop();
  mediaPoller.stop();
  dtlsThread.stop();
  channels.clear();
  bridgeClock.stop();
  for (const auto& recorder : recorders.all()) recorder->complete();
}

namespace {

// A link-local address may name an interface that no longer exists.
bool isReadable(const pj_str_t& address) {
  pj_sockaddr any;
  return pj_sockaddr_init(pj_AF_INET(), &any, &address, 0) == PJ_SUCCESS ||
         pj_sockaddr_init(pj_AF_INET6(), &any, &address, 0) == PJ_SUCCESS;
}

}  // namespace

void Endpoint::askOf(const std::vector<Nameserver>& nameservers) {
  std::vector<pj_str_t> addresses;
  std::vector<pj_uint16_t> ports;
  for (const auto& server : nameservers) {
    const pj_str_t address = borrow(server.address);
    if (addresses.size() == PJ_DNS_RESOLVER_MAX_NS) break;
    if (!isReadable(address)) continue;
    addresses.push_back(address);
    ports.push_back(server.port);
  }
  if (addresses.empty()) return;
  pj_dns_resolver* resolver = pjsip_endpt_get_resolver(pjsua_get_pjsip_endpt());
  check(pj_dns_resolver_set_ns(resolver, static_cast<unsigned>(addresses.size()), addresses.data(), ports.data()),
        "pj_dns_resolver_set_ns");
}

pjsua_acc_config Endpoint::accountDefaults() const {
  pjsua_acc_config config;
  pjsua_acc_config_default(&config);
  config.rtp_cfg.port = options_.rtpFrom;
  // The range counts RTP ports; RTCP takes the one after each.
  config.rtp_cfg.port_range = std::max(1U, options_.rtpTo - options_.rtpFrom - 1);
  config.rtp_cfg.qos_params.flags = PJ_QOS_PARAM_HAS_DSCP;
  config.rtp_cfg.qos_params.dscp_val = expeditedForwarding;
  if (!options_.rtpAddress.empty()) {
    config.rtp_cfg.bound_addr = borrow(options_.rtpAddress);
    config.rtp_cfg.public_addr = borrow(options_.rtpAddress);
  }
  config.use_timer = PJSUA_SIP_TIMER_OPTIONAL;
  config.use_srtp = PJMEDIA_SRTP_OPTIONAL;  // PJSUA only chooses the line; see media_protection.h
  config.srtp_secure_signaling = 0;
  config.require_100rel = PJSUA_100REL_OPTIONAL;
  config.register_on_acc_add = PJ_FALSE;
  config.auto_repond_sip_message = PJ_FALSE;
  config.use_rfc5626 = PJ_FALSE;  // outbound flows are for clients behind NAT; our address is reachable
  config.ice_cfg_use = PJSUA_ICE_CONFIG_USE_CUSTOM;
  config.ice_cfg.enable_ice = PJ_FALSE;
  config.sip_stun_use = PJSUA_STUN_USE_DISABLED;
  config.media_stun_use = PJSUA_STUN_USE_DISABLED;
  return config;
}

namespace {

void settleWith(Serial request, Fields fields) {
  if (Endpoint* endpoint = Endpoint::current()) endpoint->events.pushEssential({"settled", request, std::move(fields)});
}

}  // namespace

void settle(Serial request) { settleWith(request, {}); }

void settle(Serial request, const PjsipFailure& failure) {
  settleWith(request, {{"error", Fields{{"message", failure.what()},
                                        {"code", failure.code},
                                        {"status", failure.status},
                                        {"operation", failure.operation}}}});
}

void settle(Serial request, const InvalidState& failure) {
  settleWith(request, {{"error", Fields{{"message", failure.what()}}}});
}

}  // namespace np
