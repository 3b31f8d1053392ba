// Reads SUBSCRIBE requests for the one event package that we serve.
#pragma once

#include <pjsip.h>

#include <optional>
#include <string>

#include "sip/notification/subscription_table.h"

namespace np {

inline constexpr const char* eventPackage = "dialog";
inline constexpr const char* documentType = "application/dialog-info+xml";

// As it goes into our NOTIFYs: the package, with the id that tells two subscriptions in one dialog apart. Nothing when
// it is for another package.
std::optional<std::string> eventIn(const pjsip_msg* message);

// Whether the watcher understands our documents.
bool takesDocuments(const pjsip_msg* message);

DialogName dialogOf(const pjsip_rx_data* request);

// The subscription that the request of this user begins, with a tag of ours. What is missing or not understood in its
// address is empty.
Subscription subscriptionIn(pjsip_rx_data* request, const std::string& username, const std::string& event);

}  // namespace np
