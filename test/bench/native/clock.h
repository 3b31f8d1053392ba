/* Times are milliseconds since the program began, on the wall clock: the one the kernel stamps arriving packets with. */
#ifndef CLOCK_H
#define CLOCK_H
#include <stdint.h>
#include <time.h>

void clock_begin(void);
double clock_now(void);
double clock_of(struct timespec stamp);

#endif
