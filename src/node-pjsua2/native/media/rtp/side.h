// The ear in which a listener hears a source in stereo.
#pragma once

#include <cstdint>

namespace np {

// A listener with one channel hears every source in it.
enum class Side : std::uint8_t { both, left, right };

}  // namespace np
