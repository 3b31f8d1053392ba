// The thread that reads the packets of all calls.
#pragma once

#include <pj/sock.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace np {

// One system call a packet, and one a batch: PJSIP's ioqueue makes seven, of which four take the socket out of the set
// and put it back. The thread neither locks nor allocates.
class MediaPoller {
 public:
  // What comes to one socket, which stays the owner's.
  class Receiver {
   public:
    explicit Receiver(int socket) : socket(socket) {}
    // On the poller's thread. May write into the packet; may neither add nor remove.
    virtual void received(void* packet, std::size_t size, const pj_sockaddr& source) = 0;

    const int socket;

   protected:
    ~Receiver() = default;
  };

  ~MediaPoller();

  // Throws std::system_error.
  void start();
  // Nobody is called any more; to add and to remove stays legal.
  void stop();

  // What came to the socket before is thrown away.
  pj_status_t add(Receiver& receiver);
  // Nobody is in the receiver once this returns.
  void remove(const Receiver& receiver);

 private:
  void run();
  void wake() const;

  int set_ = -1;
  int alarm_ = -1;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  // Moments at which no receiver was being called: how many were asked for, and up to which one it came.
  std::atomic<std::uint64_t> asked_{0};
  std::atomic<std::uint64_t> passed_{0};
};

}  // namespace np
