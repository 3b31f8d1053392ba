// The thread that reads the packets of all calls.
#pragma once

#include <pj/sock.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace np {

// Needs one system call per packet and one per batch, where PJSIP's ioqueue makes seven, four of which take the socket
// out of the set and put it back. The thread neither locks nor allocates.
class MediaPoller {
 public:
  // Receives what comes to one socket, which its owner keeps.
  class Receiver {
   public:
    explicit Receiver(int socket) : socket(socket) {}
    // Called on the poller's thread. May write into the packet; must neither add nor remove receivers.
    virtual void received(void* packet, std::size_t size, const pj_sockaddr& source) = 0;

    const int socket;

   protected:
    ~Receiver() = default;
  };

  ~MediaPoller();

  // Throws std::system_error.
  void start();
  // Nobody is called any more after this; adding and removing are still allowed.
  void stop();

  // Anything that came to the socket before is discarded.
  pj_status_t add(Receiver& receiver);
  // The receiver is not being called any more once this returns.
  void remove(const Receiver& receiver);

 private:
  void run();
  void wake() const;

  int set_ = -1;
  int alarm_ = -1;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  // Moments at which no receiver was being called: how many were requested, and the last one reached.
  std::atomic<std::uint64_t> asked_{0};
  std::atomic<std::uint64_t> passed_{0};
};

}  // namespace np
