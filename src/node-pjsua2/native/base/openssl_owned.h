// Objects of OpenSSL that are freed with what owns them.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace np {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

}  // namespace np
