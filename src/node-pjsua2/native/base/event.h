// An event on its way to JavaScript: plain values, copied on the thread where it happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace np {

// Identifies a native object to JavaScript. Never reused within a process; 0 is the endpoint itself.
using Serial = std::uint64_t;

class Value;
using List = std::vector<Value>;
using Fields = std::vector<std::pair<std::string, Value>>;

// What an event can carry to JavaScript: undefined, boolean, number, string, array, object.
class Value {
 public:
  Value() = default;
  Value(bool value) : data_(value) {}
  Value(int value) : data_(static_cast<double>(value)) {}
  Value(unsigned value) : data_(static_cast<double>(value)) {}
  Value(std::uint64_t value) : data_(static_cast<double>(value)) {}
  Value(double value) : data_(value) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(List value) : data_(std::move(value)) {}
  Value(Fields value) : data_(std::move(value)) {}

  const auto& data() const { return data_; }

 private:
  std::variant<std::monostate, bool, double, std::string, List, Fields> data_;
};

struct Event {
  std::string type;
  Serial subject;
  Fields fields;
};

}  // namespace np
