#include "base/pj.h"

#include <pj/os.h>

namespace np {

void registerThread() {
  if (pj_thread_is_registered()) return;
  thread_local pj_thread_desc description;
  pj_bzero(description, sizeof(description));
  pj_thread_t* thread = nullptr;
  pj_thread_register("node", description, &thread);
}

}  // namespace np
