// A NOTIFY that nobody subscribed to, by which phones let themselves be told something, such as that there is another
// configuration for them ("check-sync").
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <memory>
#include <string>

namespace np {

struct PhoneEvent {
  PhoneEvent() = default;
  ~PhoneEvent();
  PhoneEvent(const PhoneEvent&) = delete;
  PhoneEvent& operator=(const PhoneEvent&) = delete;

  std::string uri;
  std::string event;  // with its parameters
  // For a phone that wants to know who says so.
  std::string username;
  std::string password;
};

// Settles `request` when the phone has answered: as failed unless it agrees. Throws PjsipFailure.
void tellPhone(pjsua_acc_id account, std::shared_ptr<PhoneEvent> told, Serial request);

}  // namespace np
