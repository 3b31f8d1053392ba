/* One RTP stream (RFC 3550) of a phone: what it says, and what it hears. */
#ifndef STREAM_H
#define STREAM_H
#include "arrivals.h"
#include "g711.h"
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

enum { FRAME_SAMPLES = 160, MAX_DIGITS = 32 };

struct keys { /* RFC 4733 digits that wait to be sent */
    char digits[MAX_DIGITS + 1];
    int next;              /* index of the digit in hand */
    int press, pause;      /* lengths in frames */
    int step;              /* frames of the digit in hand that are sent */
    int resting;           /* frames to go before the next digit */
    uint32_t timestamp;    /* of the event in hand */
    double began;
};

struct stream {
    int id, socket, port;
    struct sockaddr_in peer;
    bool is_aimed;
    enum law law;
    uint8_t event_type;
    uint32_t ssrc, timestamp;
    uint16_t sequence;
    uint8_t voice[FRAME_SAMPLES]; /* said again and again */
    int click_at;                 /* sample of the next frame to click at; -1 for none */
    struct keys keys;
    long sent, sent_late_5, sent_late_20; /* in this window; milliseconds */
    struct arrivals arrivals;
    uint8_t heard[FRAME_SAMPLES]; /* the newest frame */
    int heard_length;
    enum law heard_law;
    bool reports_clicks;
    int awaited_tone; /* Hz; 0 for none */
};

/* Opens a socket on a free even port of the loopback address; false when there is none. */
bool stream_open(struct stream *stream, int id);
void stream_close(struct stream *stream);

/* A steady tone of whole 50 Hz, which fills a frame with whole periods; 0 Hz is silence. Level in dBFS. */
void stream_say(struct stream *stream, int frequency, double dbfs);

/* Sends what is due. `late` is how much later than planned this happens, in milliseconds. */
void stream_send(struct stream *stream, double late);

/* Takes all packets that have come. */
void stream_receive(struct stream *stream);

/* Begins a new measuring window. */
void stream_begin(struct stream *stream);

/* Level in dBFS of one frequency in the newest frame, -99 when there is none. */
double stream_level(const struct stream *stream, int frequency);

#endif
