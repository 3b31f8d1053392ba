// What can go wrong, independent of N-API: binding.h turns these into JavaScript errors.
#pragma once

#include <pj/types.h>

#include <stdexcept>
#include <string>

namespace np {

// The object is closed, or its state does not allow the operation.
struct InvalidState : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// An argument is of the wrong type or out of range.
struct WrongArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// PJSIP refused: `status` is its number, `code` its symbol (such as PJ_EBUSY), `operation` the function that failed.
struct PjsipFailure : std::runtime_error {
  PjsipFailure(pj_status_t status, std::string operation);

  pj_status_t status;
  std::string code;
  std::string operation;
};

// Throws PjsipFailure unless `status` is PJ_SUCCESS.
void check(pj_status_t status, const char* operation);

}  // namespace np
