// The boundary to N-API: exposes functions, turns the errors of errors.h into JavaScript errors, and reads arguments
// strictly.
#pragma once

#include "base/errors.h"
#include "base/event.h"
#include "sip/call/encryption.h"

#include <napi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace np {

using Function = Napi::Value (*)(const Napi::CallbackInfo&);

// Throws the JavaScript error for the C++ exception in flight.
[[noreturn]] void rethrowToJs(Napi::Env env);

// The JavaScript classes to throw: (InvalidStateError, PjsipError), passed once when the TypeScript side loads.
Napi::Value setErrorClasses(const Napi::CallbackInfo& info);

template <Function function>
Napi::Value exposed(const Napi::CallbackInfo& info) {
  try {
    return function(info);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    rethrowToJs(info.Env());
  }
}

template <Function function>
void expose(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<exposed<function>>(exports.Env(), name));
}

Napi::Value toJs(Napi::Env env, const Value& value);

// Arguments by position. Each throws a TypeError that names the argument unless it has the right type.
Serial serialAt(const Napi::CallbackInfo& info, std::size_t index, const char* name);
unsigned integerAt(const Napi::CallbackInfo& info, std::size_t index, const char* name, unsigned low, unsigned high);
double numberAt(const Napi::CallbackInfo& info, std::size_t index, const char* name, double low, double high);
std::string stringAt(const Napi::CallbackInfo& info, std::size_t index, const char* name);
Napi::Object objectAt(const Napi::CallbackInfo& info, std::size_t index, const char* name);

// Refuses strings with a line break or NUL, which would end a line of the SIP message that they go into.
std::string textOf(const Napi::Value& value, const std::string& name);

// Members of an options object. Those that return an optional accept undefined for absent.
double numberOf(const Napi::Object& object, const char* name, double low, double high);
unsigned integerOf(const Napi::Object& object, const char* name, unsigned low, unsigned high);
std::optional<double> optionalNumberOf(const Napi::Object& object, const char* name, double low, double high);
std::string stringOf(const Napi::Object& object, const char* name);
Encryption encryptionOf(const Napi::Object& object);                // its member `encryption`; absent is off
std::string linesOf(const Napi::Object& object, const char* name);  // a text of many lines, which no message gets
std::optional<std::string> optionalStringOf(const Napi::Object& object, const char* name);
bool booleanOf(const Napi::Object& object, const char* name);  // absent is false
std::optional<Napi::Object> optionalObjectOf(const Napi::Object& object, const char* name);
std::vector<std::string> stringsOf(const Napi::Object& object, const char* name);  // absent is empty

}  // namespace np
