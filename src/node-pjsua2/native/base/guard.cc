#include "base/guard.h"

#include "base/pj.h"

#include <pj/log.h>

#include <exception>

namespace np {

void reportStopped(const char* where) noexcept {
  try {
    registerThread();
    throw;
  } catch (const std::exception& error) {
    PJ_LOG(1, ("guard", "An exception was stopped in %s: %s", where, error.what()));
  } catch (...) {
    PJ_LOG(1, ("guard", "An exception was stopped in %s", where));
  }
}

}  // namespace np
