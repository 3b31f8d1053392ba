// Which certificate is shown, and which is believed, on a TLS connection. Can be replaced while connections exist:
// those keep what they began with.
#pragma once

#include "sip/tls/tls_context.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace np {

// Somebody we connect to, by the host in our URIs.
struct TlsServer {
  std::string host;
  std::string authorities;              // empty: those of the operating system
  std::optional<TlsIdentity> identity;  // nothing: the same as for connections to us
};

// Thread-safe.
class TlsContexts {
 public:
  // Each throws WrongArgument, and then changes nothing.
  void setIdentity(const TlsIdentity& identity);
  void setServers(const std::vector<TlsServer>& servers);

  bool hasIdentity() const;

  // With a reference of the caller's own; null for a connection to us before there is an identity.
  SSL_CTX* forClient() const;
  SSL_CTX* forServer(const std::string& host) const;

 private:
  struct Client {
    TlsContext context;
    bool hasOwnIdentity;
  };

  void showTo(Client& client) const;

  mutable std::mutex mutex_;
  TlsContext server_;
  mutable Client any_{nullptr, false};
  std::map<std::string, Client> byHost_;
};

}  // namespace np
