#include "sip/message/message_data.h"

#include "sip/message/message.h"

namespace np {

MessageData::MessageData(const Headers& headers, const std::string& localUri)
    : pool_(pjsua_pool_create("headers", 1000, 1000)), localUri_(localUri) {
  pjsua_msg_data_init(&data_);
  if (!localUri_.empty()) data_.local_uri = borrow(localUri_);
  for (const auto& [name, value] : headers) pj_list_push_back(&data_.hdr_list, textHeader(pool_.get(), name, value));
}

void MessageData::setBody(std::string type, std::string body) {
  contentType_ = std::move(type);
  body_ = std::move(body);
  data_.content_type = borrow(contentType_);
  data_.msg_body = borrow(body_);
}

}  // namespace np
