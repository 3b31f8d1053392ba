// Connects PJSIP's TLS sockets with what we decide about them.
#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "sip/admission/admission.h"

#include <pj/ssl_sock.h>

namespace np {
namespace {

void* contextOf(pj_bool_t isServer, const pj_str_t* host) {
  const Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return nullptr;
  return isServer ? endpoint->tls.forClient() : endpoint->tls.forServer(copy(*host));
}

pj_bool_t onHandshake(pj_ssl_sock_t* socket, const pj_sockaddr_t* remote) {
  return admitHandshake(socket, *static_cast<const pj_sockaddr*>(remote)) ? PJ_TRUE : PJ_FALSE;
}

}  // namespace

void installTlsHooks() {
  constexpr pj_ssl_sock_hooks hooks{.get_context = guarded<contextOf, nullptr>,
                                    .on_handshake = guarded<onHandshake, PJ_FALSE>,
                                    .on_handshake_over = guarded<endHandshake>};
  pj_ssl_sock_set_hooks(&hooks);
}

}  // namespace np
