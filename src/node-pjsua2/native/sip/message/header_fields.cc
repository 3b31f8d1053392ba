#include "sip/message/header_fields.h"

#include "base/pj.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace np {
namespace {

// The value of any header, as it stands in the message.
std::string valueOf(const pjsip_hdr* header) {
  char buffer[2048];
  const int length = pjsip_hdr_print_on(const_cast<pjsip_hdr*>(header), buffer, sizeof(buffer));
  if (length <= 0) return {};
  const std::string_view line(buffer, static_cast<std::size_t>(length));
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  const auto start = line.find_first_not_of(' ', colon + 1);
  return start == std::string_view::npos ? std::string() : std::string(line.substr(start));
}

}  // namespace

std::string lowercase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

Fields headersIn(const pjsip_msg* message, bool (*isWanted)(std::string_view)) {
  std::map<std::string, List> found;
  for (const auto* header = message->hdr.next; header != &message->hdr; header = header->next) {
    const std::string name = lowercase(copy(header->name));
    if (isWanted(name)) found[name].push_back(valueOf(header));
  }
  Fields fields;
  for (auto& [name, values] : found) fields.emplace_back(name, std::move(values));
  return fields;
}

}  // namespace np
