#include "sip/admission/handshakes.h"

#include <string>

namespace np {
namespace {

std::string addressOf(const pj_sockaddr& remote) {
  char text[PJ_INET6_ADDRSTRLEN];
  return pj_sockaddr_print(&remote, text, sizeof(text), 0);
}

// Each is ended by its own socket, which then fails.
void cut(const ConnectionTable::Ids& ids) {
  for (const auto id : ids) pj_ssl_sock_disconnect(static_cast<pj_ssl_sock_t*>(const_cast<void*>(id)));
}

}  // namespace

bool Handshakes::begin(pj_ssl_sock_t* socket, const pj_sockaddr& remote) {
  const std::string address = addressOf(remote);
  const TimePoint now = Clock::now();
  ConnectionTable::Ids leaving;
  {
    const std::lock_guard lock(mutex_);
    if (begun_.exhausted(address, now)) return false;
    begun_.count(address, now);
    leaving = table_.opened(socket, address, now);
  }
  cut(leaving);
  return true;
}

void Handshakes::end(pj_ssl_sock_t* socket) {
  const std::lock_guard lock(mutex_);
  table_.closed(socket);
}

void Handshakes::sweep() {
  ConnectionTable::Ids overdue;
  {
    const std::lock_guard lock(mutex_);
    overdue = table_.overdue(Clock::now());
    for (const auto id : overdue) table_.closed(id);
  }
  cut(overdue);
}

}  // namespace np
