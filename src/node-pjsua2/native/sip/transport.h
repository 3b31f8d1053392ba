// A listening SIP transport and the local account used by calls over it.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <optional>
#include <string>

namespace np {

enum class Protocol { udp, tcp, tls };

struct TransportOptions {
  Protocol protocol;
  std::string address;        // to bind
  unsigned port;              // 0: any free one
  std::string publicAddress;  // to advertise; empty: the bound one, or the host's for 0.0.0.0
};

// Lower case; nothing for an unknown one.
std::optional<Protocol> protocolNamed(const std::string& name);

class Transport {
 public:
  // Starts listening. Throws PjsipFailure; InvalidState for TLS without a certificate to show.
  explicit Transport(const TransportOptions& options);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  Protocol protocol() const { return protocol_; }
  unsigned port() const { return port_; }
  pjsua_transport_id id() const { return id_; }
  pjsua_acc_id account() const { return account_; }

  // The host used in our URIs.
  const std::string& host() const { return host_; }

  // From now on, SDP names this address for media instead of the local one. Throws WrongArgument when it is not an IP
  // address, PjsipFailure.
  void setMediaAddress(const std::string& address) const;

  // Stops listening, after which the destructor does nothing.
  void close();

 private:
  Protocol protocol_;
  pjsua_transport_id id_ = PJSUA_INVALID_ID;
  pjsua_acc_id account_ = PJSUA_INVALID_ID;
  unsigned port_ = 0;
  std::string host_;
};

}  // namespace np
