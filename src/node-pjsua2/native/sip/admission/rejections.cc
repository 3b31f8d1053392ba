#include "sip/admission/rejections.h"

#include "core/endpoint.h"

namespace np {

Fields fieldsOf(const Source& source) {
  return {{"address", source.address}, {"port", source.port}, {"transport", source.transport}};
}

void Rejections::report(const char* kind, const std::string& method, const Source& source,
                        const std::string& username) {
  std::optional<std::uint64_t> suppressed;
  {
    const std::lock_guard lock(mutex_);
    suppressed = limit_.admit(std::string(kind) + ' ' + source.address, Clock::now());
  }
  Endpoint* endpoint = Endpoint::current();
  if (!suppressed || endpoint == nullptr) return;
  Fields fields{{"kind", kind}, {"method", method}, {"source", fieldsOf(source)}, {"suppressed", *suppressed}};
  if (!username.empty()) fields.emplace_back("username", username);
  endpoint->events.push({"rejected", 0, std::move(fields)});
}

}  // namespace np
