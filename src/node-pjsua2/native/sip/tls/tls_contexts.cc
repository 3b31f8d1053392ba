#include "sip/tls/tls_contexts.h"

#include <utility>

namespace np {
namespace {

SSL_CTX* referenceTo(const TlsContext& context) {
  if (context) SSL_CTX_up_ref(context.get());
  return context.get();
}

}  // namespace

void TlsContexts::setIdentity(const TlsIdentity& identity) {
  TlsContext server = serverContext(identity);
  const std::lock_guard lock(mutex_);
  server_ = std::move(server);
  if (any_.context) showTo(any_);
  for (auto& [host, client] : byHost_) showTo(client);
}

void TlsContexts::setServers(const std::vector<TlsServer>& servers) {
  std::map<std::string, Client> byHost;
  for (const TlsServer& server : servers) {
    Client client{clientContext(server.authorities), server.identity.has_value()};
    if (server.identity) np::setIdentity(*client.context, *server.identity);
    byHost.insert_or_assign(server.host, std::move(client));
  }
  const std::lock_guard lock(mutex_);
  for (auto& [host, client] : byHost) showTo(client);
  byHost_ = std::move(byHost);
}

bool TlsContexts::hasIdentity() const {
  const std::lock_guard lock(mutex_);
  return server_ != nullptr;
}

SSL_CTX* TlsContexts::forClient() const {
  const std::lock_guard lock(mutex_);
  return referenceTo(server_);
}

SSL_CTX* TlsContexts::forServer(const std::string& host) const {
  const std::lock_guard lock(mutex_);
  if (const auto found = byHost_.find(host); found != byHost_.end()) return referenceTo(found->second.context);
  if (!any_.context) {
    any_.context = clientContext({});  // reads all certificates that the operating system trusts
    showTo(any_);
  }
  return referenceTo(any_.context);
}

void TlsContexts::showTo(Client& client) const {
  if (server_ && !client.hasOwnIdentity) np::setIdentity(*client.context, *server_);
}

}  // namespace np
