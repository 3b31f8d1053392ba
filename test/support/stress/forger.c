// Sends datagrams in others' names: forger PORT PER_SECOND, with "address port" lines, an empty line, and messages that end with a zero
// octet on its standard input. Tells every tenth of a second how many it has sent, and how many octets. Ends when it is killed.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most = 512, mostMessages = 16, longest = 4096 };

static int sockets[most];
static char messages[mostMessages][longest];
static size_t lengths[mostMessages];

static struct sockaddr_in at(const char *address, int port) {
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  inet_pton(AF_INET, address, &place.sin_addr);
  return place;
}

// Beside the socket of whoever really is there. It is connected elsewhere, so that the answers are not for it.
static int openAt(const char *address, int port) {
  const int yes = 1, handle = socket(AF_INET, SOCK_DGRAM, 0);
  const struct sockaddr_in place = at(address, port), elsewhere = at("127.0.0.1", 9);
  if (handle < 0 || setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      bind(handle, (const struct sockaddr *)&place, sizeof place) != 0 ||
      connect(handle, (const struct sockaddr *)&elsewhere, sizeof elsewhere) != 0) {
    perror("forger");
    exit(1);
  }
  return handle;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  const struct sockaddr_in server = at("127.0.0.1", atoi(arguments[1]));
  const long perTick = atol(arguments[2]) / 100;
  char line[64], address[32];
  int places = 0, kinds = 0, port = 0;
  while (places < most && fgets(line, sizeof line, stdin) && sscanf(line, "%31s %d", address, &port) == 2)
    sockets[places++] = openAt(address, port);
  for (int octet = 0; kinds < mostMessages && (octet = getchar()) != EOF;) {
    if (octet == 0) ++kinds;
    else if (lengths[kinds] < longest) messages[kinds][lengths[kinds]++] = (char)octet;
  }
  if (places == 0 || kinds == 0) return 2;
  unsigned long sent = 0, octets = 0;
  for (unsigned tick = 1;; ++tick) {
    for (long i = 0; i < perTick; ++i, ++sent) {
      const size_t kind = sent % (unsigned)kinds;
      const ssize_t size = sendto(sockets[sent % (unsigned)places], messages[kind], lengths[kind], 0, (const struct sockaddr *)&server, sizeof server);
      if (size > 0) octets += (unsigned long)size;
    }
    if (tick % 10 == 0) printf("%lu %lu\n", sent, octets), fflush(stdout);
    nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
  }
}
