// The incoming connections of all listeners: keeps each within its share, answers its keep-alives, and ends what nobody
// uses.
#pragma once

#include <pjsip.h>

#include <functional>
#include <mutex>
#include <string>

#include "sip/admission/connection_table.h"

namespace np {

// Thread-safe. Holds a reference to each connection, so that none vanishes while it is looked at.
class Connections {
 public:
  Connections() = default;
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // As PJSIP tells it. `owner` is whom the address alone proves; empty for a stranger.
  void onState(pjsip_transport* transport, pjsip_transport_state state, const std::function<std::string()>& owner);

  // Somebody has proved over this transport who they are; nothing to do for a datagram's.
  void proven(pjsip_transport* transport, const std::string& owner);

  // To be called every second or so.
  void sweep();

 private:
  void onAccepted(pjsip_transport* transport, const std::string& owner);
  void onGone(pjsip_transport* transport);

  std::mutex mutex_;
  ConnectionTable table_;
};

// Whether so much waits for the other side that it does not read: PJSIP would let everything wait.
bool isUnread(const pjsip_transport& transport);

// The answer to a ping (RFC 5626, 4.4.1): what begins with two line breaks on a connection gets one back.
void answerPing(const pjsip_tp_dropped_data& data);

}  // namespace np
