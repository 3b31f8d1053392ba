#include "sip/message/expires.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace np {
namespace {

// delta-seconds (RFC 3261, 25.1) up to 2^32 - 1.
bool isSeconds(std::string_view text) {
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::optional<unsigned> expiresIn(const pjsip_msg* message) {
  const auto* header = static_cast<const pjsip_expires_hdr*>(pjsip_msg_find_hdr(message, PJSIP_H_EXPIRES, nullptr));
  if (header == nullptr) return std::nullopt;
  return header->ivalue;
}

bool hasMalformedExpires(const pjsip_rx_data* request) {
  std::string text(request->msg_info.msg_buf, static_cast<std::size_t>(request->msg_info.len));
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string_view head = std::string_view(text).substr(0, text.find("\r\n\r\n"));
  for (const std::string_view mark : {"expires=", "expires:", "expires =", "expires :"}) {
    for (auto at = head.find(mark); at != std::string_view::npos; at = head.find(mark, at + 1)) {
      if (at > 0 && head[at - 1] == '-') continue;  // Session-Expires
      const auto start = head.find_first_not_of(" \t", at + mark.size());
      const auto end = head.find_first_of(" \t\r\n;,", start);
      if (start == std::string_view::npos || !isSeconds(head.substr(start, end - start))) return true;
    }
  }
  return false;
}

}  // namespace np
