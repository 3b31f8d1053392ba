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

// What the log is told meanwhile.
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

// As C declares them.
using Numbers = int (*)(int, int);
using Action = void (*)(int);

TEST_CASE("a guarded function passes its result on") {
  const Numbers call = guarded<divide, -1>;
  CHECK_MESSAGE(call(12, 4) == 3, "a result comes through");
}

TEST_CASE("a guarded function stops exceptions") {
  const Listening listening;
  const Numbers call = guarded<divide, -1>;
  CHECK_MESSAGE(call(12, 0) == -1, "the substitute is returned");
  CHECK_MESSAGE(told.find("nothing to divide by") != std::string::npos, "the log is told what it was");
  CHECK_MESSAGE(told.find("divide") != std::string::npos, "and where");
}

TEST_CASE("a guarded function stops what is no exception") {
  const Listening listening;
  const Action call = guarded<throwAnything, handle>;
  call(7);
  CHECK_MESSAGE(handled == 7, "what is to be done instead gets the arguments");
  CHECK_MESSAGE(told.find("throwAnything") != std::string::npos, "the log is told where");
}

TEST_CASE("a guarded function may have a substitute") {
  const Numbers call = guarded<divide, sum>;
  CHECK_MESSAGE(call(5, 0) == 5, "the substitute is computed");
}

TEST_CASE("a guarded function stops what its substitute throws") {
  const Numbers call = guarded<divide, failAgain>;
  CHECK_MESSAGE(call(5, 0) == 0, "nothing is returned");
}

TEST_CASE("a guarded body says whether it was stopped") {
  CHECK_MESSAGE(guard([] {}), "it says that all went well");
  CHECK_MESSAGE(!guard([] { throw std::runtime_error("no"); }), "or not");
}

}  // namespace
}  // namespace np
