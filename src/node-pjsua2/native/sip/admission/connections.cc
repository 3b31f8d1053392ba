#include "sip/admission/connections.h"

#include <pjsua-lib/pjsua.h>

#include <string_view>

#include "sip/message/message.h"

namespace np {
namespace {

// How long a proven connection that no binding, dialog or transaction uses may send nothing, not even a keep-alive (RFC
// 5626: every two minutes).
constexpr unsigned longestSilence = 300 * 1000;  // ms

// What may be waiting for one connection beyond its socket's buffer (transport.cc): about a hundred messages.
constexpr pj_ssize_t mostUnsent = 64 * 1024;

bool incoming(const pjsip_transport* transport) {
  return (transport->flag & PJSIP_TRANSPORT_DATAGRAM) == 0 && transport->dir == PJSIP_TP_DIR_INCOMING;
}

pjsip_transport* transportOf(ConnectionTable::Id id) { return static_cast<pjsip_transport*>(const_cast<void*>(id)); }

std::string addressOf(const pjsip_transport* transport) {
  const pj_str_t& host = transport->remote_name.host;
  return std::string(host.ptr, static_cast<std::size_t>(host.slen));
}

// Whether anyone but us holds it: a binding, a dialog or a transaction.
bool inUse(const pjsip_transport* transport) { return pj_atomic_get(transport->ref_cnt) > 1; }

bool silent(const pjsip_transport* transport) {
  pj_timestamp now;
  pj_get_timestamp(&now);
  return pj_elapsed_msec(&transport->last_recv_ts, &now) > longestSilence;
}

// To be called without our lock, because PJSIP calls us back before it returns.
void closeAll(const ConnectionTable::Ids& ids) {
  for (const auto id : ids) {
    pjsip_transport_shutdown2(transportOf(id), PJ_TRUE);
    pjsip_transport_dec_ref(transportOf(id));
  }
}

}  // namespace

Connections::~Connections() {
  for (const auto id : table_.all()) pjsip_transport_dec_ref(transportOf(id));
}

void Connections::onState(pjsip_transport* transport, pjsip_transport_state state,
                          const std::function<std::string()>& owner) {
  if (!incoming(transport)) return;
  if (state == PJSIP_TP_STATE_CONNECTED) return onAccepted(transport, owner());
  onGone(transport);
}

void Connections::onAccepted(pjsip_transport* transport, const std::string& owner) {
  pjsip_transport_add_ref(transport);
  pj_get_timestamp(&transport->last_recv_ts);  // the silence is measured from now on
  ConnectionTable::Ids leaving;
  {
    const std::lock_guard lock(mutex_);
    leaving = table_.opened(transport, addressOf(transport), Clock::now());
  }
  closeAll(leaving);
  if (!owner.empty()) proven(transport, owner);
}

void Connections::onGone(pjsip_transport* transport) {
  bool known = false;
  {
    const std::lock_guard lock(mutex_);
    const std::size_t before = table_.size();
    table_.closed(transport);
    known = table_.size() < before;
  }
  if (known) pjsip_transport_dec_ref(transport);
}

void Connections::proven(pjsip_transport* transport, const std::string& owner) {
  if (!incoming(transport)) return;
  ConnectionTable::Ids leaving;
  {
    const std::lock_guard lock(mutex_);
    leaving = table_.proven(transport, owner);
  }
  closeAll(leaving);
}

void Connections::sweep() {
  ConnectionTable::Ids leaving;
  {
    const std::lock_guard lock(mutex_);
    const auto leave = [&](ConnectionTable::Id id) {
      table_.closed(id);
      leaving.push_back(id);
    };
    for (const auto id : table_.overdue(Clock::now())) leave(id);
    for (const auto id : table_.all())
      if (!inUse(transportOf(id)) && silent(transportOf(id))) leave(id);
  }
  closeAll(leaving);
}

bool isUnread(const pjsip_transport& transport) {
  return (transport.flag & PJSIP_TRANSPORT_DATAGRAM) == 0 && pjsip_transport_get_unsent(&transport) > mostUnsent;
}

// Whoever has not yet read what we sent before needs no answer to know that we are here.
void answerPing(const pjsip_tp_dropped_data& data) {
  const std::string_view text(static_cast<const char*>(data.data), static_cast<std::size_t>(data.len));
  if ((data.tp->flag & PJSIP_TRANSPORT_DATAGRAM) != 0 || !text.starts_with("\r\n\r\n")) return;
  if (pjsip_transport_get_unsent(data.tp) > 0) return;
  sendLineBreaks(*data.tp, data.tp->key.rem_addr, "\r\n");
}

}  // namespace np
