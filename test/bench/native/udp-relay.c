/* The floor: a bare relay of UDP packets, one at a time, that knows nothing of what they carry.
 *
 *   udp-relay PAIRS
 *
 * Each pair has two ports on the loopback address, which are printed, a pair a line. What comes to one of them goes out from the
 * other, to whoever sent there last. */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PACKET_MAX = 2048, EVENTS = 64 };

struct side {
    int socket;
    struct sockaddr_in peer;
    bool has_peer;
    struct side *other;
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* The port it got. */
static int open_side(struct side *side, struct side *other, int poller)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    side->other = other;
    side->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (side->socket < 0 || bind(side->socket, (struct sockaddr *)&address, size) != 0) fail("udp-relay: bind");
    if (getsockname(side->socket, (struct sockaddr *)&address, &size) != 0) fail("udp-relay: getsockname");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = side};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, side->socket, &event) != 0) fail("udp-relay: epoll_ctl");
    return ntohs(address.sin_port);
}

static void relay(struct side *side)
{
    char packet[PACKET_MAX];
    socklen_t size = sizeof side->peer;
    ssize_t length = recvfrom(side->socket, packet, sizeof packet, 0, (struct sockaddr *)&side->peer, &size);
    if (length < 0) return;
    side->has_peer = true;
    if (!side->other->has_peer) return;
    ssize_t sent = sendto(side->other->socket, packet, (size_t)length, 0, (struct sockaddr *)&side->other->peer, size);
    (void)sent;
}

int main(int count, char **arguments)
{
    int pairs = count == 2 ? atoi(arguments[1]) : 0;
    if (pairs < 1) {
        fprintf(stderr, "usage: udp-relay PAIRS\n");
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct side(*sides)[2] = calloc((size_t)pairs, sizeof *sides);
    int poller = epoll_create1(0);
    if (sides == NULL || poller < 0) fail("udp-relay");
    for (int i = 0; i < pairs; i++) {
        int one = open_side(&sides[i][0], &sides[i][1], poller);
        int other = open_side(&sides[i][1], &sides[i][0], poller);
        printf("%d %d\n", one, other);
    }
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) relay(events[i].data.ptr);
    }
}
