// Small bridges between PJLIB and C++.
#pragma once

#include <pj/pool.h>
#include <pj/string.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace np {

// PJLIB does not serve threads that it neither created nor knows. Cheap after the first call.
void registerThread();

inline std::string_view view(const pj_str_t& text) {
  return text.slen > 0 ? std::string_view(text.ptr, static_cast<std::size_t>(text.slen)) : std::string_view();
}

inline std::string copy(const pj_str_t& text) { return std::string(view(text)); }

// `text` must outlive the result. PJLIB's strings are not const, but it does not write to these.
inline pj_str_t borrow(const std::string& text) {
  return {const_cast<char*>(text.data()), static_cast<pj_ssize_t>(text.size())};
}

struct ReleasePool {
  void operator()(pj_pool_t* pool) const { pj_pool_release(pool); }
};
using Pool = std::unique_ptr<pj_pool_t, ReleasePool>;

}  // namespace np
