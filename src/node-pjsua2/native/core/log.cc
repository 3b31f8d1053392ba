#include "core/log.h"

#include "base/guard.h"
#include "base/text.h"
#include "core/endpoint.h"
#include "sip/admission/rate_limit.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace np {
namespace {

// Keys may be a PIN, so lines about them are left out.
bool tellsDigit(std::string_view line) { return line.find("DTMF") != std::string_view::npos; }

constexpr int lastProse = 3;  // higher levels log whole messages
constexpr std::size_t longestLine = 400;

// Text from outside is kept out of the log, because a stranger can make it as long as they like: a line ends at its
// first line break. At the higher levels, which ask for whole messages, the headers are shown but not the body.
std::string_view withoutPacket(int level, std::string_view line) {
  if (level > lastProse) return line.substr(0, line.find("\r\n\r\n"));
  return line.substr(0, std::min(longestLine, line.find_first_of("\r\n")));
}

// Limits how often lines from one sender, which is their first word, are logged.
class LogLimit {
 public:
  // How many lines were held back before this one; nothing if this one is to be held back too.
  std::optional<std::uint64_t> admit(std::string_view line) {
    const std::lock_guard lock(mutex_);
    return limit_.admit(std::string(line.substr(0, line.find(' '))), Clock::now());
  }

 private:
  std::mutex mutex_;
  ReportLimit limit_;
};

std::string described(std::string_view line, std::uint64_t held) {
  std::string text(line);
  if (held > 0) text += " (and " + std::to_string(held) + " more lines of the same part)";
  return text;
}

void writeLog(int level, const char* data, int length) {
  static LogLimit limit;
  Endpoint* endpoint = Endpoint::current();
  // PJSIP indents by nesting and ends with a line break.
  const std::string_view line = trimmed({data, static_cast<std::size_t>(length)}, " \r\n");
  if (endpoint == nullptr || tellsDigit(line)) return;
  const auto held = level > lastProse ? std::optional<std::uint64_t>(0) : limit.admit(line);
  if (held)
    endpoint->events.push({"log", 0, {{"level", level}, {"message", described(withoutPacket(level, line), *held)}}});
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
