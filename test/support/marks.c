// Tells how what comes to a UDP port of this host is marked: first a line with the port, then one for each datagram with the octet of
// its IP header that routers read (RFC 2474), until it is killed.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(void) {
  const int receiver = socket(AF_INET, SOCK_DGRAM, 0);
  const int on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(address);
  if (setsockopt(receiver, IPPROTO_IP, IP_RECVTOS, &on, sizeof(on)) != 0) return 1;
  if (bind(receiver, (struct sockaddr*)&address, length) != 0) return 1;
  if (getsockname(receiver, (struct sockaddr*)&address, &length) != 0) return 1;
  setlinebuf(stdout);
  printf("%d\n", ntohs(address.sin_port));
  for (;;) {
    char data[2048];
    union {
      struct cmsghdr head;
      char octets[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec buffer = {data, sizeof(data)};
    struct msghdr message = {.msg_iov = &buffer, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    if (recvmsg(receiver, &message, 0) < 0) return 1;
    for (struct cmsghdr* item = CMSG_FIRSTHDR(&message); item != NULL; item = CMSG_NXTHDR(&message, item))
      if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_TOS) printf("%d\n", *(unsigned char*)CMSG_DATA(item));
  }
}
