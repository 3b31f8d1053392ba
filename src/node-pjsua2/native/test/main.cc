#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <pj/log.h>
#include <pj/os.h>

int main(int count, char** arguments) {
  pj_log_set_level(0);
  pj_init();
  return doctest::Context(count, arguments).run();
}
