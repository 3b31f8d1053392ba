// A function that is called by C, a thread or Node must not throw: nothing would catch the exception, and the process
// would end. All such functions go through here; test/unit/native-callbacks.test.ts finds those that do not.
//
//   callbacks.on_call_state = guarded<onCallState>;              returns nothing
//   module.on_rx_request = guarded<receive, PJ_TRUE>;            returns this after an exception
//   callbacks.on_incoming_call = guarded<onCall, refuse>;        calls this after an exception
#pragma once

#include <source_location>
#include <type_traits>

namespace np {

// Logs the exception in flight. `where` has the form of __PRETTY_FUNCTION__.
void reportStopped(const char* where) noexcept;

// Runs `body` and logs any exception that it throws. True if it threw none.
template <class Body>
bool guard(Body&& body, std::source_location where = std::source_location::current()) noexcept {
  try {
    body();
    return true;
  } catch (...) {
    reportStopped(where.function_name());
    return false;
  }
}

struct Nothing {};

template <auto function, auto otherwise, class Result, class... Arguments>
Result callGuarded(Arguments... arguments) noexcept {
  if constexpr (std::is_void_v<Result>) {
    const bool done = guard([&] { function(arguments...); });
    if constexpr (std::is_invocable_v<decltype(otherwise), Arguments...>)
      if (!done) guard([&] { otherwise(arguments...); });
  } else {
    static_assert(!std::is_same_v<std::remove_cv_t<decltype(otherwise)>, Nothing>,
                  "say what is returned after an exception");
    Result result{};
    if (guard([&] { result = function(arguments...); })) return result;
    if constexpr (std::is_invocable_v<decltype(otherwise), Arguments...>) {
      Result substitute{};
      return guard([&] { substitute = otherwise(arguments...); }) ? substitute : Result{};
    } else {
      return static_cast<Result>(otherwise);
    }
  }
}

template <auto function, auto otherwise>
struct Guarded {
  template <class Result, class... Arguments>
  using Pointer = Result (*)(Arguments...);

  template <class Result, class... Arguments>
  constexpr operator Pointer<Result, Arguments...>() const {
    return callGuarded<function, otherwise, Result, Arguments...>;
  }
};

template <auto function, auto otherwise = Nothing{}>
inline constexpr Guarded<function, otherwise> guarded{};

}  // namespace np
