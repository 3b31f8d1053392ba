// key-flood <own port> <port> <payload type> <a second> <seconds>: sends so many telephone-events to a port of this host, each of them
// a key that was pressed and let go (RFC 4733), and tells how many it was.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

static struct sockaddr_in local(const char* port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void compose(uint8_t packet[16], int type, unsigned key) {
  const uint16_t sequence = htons((uint16_t)key);
  const uint32_t timestamp = htonl(key * 1280);
  const uint32_t ssrc = htonl(0x5eed);
  packet[0] = 0x80;
  packet[1] = (uint8_t)(0x80 | type);
  __builtin_memcpy(packet + 2, &sequence, 2);
  __builtin_memcpy(packet + 4, &timestamp, 4);
  __builtin_memcpy(packet + 8, &ssrc, 4);
  packet[12] = (uint8_t)(key % 10);
  packet[13] = 0x8a;  // it has ended
  packet[14] = 1280 >> 8;
  packet[15] = 1280 & 0xff;
}

int main(int count, char** arguments) {
  if (count != 6) return 2;
  const struct sockaddr_in own = local(arguments[1]), target = local(arguments[2]);
  const int type = atoi(arguments[3]);
  const double perSecond = atof(arguments[4]), seconds = atof(arguments[5]);
  const int sender = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(sender, (const struct sockaddr*)&own, sizeof(own)) != 0) return 1;
  unsigned sent = 0;
  const double begin = now();
  for (double time = 0; time < seconds; time = now() - begin) {
    for (; sent < time * perSecond; ++sent) {
      uint8_t packet[16];
      compose(packet, type, sent);
      sendto(sender, packet, sizeof(packet), 0, (const struct sockaddr*)&target, sizeof(target));
    }
    nanosleep(&(struct timespec){0, 500000}, NULL);
  }
  printf("%u\n", sent);
}
