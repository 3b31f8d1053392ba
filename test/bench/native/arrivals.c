#include "arrivals.h"

static const double late_after = 40;      /* later than the best packet of the history */
static const double gap_longer_than = 60; /* between two packets */
static const double samples_per_ms = 8;
enum { BELIEVABLE_LOSS = 3000 };

void arrivals_begin(struct arrivals *arrivals)
{
    struct arrivals fresh = {.has_sequence = arrivals->has_sequence,
                             .next_sequence = arrivals->next_sequence,
                             .ssrc = arrivals->ssrc,
                             .first_timestamp = arrivals->first_timestamp};
    *arrivals = fresh;
}

static void take_sequence(struct arrivals *arrivals, uint16_t sequence)
{
    int16_t ahead = (int16_t)(sequence - arrivals->next_sequence);
    if (ahead >= 0) arrivals->next_sequence = (uint16_t)(sequence + 1);
    if (ahead > 0 && ahead < BELIEVABLE_LOSS) arrivals->lost += ahead;
    if (ahead < 0 && arrivals->lost > 0) arrivals->lost--; /* it was only out of order */
}

static double lateness(const struct arrivals *arrivals, double offset)
{
    double best = offset;
    for (int i = 0; i < arrivals->offset_count; i++)
        if (arrivals->offsets[i] < best) best = arrivals->offsets[i];
    return offset - best;
}

static void remember_offset(struct arrivals *arrivals, double offset)
{
    arrivals->offsets[arrivals->offset_next] = offset;
    arrivals->offset_next = (arrivals->offset_next + 1) % ARRIVALS_HISTORY;
    if (arrivals->offset_count < ARRIVALS_HISTORY) arrivals->offset_count++;
}

static void take_gap(struct arrivals *arrivals, double at)
{
    double gap = arrivals->has_last ? at - arrivals->last : 0;
    if (gap > gap_longer_than) arrivals->gaps++;
    if (gap > arrivals->longest_gap) arrivals->longest_gap = gap;
    arrivals->last = at;
    arrivals->has_last = true;
}

/* A new source numbers its packets anew. */
static void take_source(struct arrivals *arrivals, uint32_t ssrc, uint16_t sequence, uint32_t timestamp)
{
    if (arrivals->has_sequence && arrivals->ssrc == ssrc) return;
    arrivals->has_sequence = true;
    arrivals->ssrc = ssrc;
    arrivals->next_sequence = sequence;
    arrivals->first_timestamp = timestamp;
    arrivals->offset_count = arrivals->offset_next = 0;
}

void arrivals_take(struct arrivals *arrivals, uint32_t ssrc, uint16_t sequence, uint32_t timestamp, double at)
{
    take_source(arrivals, ssrc, sequence, timestamp);
    take_sequence(arrivals, sequence);
    take_gap(arrivals, at);
    arrivals->received++;
    double offset = at - (int32_t)(timestamp - arrivals->first_timestamp) / samples_per_ms;
    double late = lateness(arrivals, offset);
    if (late > late_after) arrivals->late++;
    arrivals->sum_lateness += late;
    remember_offset(arrivals, offset);
}

void arrivals_skip(struct arrivals *arrivals, uint16_t sequence)
{
    if (arrivals->has_sequence) take_sequence(arrivals, sequence);
}
