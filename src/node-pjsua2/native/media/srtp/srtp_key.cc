#include "media/srtp/srtp_key.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace np {

SrtpKey randomKey(SrtpSuite suite) {
  SrtpKey key{suite};
  if (RAND_bytes(key.octets.data(), static_cast<int>(key.size())) != 1)
    throw std::runtime_error("the operating system provides no random numbers");
  return key;
}

}  // namespace np
