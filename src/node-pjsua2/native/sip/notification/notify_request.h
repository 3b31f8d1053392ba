// Makes the NOTIFY requests of subscriptions.
#pragma once

#include <pjsip.h>

#include <string>

#include "sip/notification/subscription_table.h"

namespace np {

inline constexpr pjsip_method notifyMethod = {PJSIP_OTHER_METHOD, {const_cast<char*>("NOTIFY"), 6}};

struct Content {
  std::string type, subtype, text;
};

// The NOTIFY of this number in the dialog, with this value of Subscription-State. Throws PjsipFailure.
pjsip_tx_data* notifyFor(const WatcherAddress& address, int sequence, const std::string& state, const Content* content);

}  // namespace np
