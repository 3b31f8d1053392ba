// Memory used by a flood goes back to the system, whatever was allocated in the meantime.
#include "base/spare_memory.h"

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace np {
namespace {

constexpr std::size_t megabyte = 1 << 20;

std::size_t residentBytes() {
  constexpr std::size_t pageBytes = 4096;
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * pageBytes;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool hasOwnMalloc = true;
#else
constexpr bool hasOwnMalloc = false;
#endif

TEST_CASE("memory used by a flood is given back" * doctest::skip(hasOwnMalloc)) {
  using Block = std::unique_ptr<std::vector<char>>;
  SpareMemory spare;
  spare.giveBack();
  const std::size_t before = residentBytes();
  std::vector<Block> flood;
  for (std::size_t i = 0; i < 32 * 1024; ++i) flood.push_back(std::make_unique<std::vector<char>>(1024, 'x'));
  const Block lasting = std::make_unique<std::vector<char>>(1024, 'x');
  flood.clear();
  CHECK_MESSAGE(residentBytes() > before + 24 * megabyte, "malloc keeps the memory");
  spare.giveBack();
  CHECK_MESSAGE(residentBytes() < before + 8 * megabyte, "it is given back");
}

}  // namespace
}  // namespace np
