// Headers to add to an outgoing message.
#pragma once

#include "base/pj.h"
#include "sip/call/call.h"

#include <pjsua-lib/pjsua.h>

namespace np {

// Owns what pjsua_msg_data points to; must live until the pjsua function returns.
class MessageData {
 public:
  explicit MessageData(const Headers& headers, const std::string& localUri = {});
  MessageData(const MessageData&) = delete;
  MessageData& operator=(const MessageData&) = delete;

  void setBody(std::string type, std::string body);

  const pjsua_msg_data* get() const { return &data_; }

 private:
  Pool pool_;
  std::string localUri_;
  std::string contentType_;
  std::string body_;
  pjsua_msg_data data_;
};

}  // namespace np
