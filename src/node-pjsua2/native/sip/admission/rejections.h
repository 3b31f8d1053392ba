// Reports to JavaScript what was turned away, without letting a flood of strangers become a flood of events.
#pragma once

#include <mutex>
#include <string>

#include "base/event.h"
#include "sip/admission/rate_limit.h"
#include "sip/registrar/location.h"

namespace np {

// Thread-safe.
class Rejections {
 public:
  // kind: see Rejection in endpoint.ts. Reports of one kind and address that come too fast are counted, not sent.
  void report(const char* kind, const std::string& method, const Source& source, const std::string& username = {});

 private:
  std::mutex mutex_;
  ReportLimit limit_;
};

Fields fieldsOf(const Source& source);

}  // namespace np
