#include "base/errors.h"

#include <pj/errno.h>

#include <utility>

namespace np {
namespace {

std::string textOf(pj_status_t status) {
  char buffer[PJ_ERR_MSG_SIZE];
  const pj_str_t text = pj_strerror(status, buffer, sizeof(buffer));
  return {text.ptr, static_cast<std::size_t>(text.slen)};
}

// PJSIP ends its texts with the symbol in brackets: "Object is busy (PJ_EBUSY)".
std::string symbolOf(const std::string& text, pj_status_t status) {
  const auto open = text.rfind('(');
  const auto close = text.rfind(')');
  if (open != std::string::npos && close != std::string::npos && close > open + 1) {
    const std::string symbol = text.substr(open + 1, close - open - 1);
    if (symbol.find(' ') == std::string::npos) return symbol;
  }
  return "PJSIP_" + std::to_string(status);
}

}  // namespace

PjsipFailure::PjsipFailure(pj_status_t failed, std::string what)
    : std::runtime_error(what + " failed: " + textOf(failed)),
      status(failed),
      code(symbolOf(textOf(failed), failed)),
      operation(std::move(what)) {}

void check(pj_status_t status, const char* operation) {
  if (status != PJ_SUCCESS) throw PjsipFailure(status, operation);
}

}  // namespace np
