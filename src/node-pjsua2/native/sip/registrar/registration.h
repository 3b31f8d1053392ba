// Turns a REGISTER request into plain data, or says what is wrong with it.
#pragma once

#include <pjsip.h>

#include <chrono>
#include <string>
#include <variant>

#include "sip/registrar/location.h"

namespace np {

struct ExpiryLimits {
  std::chrono::seconds least;
  std::chrono::seconds most;
  std::chrono::seconds usual;
};

// The status to answer with.
struct RegisterFault {
  int status;
};

// Reads a REGISTER of this user. A contact behind a NAT, or on a connection, gets the address that its request came
// from, because only that one can be reached.
std::variant<Registration, RegisterFault> readRegistration(pjsip_rx_data* request, const std::string& username,
                                                           const ExpiryLimits& limits);

}  // namespace np
