// Where a listener with two ears hears a source.
#pragma once

#include <cstdint>

namespace np {

// Who can hear one channel only hears every source in it.
enum class Side : std::uint8_t { both, left, right };

}  // namespace np
