#include "node/binding.h"

#include <cmath>
#include <sstream>

namespace np {
namespace {

struct ErrorClasses {
  Napi::FunctionReference invalidState;
  Napi::FunctionReference pjsip;
};

[[noreturn]] void throwTypeError(Napi::Env env, const std::string& message) {
  throw Napi::TypeError::New(env, message);
}

// Text from the network may not be UTF-8; N-API replaces invalid bytes.
Napi::String text(Napi::Env env, const std::string& value) {
  return Napi::String::New(env, value.data(), value.size());
}

// Writes a number as JavaScript does: 0.01, not 0.010000.
std::string written(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

double readNumber(const Napi::Value& value, const std::string& name, double low, double high) {
  if (!value.IsNumber()) throwTypeError(value.Env(), name + " must be a number");
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(number >= low && number <= high))
    throwTypeError(value.Env(), name + " must be from " + written(low) + " to " + written(high));
  return number;
}

unsigned readInteger(const Napi::Value& value, const std::string& name, unsigned low, unsigned high) {
  const double number = readNumber(value, name, low, high);
  if (number != std::floor(number)) throwTypeError(value.Env(), name + " must be an integer");
  return static_cast<unsigned>(number);
}

Napi::Object readObject(const Napi::Value& value, const std::string& name) {
  if (!value.IsObject() || value.IsFunction()) throwTypeError(value.Env(), name + " must be an object");
  return value.As<Napi::Object>();
}

struct ToJs {
  Napi::Env env;

  Napi::Value operator()(std::monostate) const { return env.Undefined(); }
  Napi::Value operator()(bool value) const { return Napi::Boolean::New(env, value); }
  Napi::Value operator()(double value) const { return Napi::Number::New(env, value); }
  Napi::Value operator()(const std::string& value) const { return text(env, value); }
  Napi::Value operator()(const List& list) const {
    Napi::Array array = Napi::Array::New(env, list.size());
    for (std::size_t i = 0; i < list.size(); ++i) array.Set(static_cast<std::uint32_t>(i), toJs(env, list[i]));
    return array;
  }
  Napi::Value operator()(const Fields& fields) const {
    Napi::Object object = Napi::Object::New(env);
    for (const auto& [name, value] : fields) object.Set(text(env, name), toJs(env, value));
    return object;
  }
};

}  // namespace

Napi::Value setErrorClasses(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction() || !info[1].IsFunction()) throwTypeError(info.Env(), "two error classes are needed");
  auto* classes =
      new ErrorClasses{Napi::Persistent(info[0].As<Napi::Function>()), Napi::Persistent(info[1].As<Napi::Function>())};
  info.Env().SetInstanceData(classes);
  return info.Env().Undefined();
}

[[noreturn]] void rethrowToJs(Napi::Env env) {
  const auto* classes = env.GetInstanceData<ErrorClasses>();
  if (classes == nullptr) throw Napi::Error::New(env, "setErrorClasses() must be called first");
  try {
    throw;
  } catch (const InvalidState& error) {
    throw Napi::Error(env, classes->invalidState.New({text(env, error.what())}));
  } catch (const WrongArgument& error) {
    throw Napi::TypeError::New(env, error.what());
  } catch (const PjsipFailure& error) {
    throw Napi::Error(env, classes->pjsip.New({text(env, error.what()), text(env, error.code),
                                               Napi::Number::New(env, error.status), text(env, error.operation)}));
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

std::string textOf(const Napi::Value& value, const std::string& name) {
  if (!value.IsString()) throwTypeError(value.Env(), name + " must be a string");
  std::string result = value.As<Napi::String>().Utf8Value();
  if (result.find_first_of(std::string("\0\r\n", 3)) != std::string::npos)
    throwTypeError(value.Env(), name + " must not contain line breaks or NUL");
  return result;
}

Napi::Value toJs(Napi::Env env, const Value& value) { return std::visit(ToJs{env}, value.data()); }

Serial serialAt(const Napi::CallbackInfo& info, std::size_t index, const char* name) {
  const double number = numberAt(info, index, name, 0, 9007199254740991.0);
  if (number != std::floor(number)) throwTypeError(info.Env(), std::string(name) + " must be a handle");
  return static_cast<Serial>(number);
}

unsigned integerAt(const Napi::CallbackInfo& info, std::size_t index, const char* name, unsigned low, unsigned high) {
  return readInteger(info[index], name, low, high);
}

double numberAt(const Napi::CallbackInfo& info, std::size_t index, const char* name, double low, double high) {
  return readNumber(info[index], name, low, high);
}

std::string stringAt(const Napi::CallbackInfo& info, std::size_t index, const char* name) {
  return textOf(info[index], name);
}

Napi::Object objectAt(const Napi::CallbackInfo& info, std::size_t index, const char* name) {
  return readObject(info[index], name);
}

double numberOf(const Napi::Object& object, const char* name, double low, double high) {
  return readNumber(object.Get(name), name, low, high);
}

unsigned integerOf(const Napi::Object& object, const char* name, unsigned low, unsigned high) {
  return readInteger(object.Get(name), name, low, high);
}

std::optional<double> optionalNumberOf(const Napi::Object& object, const char* name, double low, double high) {
  const Napi::Value value = object.Get(name);
  if (value.IsUndefined()) return std::nullopt;
  return readNumber(value, name, low, high);
}

std::string stringOf(const Napi::Object& object, const char* name) { return textOf(object.Get(name), name); }

Encryption encryptionOf(const Napi::Object& object) {
  const auto name = optionalStringOf(object, "encryption");
  const auto encryption = name ? encryptionNamed(*name) : Encryption::off;
  if (!encryption) throwTypeError(object.Env(), "encryption must be 'off', 'offered' or 'required'");
  return *encryption;
}

std::string linesOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (!value.IsString()) throwTypeError(object.Env(), std::string(name) + " must be a string");
  return value.As<Napi::String>().Utf8Value();
}

std::optional<std::string> optionalStringOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (value.IsUndefined()) return std::nullopt;
  return textOf(value, name);
}

bool booleanOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (value.IsUndefined()) return false;
  if (!value.IsBoolean()) throwTypeError(object.Env(), std::string(name) + " must be a boolean");
  return value.As<Napi::Boolean>().Value();
}

std::optional<Napi::Object> optionalObjectOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (value.IsUndefined()) return std::nullopt;
  return readObject(value, name);
}

std::vector<std::string> stringsOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (value.IsUndefined()) return {};
  if (!value.IsArray()) throwTypeError(object.Env(), std::string(name) + " must be an array of strings");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<std::string> result;
  for (std::uint32_t i = 0; i < array.Length(); ++i) result.push_back(textOf(array.Get(i), name));
  return result;
}

}  // namespace np
