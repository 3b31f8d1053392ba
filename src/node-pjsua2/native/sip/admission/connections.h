// The incoming connections of all listeners: keeps each source within its share, answers keep-alives and closes unused
// ones.
#pragma once

#include <pjsip.h>

#include <functional>
#include <mutex>
#include <string>

#include "sip/admission/connection_table.h"

namespace np {

// Thread-safe. Holds a reference to each connection, so that none vanishes while it is being examined.
class Connections {
 public:
  Connections() = default;
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // As PJSIP reports it. `owner` is who is known by the address alone; empty for a stranger.
  void onState(pjsip_transport* transport, pjsip_transport_state state, const std::function<std::string()>& owner);

  // Somebody has proved over this transport who they are; does nothing for datagrams.
  void proven(pjsip_transport* transport, const std::string& owner);

  // To be called about once a second.
  void sweep();

 private:
  void onAccepted(pjsip_transport* transport, const std::string& owner);
  void onGone(pjsip_transport* transport);

  std::mutex mutex_;
  ConnectionTable table_;
};

// Whether so much is waiting to be sent that the other side must have stopped reading; PJSIP itself sets no limit.
bool isUnread(const pjsip_transport& transport);

// Answers a ping (RFC 5626, 4.4.1): two line breaks at the start of a message on a connection get one back.
void answerPing(const pjsip_tp_dropped_data& data);

}  // namespace np
