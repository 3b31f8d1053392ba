/* Many RTP streams of G.711 tones, clicks and RFC 4733 keys, one packet each every 20 ms, measured by the kernel's time of arrival.
 * Commands come on stdin, one a line; answers and events go to stdout, one JSON object a line; README.md lists them. */
#define _GNU_SOURCE
#include "clock.h"
#include "stream.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MAX_STREAMS = 4096, SLOTS = 20, SLOT_NS = 1000000, EVENTS = 64, LINE_MAX_LENGTH = 256, MAX_TONES = 8 };
static const uint32_t commands_tag = MAX_STREAMS;

static struct stream *streams[MAX_STREAMS];
static int poller;
static double window_began, latest_send;

static void open_stream(int id)
{
    if (id < 0 || id >= MAX_STREAMS || streams[id] != NULL) {
        fprintf(stderr, "rtp-load: stream %d cannot be opened: numbers are 0 to %d, each once at a time\n", id, MAX_STREAMS - 1);
        exit(1);
    }
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL || !stream_open(stream, id)) {
        fprintf(stderr, "rtp-load: no socket for stream %d: %s\n", id, strerror(errno));
        exit(1);
    }
    stream_say(stream, 0, 0);
    streams[id] = stream;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)id};
    epoll_ctl(poller, EPOLL_CTL_ADD, stream->socket, &event);
    printf("{\"event\":\"opened\",\"stream\":%d,\"port\":%d}\n", id, stream->port);
}

static void close_stream(struct stream *stream)
{
    streams[stream->id] = NULL;
    stream_close(stream);
    free(stream);
}

static void aim(struct stream *stream, const char *arguments)
{
    char address[INET_ADDRSTRLEN];
    int port, type, event_type;
    if (sscanf(arguments, "%15s %d %d %d", address, &port, &type, &event_type) != 4) return;
    stream->peer = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    stream->law = type == 0 ? MU_LAW : A_LAW;
    stream->event_type = (uint8_t)event_type;
    stream->is_aimed = inet_pton(AF_INET, address, &stream->peer.sin_addr) == 1;
}

static void say(struct stream *stream, const char *arguments)
{
    int frequency;
    double dbfs;
    if (sscanf(arguments, "%d %lf", &frequency, &dbfs) == 2) stream_say(stream, frequency, dbfs);
}

static void press(struct stream *stream, const char *arguments)
{
    struct keys keys = {0};
    int press_ms, pause_ms;
    if (sscanf(arguments, "%32[0-9*#A-D] %d %d", keys.digits, &press_ms, &pause_ms) != 3) return;
    keys.press = press_ms / SLOTS;
    keys.pause = pause_ms / SLOTS;
    stream->keys = keys;
}

static void command_to(struct stream *stream, const char *name, const char *arguments)
{
    if (strcmp(name, "close") == 0) close_stream(stream);
    else if (strcmp(name, "aim") == 0) aim(stream, arguments);
    else if (strcmp(name, "say") == 0) say(stream, arguments);
    else if (strcmp(name, "press") == 0) press(stream, arguments);
    else if (strcmp(name, "click") == 0) stream->click_at = atoi(arguments);
    else if (strcmp(name, "report-clicks") == 0) stream->reports_clicks = true;
    else if (strcmp(name, "await-tone") == 0) stream->awaited_tone = atoi(arguments);
    else fprintf(stderr, "rtp-load: unknown command %s\n", name);
}

static void begin_window(void)
{
    window_began = clock_now();
    latest_send = 0;
    for (int id = 0; id < MAX_STREAMS; id++)
        if (streams[id] != NULL) stream_begin(streams[id]);
}

static void report_stream(const struct stream *stream, const int *tones, int count)
{
    const struct arrivals *in = &stream->arrivals;
    printf("{\"stream\":%d,\"sent\":%ld,\"sentLate5\":%ld,\"sentLate20\":%ld,\"received\":%ld,\"lost\":%ld,\"late\":%ld,"
           "\"gaps\":%ld,\"longestGapMs\":%.1f,\"meanLatenessMs\":%.3f,\"levels\":[",
           stream->id, stream->sent, stream->sent_late_5, stream->sent_late_20, in->received, in->lost, in->late, in->gaps,
           in->longest_gap, in->received > 0 ? in->sum_lateness / (double)in->received : 0);
    for (int i = 0; i < count; i++) printf("%s%.1f", i > 0 ? "," : "", stream_level(stream, tones[i]));
    printf("]}");
}

static void report(const char *arguments)
{
    int tones[MAX_TONES], count = 0, used;
    while (count < MAX_TONES && sscanf(arguments, "%d%n", &tones[count], &used) == 1) {
        arguments += used;
        count++;
    }
    printf("{\"event\":\"report\",\"seconds\":%.4f,\"latestSendMs\":%.3f,\"streams\":[", (clock_now() - window_began) / 1e3, latest_send);
    const char *separator = "";
    for (int id = 0; id < MAX_STREAMS; id++) {
        if (streams[id] == NULL) continue;
        printf("%s", separator);
        report_stream(streams[id], tones, count);
        separator = ",";
    }
    printf("]}\n");
}

static void command(const char *line)
{
    char name[16];
    int id = 0, used = 0;
    if (strcmp(line, "begin") == 0) begin_window();
    else if (strncmp(line, "report ", 7) == 0) report(line + 7);
    else if (sscanf(line, "open %d", &id) == 1) open_stream(id);
    else if (sscanf(line, "%15s %d %n", name, &id, &used) == 2 && id >= 0 && id < MAX_STREAMS && streams[id] != NULL)
        command_to(streams[id], name, line + used);
}

/* The program ends with its stdin. */
static void read_commands(void)
{
    static char text[LINE_MAX_LENGTH * 256];
    static size_t length;
    ssize_t count = read(STDIN_FILENO, text + length, sizeof text - 1 - length);
    if (count == 0) exit(0);
    if (count < 0) return;
    length += (size_t)count;
    text[length] = '\0';
    char *line = text;
    for (char *end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
        *end = '\0';
        command(line);
        line = end + 1;
    }
    length -= (size_t)(line - text);
    memmove(text, line, length);
}

/* Nothing has to wake us for a packet: the kernel has stamped it. */
static void take_all_input(void)
{
    struct epoll_event events[EVENTS];
    int count;
    do {
        count = epoll_wait(poller, events, EVENTS, 0);
        for (int i = 0; i < count; i++) {
            uint32_t tag = events[i].data.u32;
            if (tag == commands_tag) read_commands();
            else if (streams[tag] != NULL) stream_receive(streams[tag]);
        }
    } while (count == EVENTS);
}

static int64_t steady_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Spreads the streams evenly over the 20 ms: neighbours in number are 7 ms apart. */
static void send_slot(int slot, double late)
{
    if (late > latest_send) latest_send = late;
    for (int id = slot * 3 % SLOTS; id < MAX_STREAMS; id += SLOTS)
        if (streams[id] != NULL) stream_send(streams[id], late);
}

static void run(void)
{
    int64_t due = steady_now();
    for (int slot = 0;;) {
        struct timespec wake = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &wake, NULL);
        for (int64_t now = steady_now(); due <= now; due += SLOT_NS, slot = (slot + 1) % SLOTS)
            send_slot(slot, (double)(now - due) / 1e6);
        take_all_input();
        fflush(stdout);
    }
}

int main(void)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    clock_begin();
    srandom((unsigned)time(NULL));
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = commands_tag};
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    run();
}
