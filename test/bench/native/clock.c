#include "clock.h"

static struct timespec origin;

void clock_begin(void)
{
    clock_gettime(CLOCK_REALTIME, &origin);
}

double clock_of(struct timespec stamp)
{
    return (double)(stamp.tv_sec - origin.tv_sec) * 1e3 + (double)(stamp.tv_nsec - origin.tv_nsec) / 1e6;
}

double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return clock_of(now);
}
