#define _GNU_SOURCE
#include "stream.h"
#include "clock.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HEADER = 12,
    PACKET_MAX = 2048,
    BATCH = 8,
    FIRST_PORT = 40000,
    LAST_PORT = 59998,
    RECEIVE_BUFFER = 1 << 18,
    CLICK_SAMPLES = 4,
    CLICK_SENT = 30000,
    CLICK_HEARD = 6000, /* half of it is lost before a click is missed, and a tone of -15 dBFS is none */
    EVENT_VOLUME = 10,
    EVENT_END = 0x80,
    EVENT_END_REPEATS = 3, /* RFC 4733, 2.5.1.4 */
    MU_LAW_TYPE = 0, /* RFC 3551, table 4 */
    A_LAW_TYPE = 8,
    FIRST_RTCP_TYPE = 72, /* RFC 5761, 4 */
    LAST_RTCP_TYPE = 76,
    SAMPLE_RATE = 8000
};
static const double full_scale = 32767;
static const double nothing_dbfs = -99;
static const double tone_above_dbfs = -45;
static const double tone_share = 0.4; /* of the energy of a frame: one that is half filled with the tone counts, speech does not */

static bool bind_even_port(struct stream *stream)
{
    static int next = FIRST_PORT;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (int tries = 0; tries < (LAST_PORT - FIRST_PORT) / 2; tries++) {
        stream->port = next;
        next = next >= LAST_PORT ? FIRST_PORT : next + 2;
        address.sin_port = htons((uint16_t)stream->port);
        if (bind(stream->socket, (struct sockaddr *)&address, sizeof address) == 0) return true;
    }
    return false;
}

bool stream_open(struct stream *stream, int id)
{
    *stream = (struct stream){.id = id, .click_at = -1};
    stream->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (stream->socket < 0) return false;
    int on = 1, buffer = RECEIVE_BUFFER;
    setsockopt(stream->socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt(stream->socket, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    stream->ssrc = (uint32_t)random();
    stream->timestamp = (uint32_t)random();
    stream->sequence = (uint16_t)random();
    if (bind_even_port(stream)) return true;
    close(stream->socket);
    return false;
}

void stream_close(struct stream *stream)
{
    close(stream->socket);
}

void stream_say(struct stream *stream, int frequency, double dbfs)
{
    double amplitude = frequency == 0 ? 0 : full_scale * pow(10, dbfs / 20);
    for (int i = 0; i < FRAME_SAMPLES; i++) {
        double sample = amplitude * sin(2 * M_PI * frequency * i / SAMPLE_RATE);
        stream->voice[i] = g711_encode(stream->law, (int16_t)lrint(sample));
    }
}

static void put_header(uint8_t *packet, struct stream *stream, uint8_t type, bool marker, uint32_t timestamp)
{
    uint16_t sequence = htons(stream->sequence++);
    uint32_t words[2] = {htonl(timestamp), htonl(stream->ssrc)};
    packet[0] = 0x80;
    packet[1] = (uint8_t)(type | (marker ? 0x80 : 0));
    memcpy(packet + 2, &sequence, sizeof sequence);
    memcpy(packet + 4, words, sizeof words);
}

static void transmit(const struct stream *stream, const uint8_t *packet, size_t length)
{
    /* What the far end cannot take is lost, and is counted there. */
    ssize_t taken = sendto(stream->socket, packet, length, 0, (const struct sockaddr *)&stream->peer, sizeof stream->peer);
    (void)taken;
}

static void send_voice(struct stream *stream)
{
    uint8_t packet[HEADER + FRAME_SAMPLES];
    put_header(packet, stream, stream->law == A_LAW ? A_LAW_TYPE : MU_LAW_TYPE, false, stream->timestamp);
    memcpy(packet + HEADER, stream->voice, FRAME_SAMPLES);
    int click_at = stream->click_at;
    stream->click_at = -1;
    if (click_at >= 0) memset(packet + HEADER + click_at, g711_encode(stream->law, CLICK_SENT), CLICK_SAMPLES);
    double at = clock_now();
    transmit(stream, packet, sizeof packet);
    if (click_at >= 0) printf("{\"event\":\"clicked\",\"stream\":%d,\"at\":%.4f,\"sample\":%d}\n", stream->id, at, click_at);
}

static void send_event(struct stream *stream, bool is_first, bool is_end)
{
    static const char codes[] = "0123456789*#ABCD";
    struct keys *keys = &stream->keys;
    uint16_t duration = (uint16_t)((is_end ? keys->press : keys->step) * FRAME_SAMPLES);
    uint8_t packet[HEADER + 4];
    put_header(packet, stream, stream->event_type, is_first, keys->timestamp);
    packet[HEADER] = (uint8_t)(strchr(codes, keys->digits[keys->next]) - codes);
    packet[HEADER + 1] = (uint8_t)(EVENT_VOLUME | (is_end ? EVENT_END : 0));
    packet[HEADER + 2] = (uint8_t)(duration >> 8);
    packet[HEADER + 3] = (uint8_t)duration;
    transmit(stream, packet, sizeof packet);
}

static void end_key(struct stream *stream)
{
    struct keys *keys = &stream->keys;
    double ended = clock_now();
    for (int i = 0; i < EVENT_END_REPEATS; i++) send_event(stream, false, true);
    printf("{\"event\":\"pressed\",\"stream\":%d,\"digit\":\"%c\",\"began\":%.4f,\"ended\":%.4f}\n", stream->id,
           keys->digits[keys->next], keys->began, ended);
    keys->next++;
    keys->step = 0;
    keys->resting = keys->pause;
}

/* False when no key wants this frame. */
static bool send_key(struct stream *stream)
{
    struct keys *keys = &stream->keys;
    if (keys->digits[keys->next] == '\0') return false;
    if (keys->resting > 0) {
        keys->resting--;
        return false;
    }
    bool is_first = keys->step == 0;
    if (is_first) {
        keys->timestamp = stream->timestamp;
        keys->began = clock_now();
    }
    keys->step++;
    if (keys->step > keys->press) end_key(stream);
    else send_event(stream, is_first, false);
    return true;
}

void stream_send(struct stream *stream, double late)
{
    if (!stream->is_aimed) return;
    stream->timestamp += FRAME_SAMPLES;
    stream->sent++;
    if (late > 5) stream->sent_late_5++;
    if (late > 20) stream->sent_late_20++;
    if (!send_key(stream)) send_voice(stream);
}

static double level_in(const uint8_t *frame, int length, enum law law, int frequency, double *energy)
{
    double step = 2 * M_PI * frequency / SAMPLE_RATE, cosine = 0, sine = 0;
    *energy = 0;
    for (int i = 0; i < length; i++) {
        double sample = g711_decode(law, frame[i]);
        cosine += sample * cos(step * i);
        sine += sample * sin(step * i);
        *energy += sample * sample;
    }
    return 2 * hypot(cosine, sine) / length;
}

static double to_dbfs(double amplitude)
{
    return amplitude < 1 ? nothing_dbfs : 20 * log10(amplitude / full_scale);
}

double stream_level(const struct stream *stream, int frequency)
{
    double energy;
    if (stream->heard_length == 0 || stream->arrivals.received == 0) return nothing_dbfs;
    return to_dbfs(level_in(stream->heard, stream->heard_length, stream->heard_law, frequency, &energy));
}

static void look_for_tone(struct stream *stream, double at)
{
    double energy;
    double amplitude = level_in(stream->heard, stream->heard_length, stream->heard_law, stream->awaited_tone, &energy);
    double tone_energy = amplitude * amplitude / 2 * stream->heard_length;
    if (to_dbfs(amplitude) < tone_above_dbfs || tone_energy < tone_share * energy) return;
    stream->awaited_tone = 0;
    printf("{\"event\":\"tone\",\"stream\":%d,\"at\":%.4f}\n", stream->id, at);
}

static void look_for_click(const struct stream *stream, double at)
{
    for (int i = 0; i < stream->heard_length; i++) {
        if (abs(g711_decode(stream->heard_law, stream->heard[i])) < CLICK_HEARD) continue;
        printf("{\"event\":\"click\",\"stream\":%d,\"at\":%.4f,\"sample\":%d}\n", stream->id, at, i);
        return;
    }
}

static void take_voice(struct stream *stream, const uint8_t *payload, int length, enum law law, double at)
{
    stream->heard_length = length < FRAME_SAMPLES ? length : FRAME_SAMPLES;
    stream->heard_law = law;
    memcpy(stream->heard, payload, (size_t)stream->heard_length);
    if (stream->awaited_tone != 0) look_for_tone(stream, at);
    if (stream->reports_clicks) look_for_click(stream, at);
}

/* Length of the header with contributing sources and extension (RFC 3550, 5.1 and 5.3.1). */
static int header_length(const uint8_t *packet, int length)
{
    int header = HEADER + 4 * (packet[0] & 15);
    if (!(packet[0] & 0x10) || length < header + 4) return header;
    return header + 4 + 4 * (packet[header + 2] << 8 | packet[header + 3]);
}

static void take_packet(struct stream *stream, const uint8_t *packet, int length, double at)
{
    if (length < HEADER || packet[0] >> 6 != 2) return;
    int header = header_length(packet, length);
    uint8_t type = packet[1] & 0x7f;
    if (header > length || (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE)) return;
    uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
    uint32_t words[2];
    memcpy(words, packet + 4, sizeof words);
    if ((type != MU_LAW_TYPE && type != A_LAW_TYPE) || header == length) {
        arrivals_skip(&stream->arrivals, sequence);
        return;
    }
    arrivals_take(&stream->arrivals, words[1], sequence, ntohl(words[0]), at);
    take_voice(stream, packet + header, length - header, type == MU_LAW_TYPE ? MU_LAW : A_LAW, at);
}

static double stamp_of(struct msghdr *message)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec stamp;
        memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
        return clock_of(stamp);
    }
    return clock_now();
}

void stream_receive(struct stream *stream)
{
    static uint8_t packets[BATCH][PACKET_MAX];
    static char controls[BATCH][CMSG_SPACE(sizeof(struct timespec))];
    struct iovec parts[BATCH];
    struct mmsghdr messages[BATCH];
    int count;
    do {
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){.iov_base = packets[i], .iov_len = PACKET_MAX};
            messages[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i],
                                                       .msg_iovlen = 1,
                                                       .msg_control = controls[i],
                                                       .msg_controllen = sizeof controls[i]}};
        }
        count = recvmmsg(stream->socket, messages, BATCH, 0, NULL);
        for (int i = 0; i < count; i++)
            take_packet(stream, packets[i], (int)messages[i].msg_len, stamp_of(&messages[i].msg_hdr));
    } while (count == BATCH);
}

void stream_begin(struct stream *stream)
{
    stream->sent = stream->sent_late_5 = stream->sent_late_20 = 0;
    arrivals_begin(&stream->arrivals);
}
