// TLS connections whose handshake is not over: nobody can say who is behind them, and each costs us a signature.
#pragma once

#include <pj/sock.h>
#include <pj/ssl_sock.h>

#include <mutex>

#include "sip/admission/connection_table.h"
#include "sip/admission/rate_limit.h"

namespace np {

// Thread-safe, but what PJSIP tells of its sockets has to come on one thread at a time.
class Handshakes {
 public:
  // False when this address has begun too many of late.
  bool begin(pj_ssl_sock_t* socket, const pj_sockaddr& remote);
  void end(pj_ssl_sock_t* socket);

  // To be called about once a second, on the thread on which handshakes begin and end.
  void sweep();

 private:
  // An office whose power comes back connects all its phones at once, possibly from one address.
  static constexpr unsigned perSecond = 20, atOnce = 400;
  static constexpr std::size_t addresses = 4096;

  std::mutex mutex_;
  ConnectionTable table_{{.patience = std::chrono::seconds(10)}};
  KeyedLimit begun_{perSecond, atOnce, addresses};
};

}  // namespace np
