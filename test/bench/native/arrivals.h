/* What became of the packets of one stream in one measuring window. */
#ifndef ARRIVALS_H
#define ARRIVALS_H
#include <stdbool.h>
#include <stdint.h>

enum { ARRIVALS_HISTORY = 100 };

struct arrivals {
    long received, lost, late, gaps;
    double longest_gap, sum_lateness; /* milliseconds */
    double last;                      /* when the newest packet came */
    bool has_last, has_sequence;
    uint16_t next_sequence;
    uint32_t ssrc, first_timestamp;
    double offsets[ARRIVALS_HISTORY]; /* arrival minus RTP time of the newest packets, a ring */
    int offset_count, offset_next;
};

/* Begins a new window; the stream goes on. */
void arrivals_begin(struct arrivals *arrivals);

/* Takes a packet of voice. `at` in milliseconds. */
void arrivals_take(struct arrivals *arrivals, uint32_t ssrc, uint16_t sequence, uint32_t timestamp, double at);

/* Takes a packet that is not voice: it uses up a sequence number. */
void arrivals_skip(struct arrivals *arrivals, uint16_t sequence);

#endif
