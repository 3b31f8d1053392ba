#include "sip/transport.h"

#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"
#include "sip/admission/admission.h"
#include "sip/message/sdp_addresses.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace np {
namespace {

// DSCP CS3, with which phones and PBXs usually mark signalling.
constexpr pj_uint8_t classOfSignalling = 24;

// Closes a connection whose other side no longer takes what we send: it is gone, or a stranger who never reads. Also
// limits the kernel's send buffer, which would otherwise hold some megabytes for each.
pj_sockopt_params noticeTheDead() {
  static int patienceMs = 60 * 1000;
  static int buffer = 64 * 1024;
  pj_sockopt_params params{};
  params.cnt = 2;
  params.options[0] = {IPPROTO_TCP, TCP_USER_TIMEOUT, &patienceMs, sizeof(patienceMs)};
  params.options[1] = {SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer)};
  return params;
}

constexpr pj_time_val handshakePatience{10, 0};

// What our contexts (tls_contexts.h) don't decide.
pjsip_tls_setting tlsSetting(const pjsua_transport_config& config) {
  pjsip_tls_setting setting;
  pjsip_tls_setting_default(&setting);
  setting.verify_server = PJ_TRUE;  // also that the certificate is for the host in our URI
  setting.timeout = handshakePatience;
  setting.qos_params = config.qos_params;
  setting.sockopt_params = noticeTheDead();
  constexpr auto failed = [](const pjsip_tls_on_accept_fail_param* param) {
    reportFailedHandshake(*static_cast<const pj_sockaddr*>(param->remote_addr));
  };
  setting.on_accept_fail_cb = guarded<failed>;
  return setting;
}

struct ProtocolNames {
  const char* parameter;  // of our URIs
  pjsip_transport_type_e type;
};

ProtocolNames namesOf(Protocol protocol) {
  switch (protocol) {
    case Protocol::tcp:
      return {";transport=tcp", PJSIP_TRANSPORT_TCP};
    case Protocol::tls:
      return {";transport=tls", PJSIP_TRANSPORT_TLS};
    case Protocol::udp:
      break;
  }
  return {"", PJSIP_TRANSPORT_UDP};
}

// The account for calls that name no registered account; it is identified by the transport's own address.
pjsua_acc_id addLocalAccount(pjsua_transport_id transport, const TransportOptions& options, const std::string& host,
                             unsigned port) {
  const Endpoint& endpoint = *Endpoint::current();
  pjsua_acc_config config = endpoint.accountDefaults();
  // Media uses the signalling address unless the endpoint has one for media.
  if (endpoint.options().rtpAddress.empty()) {
    if (options.address != "0.0.0.0") config.rtp_cfg.bound_addr = borrow(options.address);
    if (isAddress(borrow(options.publicAddress))) config.rtp_cfg.public_addr = borrow(options.publicAddress);
  }
  const std::string uri = "<sip:" + host + ":" + std::to_string(port) + namesOf(options.protocol).parameter + ">";
  config.id = borrow(uri);
  config.transport_id = transport;
  config.priority = 0;
  pjsua_acc_id account;
  check(pjsua_acc_add(&config, PJ_FALSE, &account), "pjsua_acc_add");
  return account;
}

// Where another program has the port, PJSIP goes on without a listener for TLS, and says nothing of it.
void requireFreePort(const TransportOptions& options) {
  if (options.port == 0) return;
  const pj_str_t host = borrow(options.address);
  pj_sockaddr address;
  check(pj_sockaddr_init(pj_AF_INET(), &address, &host, static_cast<pj_uint16_t>(options.port)), "pj_sockaddr_init");
  pj_sock_t sock;
  check(pj_sock_socket(pj_AF_INET(), pj_SOCK_STREAM(), 0, &sock), "pj_sock_socket");
  // As the listener itself: a connection that is ending there does not matter.
  const int reuse = 1;
  pj_sock_setsockopt(sock, pj_SOL_SOCKET(), pj_SO_REUSEADDR(), &reuse, sizeof(reuse));
  const pj_status_t status = pj_sock_bind(sock, &address, pj_sockaddr_get_len(&address));
  pj_sock_close(sock);
  check(status, "pj_sock_bind");
}

}  // namespace

Transport::Transport(const TransportOptions& options) : protocol_(options.protocol) {
  if (protocol_ == Protocol::tls && !Endpoint::current()->tls.hasIdentity())
    throw InvalidState("there is no certificate to show over TLS; set one first");
  pjsua_transport_config config;
  pjsua_transport_config_default(&config);
  config.port = options.port;
  config.bound_addr = borrow(options.address);
  // PJSIP would resolve a host name here. It is only needed in our URIs; its address arrives later, by setMediaAddress.
  if (isAddress(borrow(options.publicAddress))) config.public_addr = borrow(options.publicAddress);
  config.qos_params.flags = PJ_QOS_PARAM_HAS_DSCP;
  config.qos_params.dscp_val = classOfSignalling;
  if (protocol_ == Protocol::tcp) config.sockopt_params = noticeTheDead();
  if (protocol_ == Protocol::tls) {
    config.tls_setting = tlsSetting(config);
    requireFreePort(options);
  }
  check(pjsua_transport_create(namesOf(protocol_).type, &config, &id_), "pjsua_transport_create");
  try {
    pjsua_transport_info info;
    check(pjsua_transport_get_info(id_, &info), "pjsua_transport_get_info");
    host_ = options.publicAddress.empty() ? copy(info.local_name.host) : options.publicAddress;
    // With a public address, the local name has the public port; the bound one is in the local address.
    port_ = pj_sockaddr_get_port(&info.local_addr);
    account_ = addLocalAccount(id_, options, host_, port_);
  } catch (...) {
    close();
    throw;
  }
}

std::optional<Protocol> protocolNamed(const std::string& name) {
  if (name == "udp") return Protocol::udp;
  if (name == "tcp") return Protocol::tcp;
  if (name == "tls") return Protocol::tls;
  return std::nullopt;
}

Transport::~Transport() { close(); }

void Transport::setMediaAddress(const std::string& address) const {
  if (!isAddress(borrow(address))) throw WrongArgument("address must be an IP address");
  const Pool pool(pjsua_pool_create("transport", 2000, 2000));
  pjsua_acc_config config;
  check(pjsua_acc_get_config(account_, pool.get(), &config), "pjsua_acc_get_config");
  config.rtp_cfg.public_addr = borrow(address);
  check(pjsua_acc_modify(account_, &config), "pjsua_acc_modify");
}

void Transport::close() {
  if (account_ != PJSUA_INVALID_ID) pjsua_acc_del(std::exchange(account_, PJSUA_INVALID_ID));
  if (id_ != PJSUA_INVALID_ID) pjsua_transport_close(std::exchange(id_, PJSUA_INVALID_ID), PJ_FALSE);
}

namespace {

// addTransport({protocol, address, port, publicAddress?}) -> {handle, address, port}
Napi::Value addTransport(const Napi::CallbackInfo& info) {
  const Napi::Object object = objectAt(info, 0, "options");
  const auto protocol = protocolNamed(stringOf(object, "protocol"));
  if (!protocol) throw WrongArgument("protocol must be 'udp', 'tcp' or 'tls'");
  const TransportOptions options{*protocol, stringOf(object, "address"), integerOf(object, "port", 0, 65535),
                                 optionalStringOf(object, "publicAddress").value_or("")};
  Endpoint& endpoint = Endpoint::require();
  const auto transport = std::make_shared<Transport>(options);
  const Serial serial = nextSerial();
  endpoint.transports.add(serial, transport);
  return toJs(info.Env(), Fields{{"handle", serial}, {"address", transport->host()}, {"port", transport->port()}});
}

// setMediaAddress(transport, address)
Napi::Value setMediaAddress(const Napi::CallbackInfo& info) {
  Endpoint::require().transports.require(serialAt(info, 0, "transport"))->setMediaAddress(stringAt(info, 1, "address"));
  return info.Env().Undefined();
}

Napi::Value closeTransport(const Napi::CallbackInfo& info) {
  const Serial serial = serialAt(info, 0, "transport");
  Endpoint* endpoint = Endpoint::ifOpen();
  if (endpoint == nullptr) return info.Env().Undefined();
  if (const auto transport = endpoint->transports.remove(serial)) transport->close();
  return info.Env().Undefined();
}

}  // namespace

void registerTransport(Napi::Env, Napi::Object exports) {
  expose<addTransport>(exports, "addTransport");
  expose<setMediaAddress>(exports, "setMediaAddress");
  expose<closeTransport>(exports, "closeTransport");
}

}  // namespace np
