#include "core/log.h"

#include "core/endpoint.h"
#include "core/guard.h"

#include <string>
#include <string_view>

namespace np {
namespace {

// Keys may be a PIN: a line about them is left out, and of an INFO that carries one only the headers are shown.
bool tellsDigit(std::string_view line) { return line.find("DTMF") != std::string_view::npos; }

std::string_view withoutDigits(std::string_view line) {
  if (line.find("application/dtmf") == std::string_view::npos) return line;
  return line.substr(0, line.find("\r\n\r\n"));
}

// PJSIP indents by nesting and ends with a line break.
std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  const auto last = line.find_last_not_of("\r\n ");
  if (first == std::string_view::npos) return {};
  return line.substr(first, last - first + 1);
}

void writeLog(int level, const char* data, int length) {
  Endpoint* endpoint = Endpoint::current();
  const std::string_view line(data, static_cast<std::size_t>(length));
  if (endpoint == nullptr || tellsDigit(line)) return;
  endpoint->events.push({"log", 0, {{"level", level}, {"message", trimmed(withoutDigits(line))}}});
}

}  // namespace

pjsua_logging_config loggingConfig(unsigned level) {
  pjsua_logging_config config;
  pjsua_logging_config_default(&config);
  config.level = level;
  config.console_level = level;  // the level up to which the callback is called
  config.msg_logging = PJ_TRUE;  // at level 4
  config.cb = guarded<writeLog>;
  config.decor = PJ_LOG_HAS_SENDER;
  return config;
}

}  // namespace np
