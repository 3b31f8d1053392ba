// A listening SIP transport and the local account used by calls over it.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <string>

namespace np {

struct TransportOptions {
  bool tcp;
  std::string address;        // to bind
  unsigned port;              // 0: any free one
  std::string publicAddress;  // to advertise; empty: the bound one, or the host's for 0.0.0.0
};

class Transport {
 public:
  // Starts listening. Throws PjsipFailure.
  explicit Transport(const TransportOptions& options);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  bool tcp() const { return tcp_; }
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
  bool tcp_;
  pjsua_transport_id id_ = PJSUA_INVALID_ID;
  pjsua_acc_id account_ = PJSUA_INVALID_ID;
  unsigned port_ = 0;
  std::string host_;
};

}  // namespace np
