// How the tests of this program say what does not hold.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace np {

using Test = std::pair<const char*, std::function<void()>>;

std::vector<Test> guardTests();
std::vector<Test> spareMemoryTests();
std::vector<Test> eventQueueTests();
std::vector<Test> relayTests();
std::vector<Test> enduranceTests();
std::vector<Test> paceTests();
std::vector<Test> mixLevelTests();
std::vector<Test> stereoTests();
std::vector<Test> transcodingTests();
std::vector<Test> levellingTests();
std::vector<Test> playoutTests();
std::vector<Test> lineTests();
std::vector<Test> peerTests();
std::vector<Test> presenceTests();
std::vector<Test> allowanceTests();
std::vector<Test> pollerTests();

void expect(bool holds, const std::string& what);

}  // namespace np
