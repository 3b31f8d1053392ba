// No exception leaves a function that C calls.
#include "base/guard.h"

#include <doctest/doctest.h>
#include <pj/log.h>

#include <stdexcept>
#include <string>

namespace np {
namespace {

std::string told;
int handled = 0;

void remember(int, const char* line, int length) { told.assign(line, static_cast<std::size_t>(length)); }

// What was logged.
class Listening {
 public:
  Listening() {
    told.clear();
    pj_log_set_log_func(guarded<remember>);
    pj_log_set_level(1);
  }
  ~Listening() { pj_log_set_level(0); }
};

int divide(int dividend, int divisor) {
  if (divisor == 0) throw std::domain_error("nothing to divide by");
  return dividend / divisor;
}
void throwAnything(int) { throw 42; }
void handle(int number) { handled = number; }
int failAgain(int, int) { throw std::runtime_error("again"); }
int sum(int a, int b) { return a + b; }

using Numbers = int (*)(int, int);
using Action = void (*)(int);

TEST_CASE("a guarded function returns the result") {
  const Numbers call = guarded<divide, -1>;
  CHECK_MESSAGE(call(12, 4) == 3, "the result is returned");
}

TEST_CASE("a guarded function catches exceptions") {
  const Listening listening;
  const Numbers call = guarded<divide, -1>;
  CHECK_MESSAGE(call(12, 0) == -1, "the substitute is returned");
  CHECK_MESSAGE(told.find("nothing to divide by") != std::string::npos, "the log says what it was");
  CHECK_MESSAGE(told.find("divide") != std::string::npos, "and where it was thrown");
}

TEST_CASE("a guarded function catches values that are not exceptions") {
  const Listening listening;
  const Action call = guarded<throwAnything, handle>;
  call(7);
  CHECK_MESSAGE(handled == 7, "the substitute gets the arguments");
  CHECK_MESSAGE(told.find("throwAnything") != std::string::npos, "the log says where it was thrown");
}

TEST_CASE("a guarded function can compute a substitute") {
  const Numbers call = guarded<divide, sum>;
  CHECK_MESSAGE(call(5, 0) == 5, "the substitute is computed");
}

TEST_CASE("a guarded function catches what its substitute throws") {
  const Numbers call = guarded<divide, failAgain>;
  CHECK_MESSAGE(call(5, 0) == 0, "zero is returned");
}

TEST_CASE("guard() says whether the body threw") {
  CHECK_MESSAGE(guard([] {}), "true if it did not");
  CHECK_MESSAGE(!guard([] { throw std::runtime_error("no"); }), "false if it did");
}

}  // namespace
}  // namespace np
